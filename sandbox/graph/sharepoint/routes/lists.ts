import { answerCollection, selectFrom, type CollectionRules } from '../../odata/collection';
import type { Entity } from '../../odata/evaluate';
import type { GraphAnswer, GraphCall, Route } from '../../server/call';
import { siteManage, siteRead } from '../access';
import { columnView, readColumn } from '../columns';
import { nameTaken } from '../refusals';
import type { SharePointService } from '../service';
import type { StoredContentType, StoredList } from '../types';
import { listView } from '../views';

const rules: CollectionRules = { defaultPage: 200, largestPage: 1000, onRequest: ['system'] };
const columnRules: CollectionRules = { defaultPage: 1000, largestPage: 5000 };

export function listRoutes(service: SharePointService): Route[] {
	const { sharePoint } = service;
	const oneList = (call: GraphCall, list: StoredList, status = 200): GraphAnswer => ({
		status,
		json: {
			...selectFrom(listView(list, service.open(call)), call.target.query, rules),
			...expanded(call, list),
		},
	});
	return [
		{
			method: 'GET',
			path: 'sites/*/lists',
			access: siteRead,
			handle: (call) => {
				const site = service.open(call);
				const showsSystem = call.target.query.select?.includes('system') === true;
				const items = sharePoint.lists(site).filter(({ isSystem }) => showsSystem || !isSystem);
				const view = (list: StoredList) => listView(list, site);
				const expand = (list: StoredList) => expanded(call, list);
				return { status: 200, json: answerCollection(call, { items, view, expand }, rules) };
			},
		},
		{
			method: 'POST',
			path: 'sites/*/lists',
			access: siteManage,
			handle: (call) => {
				const site = service.open(call);
				const body = call.body as Readonly<Record<string, unknown>>;
				const { template } = (body['list'] ?? {}) as { template?: string };
				const columns = ((body['columns'] ?? []) as unknown[]).map(readColumn);
				const list = sharePoint.addList(site, {
					displayName: textOf(body['displayName']),
					...(body['description'] !== undefined && { description: textOf(body['description']) }),
					...(template !== undefined && { template }),
					columns,
				});
				return oneList(call, list, 201);
			},
		},
		{
			method: 'GET',
			path: 'sites/*/lists/*',
			access: siteRead,
			handle: (call) => oneList(call, service.openList(call)),
		},
		{
			method: 'PATCH',
			path: 'sites/*/lists/*',
			access: siteManage,
			handle: (call) => {
				const list = service.openList(call);
				const { displayName, description } = call.body as Partial<StoredList>;
				if (displayName !== undefined) list.displayName = displayName;
				if (description !== undefined) list.description = description;
				list.modifiedAt = sharePoint.now();
				return oneList(call, list);
			},
		},
		{
			method: 'DELETE',
			path: 'sites/*/lists/*',
			access: siteManage,
			handle: (call) => {
				sharePoint.removeList(service.open(call), service.openList(call));
				return { status: 204 };
			},
		},
		{
			method: 'GET',
			path: 'sites/*/lists/*/columns',
			access: siteRead,
			handle: (call) => ({
				status: 200,
				json: answerCollection(
					call,
					{ items: service.openList(call).columns, view: columnView },
					columnRules,
				),
			}),
		},
		{
			method: 'POST',
			path: 'sites/*/lists/*/columns',
			access: siteManage,
			handle: (call) => {
				const list = service.openList(call);
				const column = readColumn(call.body);
				if (list.columns.some(({ name }) => name === column.name)) {
					throw nameTaken(`A column named '${column.name}' already exists`);
				}
				list.columns.push(column);
				return { status: 201, json: columnView(column) };
			},
		},
		{
			method: 'GET',
			path: 'sites/*/lists/*/contentTypes',
			access: siteRead,
			handle: (call) => ({
				status: 200,
				json: answerCollection(
					call,
					{ items: service.openList(call).contentTypes, view: contentTypeView },
					columnRules,
				),
			}),
		},
	];
}

function expanded(call: GraphCall, list: StoredList): Entity {
	const wanted = new Set((call.target.query.expand ?? []).map(({ path }) => path));
	return {
		...(wanted.has('columns') && { columns: list.columns.map(columnView) }),
		...(wanted.has('contentTypes') && { contentTypes: list.contentTypes.map(contentTypeView) }),
	};
}

function contentTypeView({ id, name, description, group }: StoredContentType): Entity {
	return {
		id,
		description,
		group,
		hidden: false,
		isBuiltIn: true,
		name,
		readOnly: false,
		sealed: false,
	};
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
