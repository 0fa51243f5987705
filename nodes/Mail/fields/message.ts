import type { Message } from '@microsoft/microsoft-graph-types';
import { textLiteral } from '../../../core/graph/literal';
import { type GraphPath, path } from '../../../core/graph/path';
import { type Field, Lookup, ParameterError, type ReadContext } from '../../kit/field';
import { locator } from '../../kit/pickers/locator';
import { messageIdOfLink } from '../messageLink';

interface MessageOptions {
	readonly displayName: string;
	readonly description?: string;
	/** The list search of the picker. */
	readonly searchListMethod: 'searchMessages' | 'searchDrafts';
}

/** A message by search, id, Outlook web link or internet message id. Stands after `mailbox`. */
export function message<const Name extends string>(
	name: Name,
	options: MessageOptions,
): Field<Name, string> {
	const { displayName, searchListMethod } = options;
	return locator(name, {
		...options,
		modeOf: (value) => {
			if (/^https?:/i.test(value)) return 'url';
			return /^<.+>$/.test(value) ? 'internetMessageId' : 'id';
		},
		modes: [
			{
				name: 'list',
				form: {
					displayName: 'From List',
					type: 'list',
					placeholder: 'Search by words in the message',
					typeOptions: { searchListMethod, searchable: true },
				},
				read: (value) => value,
			},
			{
				name: 'id',
				form: { displayName: 'By ID', type: 'string', placeholder: 'e.g. {{ $json.id }}' },
				read: (value) => value,
			},
			{
				name: 'url',
				form: {
					displayName: 'By Outlook Link',
					type: 'string',
					placeholder: 'e.g. https://outlook.office365.com/owa/?ItemID=AAMk...',
					hint: 'The address of a message that is open in Outlook on the web, or the "webLink" of a previous node',
				},
				read: (value) => messageIdOfLink(value, displayName),
			},
			{
				name: 'internetMessageId',
				form: {
					displayName: 'By Internet Message ID',
					type: 'string',
					placeholder: 'e.g. <CAF3x0q@mail.example.com>',
					hint: 'The Message-ID header, by which every mail system knows the message',
				},
				read: (value, context) => byInternetMessageId(value, displayName, context),
			},
		],
	});
}

/** What most operations name their message. */
export const messageField = message('messageId', {
	displayName: 'Message',
	searchListMethod: 'searchMessages',
});

function byInternetMessageId(
	value: string,
	label: string,
	{ params }: ReadContext,
): Lookup<string> {
	const mailbox = params['mailbox'] as GraphPath;
	const id = value.startsWith('<') ? value : `<${value}>`;
	return new Lookup(async (graph) => {
		const answer = await graph.request<{ value: Message[] }>({
			method: 'GET',
			path: path`${mailbox}/messages`,
			query: { $filter: `internetMessageId eq ${textLiteral(id)}`, $select: 'id', $top: 1 },
		});
		const found = answer.value[0]?.id;
		if (found !== undefined) return found;
		throw new ParameterError(
			label,
			`the mailbox has no message with the internet message ID ${id}`,
			'Check that it is the right mailbox, and that the message was not deleted.',
		);
	});
}
