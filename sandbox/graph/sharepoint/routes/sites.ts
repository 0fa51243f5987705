import { answerCollection, selectFrom, type CollectionRules } from '../../odata/collection';
import { badRequest } from '../../refused';
import type { Route } from '../../server/call';
import { siteRead, siteSearch } from '../access';
import type { SharePointService } from '../service';
import { siteView } from '../views';

const rules: CollectionRules = { defaultPage: 100, largestPage: 500 };

export function siteRoutes(service: SharePointService): Route[] {
	const { sharePoint } = service;
	const view = (site: Parameters<typeof siteView>[0]) => siteView(site, sharePoint.host);
	return [
		{
			method: 'GET',
			path: 'sites',
			access: siteSearch,
			handle: (call) => {
				const { search } = call.target.query.custom;
				if (search === undefined)
					throw badRequest('Search query must be specified.', 'invalidRequest');
				const words = search.replaceAll('*', '').trim().toLowerCase();
				const items = sharePoint.sites.filter(({ displayName, name, path }) =>
					`${displayName} ${name} ${path}`.toLowerCase().includes(words),
				);
				return { status: 200, json: answerCollection(call, { items, view }, rules) };
			},
		},
		...['sites/*', 'sites/*/:'].map((path): Route => ({
			method: 'GET',
			path,
			access: siteRead,
			handle: (call) => ({
				status: 200,
				json: selectFrom(view(service.open(call)), call.target.query),
			}),
		})),
		{
			method: 'GET',
			path: 'sites/*/sites',
			access: siteRead,
			handle: (call) => {
				const site = service.open(call);
				const items = sharePoint.sites.filter(
					({ parentPath }) => parentPath !== undefined && parentPath === site.path,
				);
				return { status: 200, json: answerCollection(call, { items, view }, rules) };
			},
		},
	];
}
