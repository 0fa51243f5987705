import type { Message } from '@microsoft/microsoft-graph-types';
import type { INodeListSearchItems } from 'n8n-workflow';
import { searchLiteral } from '../../../core/graph/literal';
import { type GraphPath, path } from '../../../core/graph/path';
import { inZone } from '../../../core/time';
import { type PickerInput, mailboxPicker } from '../../kit/pickers/picker';

const pageSize = 50;

export const searchMessages = messagePicker((mailbox) => path`${mailbox}/messages`);

export const searchDrafts = messagePicker(
	(mailbox) => path`${mailbox}/mailFolders/drafts/messages`,
);

/** Newest first; with typed words, what Exchange's search finds for them. */
function messagePicker(
	collection: (mailbox: GraphPath) => GraphPath,
): ReturnType<typeof mailboxPicker> {
	return mailboxPicker(async (input) => {
		const { graph, mailbox, typed, paginationToken, timezone } = input;
		const skip = Number(paginationToken ?? 0);
		const { value } = await graph.request<{ value: Message[] }>({
			method: 'GET',
			path: collection(mailbox),
			query: {
				$select: 'id,subject,from,receivedDateTime,webLink',
				$top: pageSize,
				...orderOrSearch(typed, skip),
			},
		});
		// Exchange's search knows no offset: there the user types more words instead.
		const isMore = typed === '' && value.length === pageSize;
		return {
			results: value.map((message) => entry(message, timezone)),
			...(isMore && { paginationToken: String(skip + pageSize) }),
		};
	});
}

function orderOrSearch(typed: PickerInput['typed'], skip: number): Record<string, string | number> {
	if (typed !== '') return { $search: searchLiteral(typed) };
	return { $orderby: 'receivedDateTime desc', ...(skip > 0 && { $skip: skip }) };
}

function entry(message: Message, timezone: string): INodeListSearchItems {
	const { id, subject, from, receivedDateTime, webLink } = message;
	const sender = from?.emailAddress?.name ?? from?.emailAddress?.address;
	const date =
		receivedDateTime && inZone(receivedDateTime, timezone).slice(0, 16).replace('T', ' ');
	return {
		name: [subject || '(no subject)', sender, date].filter(Boolean).join(' — '),
		value: id ?? '',
		...(webLink && { url: webLink }),
	};
}
