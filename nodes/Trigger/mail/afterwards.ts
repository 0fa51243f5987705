import type { Change } from '../../../core/changes/types';
import { NotFoundError } from '../../../core/graph/errors';
import { type GraphPath, path } from '../../../core/graph/path';
import type { GraphRequest } from '../../../core/graph/types';
import { type ParamsOf, showWhen } from '../../kit/field';
import { toggle } from '../../kit/fields/values';
import { folder } from '../../Mail/fields/folder';
import { moveRequest } from '../../Mail/moveRequest';
import type { EventInput } from '../event';

/** What is done with a message once its run is n8n's. */
export const afterwardsFields = [
	toggle('markAsRead', {
		displayName: 'Mark as Read Afterwards',
		description:
			'Whether to mark the message as read when its run has ended, well or badly, or has lasted a minute. Needs the permission Mail.ReadWrite.',
	}),
	toggle('move', {
		displayName: 'Move Afterwards',
		description:
			'Whether to move the message then. It does not start another run where it comes to. Needs the permission Mail.ReadWrite.',
	}),
	showWhen(folder('destination', { displayName: 'Move To' }), { move: [true] }),
] as const;

interface AfterwardsParams extends ParamsOf<typeof afterwardsFields> {
	readonly mailbox: GraphPath;
}

export const hasAfterwards = ({ markAsRead, move }: AfterwardsParams): boolean =>
	markAsRead || move;

/** Marks and moves; one that is gone by then needs neither. */
export async function doAfterwards(
	changes: readonly Change[],
	{ graph, params, log }: EventInput<AfterwardsParams>,
): Promise<void> {
	const { mailbox, markAsRead, destination } = params;
	const steps: Array<(id: string) => GraphRequest> = [];
	if (markAsRead) {
		steps.push((id) => ({
			method: 'PATCH',
			path: path`${mailbox}/messages/${id}`,
			body: { isRead: true },
		}));
	}
	if (destination !== undefined) {
		steps.push((id) => moveRequest({ mailbox, messageId: id }, destination));
	}
	for (const step of steps) {
		const outcomes = await graph.batch(changes.map(({ id }) => step(id)));
		for (const outcome of outcomes) {
			if (outcome.ok || outcome.error instanceof NotFoundError) continue;
			log(`A message was handed over, but not marked or moved: ${outcome.error.message}`);
		}
	}
}
