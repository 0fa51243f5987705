import type { InternetMessageHeader, Message } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { textList } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { messageField } from '../../fields/message';
import { simplifyField } from '../../../kit/fields/output';

export const getHeaders = defineOperation({
	name: 'Get Headers',
	value: 'getHeaders',
	action: 'Get the headers of a message',
	description:
		'Get the internet headers that a message arrived with, like List-Unsubscribe or Authentication-Results',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	needs: 'message.internetMessageHeaders',
	batchable: true,
	properties: [
		mailboxField,
		messageField,
		textList('names', {
			displayName: 'Headers',
			placeholder: 'e.g. List-Unsubscribe, X-Spam-Score',
			description: 'Which to return; empty for all of them',
		}),
		{
			...simplifyField,
			property: {
				...simplifyField.property,
				description:
					'Whether to return an object by the names in lower case instead of the list in its order',
			},
		},
	],
	request: ({ params }) => ({
		method: 'GET',
		path: path`${params.mailbox}/messages/${params.messageId}`,
		query: { $select: 'internetMessageHeaders' },
	}),
	shape: (body, { params }) => {
		const wanted = new Set(params.names.map((name) => name.toLowerCase()));
		const headers = ((body as Message).internetMessageHeaders ?? []).filter(
			({ name }) => wanted.size === 0 || wanted.has(name?.toLowerCase() ?? ''),
		);
		return {
			id: params.messageId,
			headers: params.simplify
				? byName(headers)
				: headers.map(({ name, value }) => ({ name, value })),
		};
	},
});

/** What occurs several times, like Received, is one text of as many lines. */
function byName(headers: readonly InternetMessageHeader[]): Record<string, string> {
	const values = new Map<string, string[]>();
	for (const { name, value } of headers) {
		const key = name?.toLowerCase() ?? '';
		values.set(key, [...(values.get(key) ?? []), value ?? '']);
	}
	return Object.fromEntries([...values].map(([name, lines]) => [name, lines.join('\n')]));
}
