import type { Entity } from '../odata/evaluate';
import { answerRevisionDelta, type RevisionEntry, type RevisionFeed } from '../odata/revisionDelta';
import type { GraphAnswer, GraphCall } from '../server/call';
import type { Drive } from './drive';
import type { StoredDriveItem } from './types';

const pageSize = 200;

/** Changes of a drive, by learn.microsoft.com/graph/api/driveitem-delta. */
export function deltaPage(
	call: GraphCall,
	drive: Drive,
	view: (item: StoredDriveItem) => Entity,
): GraphAnswer {
	const feed: RevisionFeed = {
		epoch: drive.epoch,
		revision: drive.revision,
		pageSize: Math.min(call.target.query.top ?? pageSize, 1_000),
		path: `drives/${drive.id}/root/delta`,
		entries: () => entriesOf(drive, (item) => withoutPath(view(item))),
		head: () => withoutPath(view(drive.root)),
	};
	return answerRevisionDelta(call, feed);
}

function* entriesOf(
	drive: Drive,
	view: (item: StoredDriveItem) => Entity,
): Iterable<RevisionEntry> {
	for (const item of drive.items.values()) {
		if (item === drive.root) continue;
		yield { revision: item.revision, isGone: false, entity: () => view(item) };
	}
	for (const [id, revision] of drive.tombstones) {
		// Without a name, as OneDrive for Business has it.
		yield { revision, isGone: true, entity: () => ({ id, deleted: { state: 'deleted' } }) };
	}
}

/** Delta leaves the parent's path out: it would change with every rename above. */
function withoutPath(entity: Entity): Entity {
	const { parentReference } = entity;
	if (typeof parentReference !== 'object' || parentReference === null) return entity;
	const rest = Object.fromEntries(
		Object.entries(parentReference).filter(([name]) => name !== 'path'),
	);
	return { ...entity, parentReference: rest };
}
