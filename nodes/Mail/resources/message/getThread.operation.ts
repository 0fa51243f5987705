import { showWhen } from '../../../kit/field';
import { mailboxField } from '../../../kit/fields/mailbox';
import { choice, collection, text, toggle, wholeNumber } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { messageField } from '../../fields/message';
import { simplifyField } from '../../../kit/fields/output';
import { selectOf, selectedProperties, simplifyMessage } from '../../simplify';
import { conversationOf, readThread, withoutQuotes } from '../../thread';

export const getThread = defineOperation({
	name: 'Get Thread',
	value: 'getThread',
	action: 'Get the thread of a message',
	description:
		'Get all messages of a conversation in their order, from every folder of the mailbox, with what each of them adds',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	properties: [
		mailboxField,
		choice('threadOf', {
			displayName: 'Thread Of',
			options: [
				{ name: 'Conversation ID', value: 'conversationId' },
				{ name: 'Message', value: 'message' },
			],
			default: 'message',
			description: 'How to say which conversation is meant',
		}),
		showWhen(messageField, { threadOf: ['message'] }),
		showWhen(
			text('conversationId', {
				displayName: 'Conversation ID',
				required: true,
				placeholder: 'e.g. {{ $json.conversationId }}',
			}),
			{ threadOf: ['conversationId'] },
		),
		wholeNumber('limit', {
			displayName: 'Limit',
			default: 50,
			min: 1,
			description: 'Max number of results to return',
			hint: 'Of a longer conversation the newest are returned',
		}),
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				choice('body', {
					displayName: 'Body',
					options: [
						{ name: 'Leave Out', value: 'none' },
						{
							name: 'Only What Is New',
							value: 'unique',
							description: 'Without the quoted messages',
						},
						{ name: 'Whole', value: 'whole' },
					],
					default: 'unique',
				}),
				choice('bodyType', {
					displayName: 'Body As',
					options: [
						{ name: 'HTML', value: 'html' },
						{ name: 'Plain Text', value: 'text' },
					],
					default: 'text',
				}),
				toggle('includeDrafts', {
					displayName: 'Include Drafts',
					description: 'Whether to return answers that are not sent yet, too',
				}),
				choice('sort', {
					displayName: 'Order',
					options: [
						{ name: 'Newest First', value: 'newest' },
						{ name: 'Oldest First', value: 'oldest' },
					],
					default: 'oldest',
				}),
			],
		}),
	],
	concurrentItems: 4,
	execute: async (input) => {
		const { graph, params } = input;
		const { body = 'unique', bodyType = 'text', includeDrafts = false } = params.options;
		const { sort = 'oldest' } = params.options;
		const properties = selectedProperties(graph.cloud, undefined, [
			...(body === 'none' ? [] : (['body'] as const)),
			'sentDateTime',
		]);
		const { mailbox, messageId = '', conversationId } = params;
		const thread = await readThread(graph, {
			mailbox,
			conversationId: conversationId?.trim() ?? (await conversationOf(graph, mailbox, messageId)),
			select: selectOf(properties),
			body,
			bodyType,
			includeDrafts,
		});
		const newest = thread.slice(-params.limit);
		return (sort === 'oldest' ? newest : newest.reverse()).map((each) => ({
			json: params.simplify ? simplifyMessage(withoutQuotes(each), input, properties) : { ...each },
		}));
	},
});
