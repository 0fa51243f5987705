import type { Message } from '@microsoft/microsoft-graph-types';
import { assertAvailable } from '../../../../core/availability';
import { path } from '../../../../core/graph/path';
import { choice, collection, toggle } from '../../../kit/fields/values';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { downloadAttachments } from '../../../kit/attachments/download';
import { messageField } from '../../fields/message';
import { simplifyField } from '../../../kit/fields/output';
import { bodyPreference } from '../../messageList';
import { selectOf, selectedProperties, simplifyMessage } from '../../simplify';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a message',
	description: 'Get a message with its text, and its attachments if wanted',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	properties: [
		mailboxField,
		messageField,
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				choice('bodyType', {
					displayName: 'Body As',
					options: [
						{ name: 'HTML', value: 'html' },
						{ name: 'Plain Text', value: 'text' },
					],
					default: 'html',
					description: 'Plain text is shorter and suits AI agents',
				}),
				toggle('downloadAttachments', {
					displayName: 'Download Attachments',
					description: 'Whether to put the attached files into binary fields (data_0, data_1, ...)',
				}),
				toggle('includeHeaders', {
					displayName: 'Include Headers',
					description: 'Whether to return the internet headers, like Received or List-Unsubscribe',
				}),
			],
		}),
	],
	execute: async (input) => {
		const { graph, params } = input;
		const { bodyType = 'html', includeHeaders, downloadAttachments: withFiles } = params.options;
		if (includeHeaders) assertAvailable('message.internetMessageHeaders', graph.cloud);
		const messagePath = path`${params.mailbox}/messages/${params.messageId}`;
		const properties = selectedProperties(graph.cloud, undefined, [
			'body',
			'replyTo',
			'sentDateTime',
		]);
		const message = await graph.request<Message>({
			method: 'GET',
			path: messagePath,
			headers: bodyPreference(bodyType),
			// Without $select Graph leaves the headers out and sends all the rest.
			query: select(params.simplify, selectOf(properties), includeHeaders),
		});
		const headers = includeHeaders ? { headers: message.internetMessageHeaders ?? [] } : {};
		const json = params.simplify
			? { ...simplifyMessage(message, input, properties), ...headers }
			: { ...message };
		if (!withFiles || !message.hasAttachments) return [{ json }];
		const files = await downloadAttachments(input, messagePath, {});
		const { attachments, links } = files;
		return [{ json: { ...json, attachments, links }, binary: files.binary }];
	},
});

function select(
	simplify: boolean,
	simpleSelect: string,
	includeHeaders = false,
): { $select?: string } {
	if (simplify)
		return { $select: simpleSelect + (includeHeaders ? ',internetMessageHeaders' : '') };
	return includeHeaders ? { $select: `${simpleSelect},internetMessageHeaders` } : {};
}
