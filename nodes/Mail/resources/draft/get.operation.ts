import type { Message } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { choice } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { draftField } from '../../fields/draft';
import { simplifyField } from '../../../kit/fields/output';
import { bodyPreference } from '../../messageList';
import { selectOf, selectedProperties, simplifyMessage } from '../../simplify';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a draft',
	description: 'Get a message that is not sent yet, with its text and all of its recipients',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	batchable: true,
	properties: [
		mailboxField,
		draftField,
		choice('bodyType', {
			displayName: 'Body As',
			options: [
				{ name: 'HTML', value: 'html' },
				{ name: 'Plain Text', value: 'text' },
			],
			default: 'html',
			description: 'Plain text is shorter and suits AI agents',
		}),
		simplifyField,
	],
	request: ({ params, cloud }) => ({
		method: 'GET',
		path: path`${params.mailbox}/messages/${params.messageId}`,
		headers: bodyPreference(params.bodyType),
		...(params.simplify && {
			query: { $select: selectOf(selectedProperties(cloud, undefined, ['body', 'replyTo'])) },
		}),
	}),
	shape: (body, input) =>
		input.params.simplify
			? simplifyMessage(
					body as Message,
					input,
					selectedProperties(input.cloud, undefined, ['body', 'replyTo']),
				)
			: { ...(body as object) },
});
