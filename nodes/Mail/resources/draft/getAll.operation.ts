import { mailboxField } from '../../../kit/fields/mailbox';
import { collection, text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { bodyOption, limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { recipient } from '../../../kit/fields/recipients';
import { checkHere, conditionsOf } from '../../messageFilter';
import { listMessages } from '../../messageList';
import { selectOf, selectedProperties, simplifyMessage } from '../../simplify';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many drafts',
	description: 'List the messages in Drafts, the one that was changed last first',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	properties: [
		mailboxField,
		collection('filters', {
			displayName: 'Filters',
			placeholder: 'Add Filter',
			description: 'Each that is added must hold; without any, every draft is returned',
			fields: [
				text('category', { displayName: 'Category', placeholder: 'e.g. To be checked' }),
				text('subject', { displayName: 'Subject Contains', placeholder: 'e.g. invoice' }),
				recipient('to', { displayName: 'To', description: 'An address among To and Cc' }),
			],
		}),
		returnAllField,
		limitField,
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [bodyOption('The whole text of each draft')],
		}),
	],
	execute: async function* (input) {
		const { graph, params } = input;
		const { body = 'none' } = params.options;
		const properties = selectedProperties(graph.cloud, undefined, body === 'none' ? [] : ['body']);
		const conditions = conditionsOf(params.filters, graph.cloud);
		const pages = listMessages(graph, params.mailbox, {
			folder: 'drafts',
			query: {
				// Exchange demands the property of the order first in the filter.
				...(conditions.length > 0 && {
					$filter: ['lastModifiedDateTime ge 1900-01-01T00:00:00Z', ...conditions].join(' and '),
				}),
				$orderby: 'lastModifiedDateTime desc',
				$select: selectOf(properties),
			},
			withBody: body !== 'none',
			...(body !== 'none' && { bodyType: body }),
			limit: params.limit,
			keep: checkHere(params.filters),
		});
		for await (const page of pages) {
			yield page.map((message) => ({
				json: params.simplify ? simplifyMessage(message, input, properties) : { ...message },
			}));
		}
	},
});
