import { badRequest } from '../../refused';
import type { Entity } from '../../odata/evaluate';
import { answerRevisionDelta, type RevisionEntry } from '../../odata/revisionDelta';
import type { GraphCall, Route } from '../../server/call';
import { siteRead } from '../access';
import type { SharePointService } from '../service';
import type { StoredItem, StoredList } from '../types';

const pageSize = 200;

/** Changes of a list's items, by learn.microsoft.com/graph/api/listitem-delta. */
export function listDeltaRoute(
	service: SharePointService,
	view: (call: GraphCall, item: StoredItem) => Entity,
): Route {
	return {
		method: 'GET',
		path: 'sites/*/lists/*/items/delta',
		access: siteRead,
		handle: (call) => {
			const { filter, orderby, search } = call.target.query;
			if (filter !== undefined || orderby !== undefined || search !== undefined) {
				throw badRequest(
					'$filter, $orderby and $search are not supported with delta.',
					'invalidRequest',
				);
			}
			const site = service.open(call);
			const list = service.openList(call);
			return answerRevisionDelta(call, {
				epoch: service.sharePoint.epoch,
				revision: list.revision,
				pageSize: Math.min(call.target.query.top ?? pageSize, 1_000),
				path: `sites/${site.id}/lists/${list.id}/items/delta`,
				entries: () => entriesOf(list, (item) => view(call, item)),
			});
		},
	};
}

function* entriesOf(list: StoredList, view: (item: StoredItem) => Entity): Iterable<RevisionEntry> {
	for (const item of list.items.values()) {
		yield { revision: item.revision, isGone: false, entity: () => view(item) };
	}
	for (const [number, revision] of list.tombstones) {
		const id = String(number);
		yield { revision, isGone: true, entity: () => ({ id, deleted: { state: 'deleted' } }) };
	}
}
