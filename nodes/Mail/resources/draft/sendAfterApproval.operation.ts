import type { Message } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../../../../core/graph/path';
import type { GraphClient } from '../../../../core/graph/types';
import { NotFoundError } from '../../../../core/graph/errors';
import { choice, collection } from '../../../kit/fields/values';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { approvalFields, approvalOf } from '../../../kit/review/question';
import type { Quote } from '../../../kit/review/types';
import {
	attachmentsField,
	bodyField,
	bodyTypeField,
	messageOptionFields,
	subjectField,
	toField,
} from '../../fields/content';
import { addressesOf, newMessage } from '../../message';
import { attachFiles } from '../../../kit/attachments/attach';
import { createDraft, sendRequest } from '../../sending';
import { messageAttachments } from '../../messageAttachments';

const declinedField = choice('whenDeclined', {
	displayName: 'When Declined',
	options: [
		{ name: 'Delete the Draft', value: 'delete', description: 'It goes to Deleted Items' },
		{ name: 'Keep the Draft', value: 'keep', description: 'It stays in Drafts' },
	],
	default: 'keep',
	description:
		'What happens to the draft when a reviewer declines. When nobody answers it stays, and the output No Answer has its ID.',
});

export const sendAfterApproval = defineOperation({
	name: 'Send After Approval',
	value: 'sendAfterApproval',
	action: 'Send a draft after approval',
	description: 'Write a draft, show it to reviewers by email, and send it when one approves',
	permissions: { delegated: 'Mail.ReadWrite Mail.Send', application: 'Mail.ReadWrite Mail.Send' },
	properties: [
		mailboxField,
		toField,
		subjectField,
		bodyTypeField,
		bodyField,
		attachmentsField,
		collection('options', {
			displayName: 'Message Options',
			placeholder: 'Add Option',
			fields: messageOptionFields,
		}),
		...approvalFields,
		declinedField,
	],
	review: {
		ask: async ({ params, graph, binary }) => {
			const { mailbox } = params;
			const attachments = await messageAttachments({ graph, params, binary });
			const { draft, path: draftPath } = await createDraft({
				graph,
				mailbox,
				create: {
					method: 'POST',
					path: path`${mailbox}/messages`,
					body: newMessage(params, graph.cloud),
				},
				complete: async (created, createdPath) => {
					await attachFiles(graph, createdPath, attachments);
					return created;
				},
			});
			return {
				...approvalOf(params),
				mailbox,
				subject: { draftId: draft.id ?? '', whenDeclined: params.whenDeclined },
				quote: quoteOf(
					params,
					attachments.map(({ source }) => source.fileName),
				),
				abandon: async () => {
					await graph.request({ method: 'DELETE', path: draftPath });
				},
			};
		},
		decide: async ({ answer, subject, mailbox, graph }) => {
			const draftPath = path`${mailbox}/messages/${subject['draftId'] as string}`;
			if (answer.decision === 'approved') return await sendOnce(graph, draftPath);
			if (subject['whenDeclined'] !== 'delete') return { sent: false, draft: 'kept' };
			await deleteOnce(graph, draftPath);
			return { sent: false, draft: 'deleted' };
		},
	},
});

/** May be called again after a failure: what was sent is no draft any more. */
async function sendOnce(graph: GraphClient, draftPath: GraphPath): Promise<{ sent: boolean }> {
	const { isDraft } = await graph.request<Message>({
		method: 'GET',
		path: draftPath,
		query: { $select: 'isDraft' },
	});
	if (isDraft !== false) await graph.request(sendRequest(draftPath));
	return { sent: true };
}

async function deleteOnce(graph: GraphClient, draftPath: GraphPath): Promise<void> {
	try {
		await graph.request({
			method: 'POST',
			path: path`${draftPath}/move`,
			body: { destinationId: 'deleteditems' },
			// Moved twice, it is where it should be: its immutable id stays.
			repeatable: true,
		});
	} catch (error) {
		if (!(error instanceof NotFoundError)) throw error;
	}
}

function quoteOf(
	params: {
		readonly to: Parameters<typeof addressesOf>[0];
		readonly subject: string;
		readonly bodyType: 'html' | 'text';
		readonly body: string;
	},
	fileNames: readonly string[],
): Quote {
	return {
		heading: 'The message to be sent',
		rows: [
			{ label: 'To', value: addressesOf(params.to).join(', ') },
			{ label: 'Subject', value: params.subject },
			...(fileNames.length > 0 ? [{ label: 'Attachments', value: fileNames.join(', ') }] : []),
		],
		body: { contentType: params.bodyType, content: params.body },
	};
}
