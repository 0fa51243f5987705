import type { GraphClient } from '../../core/graph/types';
import { attachmentsFor, type OutgoingAttachment } from '../kit/attachments/attach';
import type { BinaryAccess } from '../kit/binary';
import { attachmentsField } from './fields/content';

interface MessageInput {
	readonly graph: GraphClient;
	readonly binary: BinaryAccess;
	readonly params: {
		readonly attachments: Parameters<BinaryAccess['sources']>[0];
		readonly bodyType: 'html' | 'text';
		readonly body: string;
	};
}

/**
 * What the form of a message names as its attachments.
 * @throws {ParameterError} for a binary field that is missing, and as `attachmentsFor` does
 */
export async function messageAttachments(input: MessageInput): Promise<OutgoingAttachment[]> {
	const { graph, binary, params } = input;
	const label = attachmentsField.property.displayName;
	return attachmentsFor(await binary.sources(params.attachments, label), {
		html: params.bodyType === 'html' ? params.body : undefined,
		cloud: graph.cloud,
		label,
	});
}
