import { answerCollection, selectFrom, type CollectionRules } from '../../odata/collection';
import type { Entity } from '../../odata/evaluate';
import type { GraphAnswer, GraphCall, Route } from '../../server/call';
import { siteRead, siteWrite } from '../access';
import { invalidRequest, notFound } from '../refusals';
import type { SharePointService } from '../service';
import { pageChanges } from '../pages';
import type { StoredPage } from '../types';
import { pageView } from '../views';

const rules: CollectionRules = { defaultPage: 100, largestPage: 1000 };

export function pageRoutes(service: SharePointService): Route[] {
	const { sharePoint } = service;
	const pageOf = (call: GraphCall): StoredPage => {
		const page = sharePoint.pages(service.open(call)).get(call.keys[1] ?? '');
		if (page === undefined) throw notFound('Cannot find file');
		return page;
	};
	const onePage = (call: GraphCall, page: StoredPage, status = 200): GraphAnswer => ({
		status,
		json: {
			...selectFrom(pageView(sharePoint, service.open(call), page), call.target.query),
			...expanded(call, page),
		},
	});
	return [
		{
			method: 'GET',
			path: 'sites/*/pages',
			access: siteRead,
			handle: (call) => {
				const site = service.open(call);
				const items = [...sharePoint.pages(site).values()];
				const view = (page: StoredPage) => pageView(sharePoint, site, page);
				return { status: 200, json: answerCollection(call, { items, view }, rules) };
			},
		},
		{
			method: 'POST',
			path: 'sites/*/pages',
			access: siteWrite,
			handle: (call) => {
				const body = sitePageBody(call);
				const page = sharePoint.addPage(service.open(call), body, service.author(call));
				return onePage(call, page, 201);
			},
		},
		{
			method: 'GET',
			path: 'sites/*/pages/*',
			access: siteRead,
			handle: (call) => onePage(call, pageOf(call)),
		},
		{
			method: 'PATCH',
			path: 'sites/*/pages/*',
			access: siteWrite,
			handle: (call) => {
				const page = pageOf(call);
				Object.assign(page, pageChanges(sitePageBody(call)));
				page.version.minor += 1;
				page.modifiedAt = sharePoint.now();
				page.modifiedBy = service.author(call);
				return onePage(call, page);
			},
		},
		{
			method: 'DELETE',
			path: 'sites/*/pages/*',
			access: siteWrite,
			handle: (call) => {
				sharePoint.pages(service.open(call)).delete(pageOf(call).id);
				return { status: 204 };
			},
		},
		{
			method: 'POST',
			path: 'sites/*/pages/*/publish',
			access: siteWrite,
			handle: (call) => {
				const page = pageOf(call);
				page.version = { major: page.version.major + 1, minor: 0 };
				return { status: 204 };
			},
		},
	];
}

function sitePageBody({ body }: GraphCall): Readonly<Record<string, unknown>> {
	const given = body as Readonly<Record<string, unknown>>;
	if (given['@odata.type'] !== '#microsoft.graph.sitePage') {
		throw invalidRequest("The body needs '@odata.type': '#microsoft.graph.sitePage'.");
	}
	return given;
}

function expanded(call: GraphCall, page: StoredPage): Entity {
	const isWanted = call.target.query.expand?.some(({ path }) => path === 'canvasLayout');
	return isWanted === true ? { canvasLayout: page.canvasLayout } : {};
}
