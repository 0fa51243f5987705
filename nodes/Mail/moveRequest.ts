import { type GraphPath, path } from '../../core/graph/path';
import type { GraphRequest } from '../../core/graph/types';

/** @param destinationId an id, or a well-known name such as `archive` */
export function moveRequest(
	{ mailbox, messageId }: { readonly mailbox: GraphPath; readonly messageId: string },
	destinationId: string,
): GraphRequest {
	return {
		method: 'POST',
		path: path`${mailbox}/messages/${messageId}/move`,
		body: { destinationId },
		// Moved twice, it is where it should be: its immutable id stays.
		repeatable: true,
	};
}
