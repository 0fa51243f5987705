import { answerCollection, selectFrom, type CollectionRules } from '../../odata/collection';
import { pathsOf } from '../../odata/expression';
import type { ODataQuery } from '../../odata/query';
import type { Entity } from '../../odata/evaluate';
import { RefusedError } from '../../refused';
import type { GraphAnswer, GraphCall, Route } from '../../server/call';
import { siteRead, siteWrite } from '../access';
import { listDeltaRoute } from './delta';
import { invalidRequest } from '../refusals';
import type { SharePointService } from '../service';
import type { StoredItem, StoredList } from '../types';
import { etagOf, fieldsView, itemView, versionView } from '../views';

const rules: CollectionRules = { defaultPage: 200, largestPage: 5000 };
const nonIndexedPreference = /HonorNonIndexedQueriesWarningMayFailRandomly/i;
/** The list view threshold: how many rows a query without an index may go through. */
export const listViewThreshold = 5000;

export function itemRoutes(service: SharePointService): Route[] {
	const { sharePoint } = service;
	const itemOf = (call: GraphCall): StoredItem =>
		sharePoint.item(service.openList(call), call.keys[2] ?? '');
	const fieldsOf = (call: GraphCall, item: StoredItem, query: ODataQuery): Entity =>
		selectFrom(fieldsView(sharePoint, service.open(call), service.openList(call), item), query);
	const expand = (call: GraphCall, item: StoredItem): Entity => {
		const wanted = call.target.query.expand?.find(({ path }) => path === 'fields');
		return wanted === undefined ? {} : { fields: fieldsOf(call, item, wanted.query) };
	};
	const oneItem = (call: GraphCall, item: StoredItem, query = call.target.query): Entity =>
		selectFrom(itemView(sharePoint, service.open(call), service.openList(call), item), query);
	const write = (call: GraphCall, body: unknown) => ({
		body,
		by: service.author(call),
		canWriteLinks: /apiversion\s*=\s*2\.1/i.test(call.headers['prefer'] ?? ''),
	});
	return [
		listDeltaRoute(service, (call, item) => ({ ...oneItem(call, item), ...expand(call, item) })),
		{
			method: 'GET',
			path: 'sites/*/lists/*/items',
			access: siteRead,
			handle: (call) => {
				const list = service.openList(call);
				requireIndexes(call, list);
				const source = {
					items: [...list.items.values()],
					view: (item: StoredItem): Entity => ({
						...oneItem(call, item, { custom: {} }),
						fields: fieldsOf(call, item, { custom: {} }),
					}),
					expand: (item: StoredItem): Entity => expand(call, item),
				};
				const page = answerCollection(call, source, { ...rules, onRequest: ['fields'] });
				return { status: 200, json: page };
			},
		},
		{
			method: 'POST',
			path: 'sites/*/lists/*/items',
			access: siteWrite,
			handle: (call): GraphAnswer => {
				const list = service.openList(call);
				const { fields, contentType } = call.body as {
					fields?: unknown;
					contentType?: { id?: string };
				};
				const item = sharePoint.addItem(service.open(call), list, {
					...write(call, fields),
					...(contentType?.id !== undefined && { contentTypeId: contentType.id }),
				});
				return {
					status: 201,
					json: { ...oneItem(call, item), fields: fieldsOf(call, item, { custom: {} }) },
				};
			},
		},
		{
			method: 'GET',
			path: 'sites/*/lists/*/items/*',
			access: siteRead,
			handle: (call) => {
				const item = itemOf(call);
				return { status: 200, json: { ...oneItem(call, item), ...expand(call, item) } };
			},
		},
		{
			method: 'DELETE',
			path: 'sites/*/lists/*/items/*',
			access: siteWrite,
			handle: (call) => {
				const item = itemOf(call);
				requireMatch(call, item);
				sharePoint.removeItem(service.openList(call), item);
				return { status: 204 };
			},
		},
		{
			method: 'GET',
			path: 'sites/*/lists/*/items/*/fields',
			access: siteRead,
			handle: (call) => ({ status: 200, json: fieldsOf(call, itemOf(call), call.target.query) }),
		},
		{
			method: 'PATCH',
			path: 'sites/*/lists/*/items/*/fields',
			access: siteWrite,
			handle: (call) => {
				const item = itemOf(call);
				requireMatch(call, item);
				sharePoint.writeFields(
					service.open(call),
					service.openList(call),
					item,
					write(call, call.body),
				);
				return { status: 200, json: fieldsOf(call, item, { custom: {} }) };
			},
		},
		{
			method: 'GET',
			path: 'sites/*/lists/*/items/*/versions',
			access: siteRead,
			handle: (call) => {
				const [site, list, item] = [service.open(call), service.openList(call), itemOf(call)];
				const wanted = call.target.query.expand?.find(({ path }) => path === 'fields');
				const source = {
					items: [...item.versions].reverse(),
					view: (version: StoredItem['versions'][number]) => versionView(sharePoint, site, version),
					expand: ({ fields }: StoredItem['versions'][number]): Entity =>
						wanted === undefined
							? {}
							: {
									fields: selectFrom(
										fieldsView(sharePoint, site, list, item, fields),
										wanted.query,
									),
								},
				};
				return { status: 200, json: answerCollection(call, source, rules) };
			},
		},
	];
}

/** @throws {RefusedError} for a filter or an order by what has no index, as SharePoint has it */
function requireIndexes({ target, headers }: GraphCall, list: StoredList): void {
	const { filter, orderby = [] } = target.query;
	const paths = [
		...(filter === undefined ? [] : pathsOf(filter)),
		...orderby.map(({ path }) => path),
	];
	for (const path of paths) {
		if (!path.startsWith('fields/')) continue;
		const name = path.slice('fields/'.length);
		const column = list.columns.find(
			(each) => each.name === name || `${each.name}LookupId` === name,
		);
		if (column === undefined && !/^(id|Created|Modified)$/i.test(name)) {
			throw invalidRequest(`Invalid filter clause: there is no field '${name}'`);
		}
		if (column?.indexed !== false) continue;
		if (!nonIndexedPreference.test(headers['prefer'] ?? '')) {
			throw invalidRequest(
				`Field '${name}' cannot be referenced in filter or orderby as it is not indexed. Provide ` +
					"the 'Prefer: HonorNonIndexedQueriesWarningMayFailRandomly' header to allow this, but be " +
					'warned that such queries may fail on large lists.',
			);
		}
		if (list.items.size > listViewThreshold) {
			throw new RefusedError(
				422,
				'notSupported',
				'The request is unprocessable because it uses too many resources',
			);
		}
	}
}

function requireMatch({ headers }: GraphCall, item: StoredItem): void {
	const wanted = headers['if-match'];
	if (wanted === undefined || wanted === '*' || wanted === etagOf(item)) return;
	throw new RefusedError(
		412,
		'resourceModified',
		'The resource has changed since the caller last read it; usually an eTag mismatch',
	);
}
