import { searchLiteral } from '../../../../core/graph/literal';
import type { GraphQuery } from '../../../../core/graph/types';
import { mailboxField } from '../../../kit/fields/mailbox';
import { type ParamsOf, showWhen } from '../../../kit/field';
import { type ExecuteInput, defineOperation } from '../../../kit/operation';
import { filtersField } from '../../fields/filters';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import {
	findByField,
	listOptions,
	odataField,
	scopeFields,
	searchField,
} from '../../fields/listing';
import { checkHere, conditionsOf, filterForOrder } from '../../messageFilter';
import { listMessages } from '../../messageList';
import { selectOf, selectedProperties, simplifyMessage } from '../../simplify';

const properties = [
	mailboxField,
	...scopeFields,
	findByField,
	showWhen(filtersField, { findBy: ['filters'] }),
	showWhen(searchField, { findBy: ['search'] }),
	showWhen(odataField, { findBy: ['odata'] }),
	returnAllField,
	limitField,
	simplifyField,
	listOptions,
] as const;

type Input = ExecuteInput<ParamsOf<typeof properties>>;

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many messages',
	description: 'List or search messages, newest first',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	properties,
	execute: async function* (input) {
		const { graph, params } = input;
		const { fields, body = 'none' } = params.options;
		const chosen = selectedProperties(
			graph.cloud,
			fields && fields.length > 0 ? fields : undefined,
			body === 'none' ? [] : ['body'],
		);
		const keep = params.filters && checkHere(params.filters);
		const read = keep
			? selectedProperties(graph.cloud, chosen, ['toRecipients', 'ccRecipients'])
			: chosen;
		explainLimits(input, keep !== undefined);
		const pages = listMessages(graph, params.mailbox, {
			folder: params.folder,
			query: { ...find(input), $select: selectOf(read) },
			withBody: chosen.includes('body'),
			...(body !== 'none' && { bodyType: body }),
			limit: params.limit,
			keep,
		});
		for await (const page of pages) {
			yield page.map((message) => ({
				json: params.simplify ? simplifyMessage(message, input, chosen) : { ...message },
			}));
		}
	},
});

/** Filters come with an order, a search with neither: Graph refuses any other combination. */
function find({ graph, params }: Input): GraphQuery {
	const { sort = 'newest' } = params.options;
	if (params.search !== undefined) return { $search: searchLiteral(params.search) };
	const conditions =
		params.filter === undefined
			? conditionsOf(params.filters ?? {}, graph.cloud)
			: [`(${params.filter})`];
	if (sort === 'none') return { $filter: conditions.join(' and ') || undefined };
	return {
		$filter: filterForOrder(conditions),
		$orderby: `receivedDateTime ${sort === 'newest' ? 'desc' : 'asc'}`,
	};
}

function explainLimits({ params, note }: Input, filtersHere: boolean): void {
	if (params.search !== undefined && (params.limit ?? Infinity) > 1000) {
		note('A search returns at most 1,000 messages; that is a limit of Exchange.');
	}
	if (filtersHere) {
		note(
			"Exchange can't filter by recipient: messages were read one page after the other and filtered here.",
		);
	}
}
