import type { Message } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { emlFileName } from '../../../kit/attachments/download';
import { messageField } from '../../fields/message';

export const exportMessage = defineOperation({
	name: 'Export',
	value: 'export',
	action: 'Export a message as a file',
	description:
		'Put a whole message with its headers and attachments into a binary field, as an .eml file (MIME)',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	properties: [
		mailboxField,
		messageField,
		text('binaryField', {
			displayName: 'Put Output File in Field',
			default: 'data',
			required: true,
			description: 'The name of the binary field for the file',
		}),
		text('fileName', {
			displayName: 'File Name',
			placeholder: 'e.g. {{ $json.id }}.eml',
			description: "Empty: the message's subject",
		}),
	],
	concurrentItems: 4,
	execute: async ({ graph, params, binary }) => {
		const messagePath = path`${params.mailbox}/messages/${params.messageId}`;
		const { subject, internetMessageId } = await graph.request<Message>({
			method: 'GET',
			path: messagePath,
			query: { $select: 'subject,internetMessageId' },
		});
		const fileName = emlFileName(params.fileName || subject);
		const { body } = await graph.stream({ method: 'GET', path: path`${messagePath}/$value` });
		const file = await binary.store(body, fileName, 'message/rfc822');
		return [
			{
				json: {
					id: params.messageId,
					subject: subject ?? '',
					internetMessageId: internetMessageId ?? '',
					fileName,
				},
				binary: { [params.binaryField]: file },
			},
		];
	},
});
