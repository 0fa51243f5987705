import {
	answerCollection,
	countCollection,
	selectFrom,
	type CollectionRules,
	type CollectionSource,
} from '../../odata/collection';
import { pathsOf } from '../../odata/expression';
import { matches, type Entity } from '../../odata/evaluate';
import type { ODataQuery } from '../../odata/query';
import { badRequest, RefusedError } from '../../refused';
import type { GraphAnswer, GraphCall, Route } from '../../server/call';
import { mailRead, mailWrite } from '../access';
import { attachmentView } from '../attachments';
import { createDraft, updateMessage, type MessageInput } from '../draft';
import type { Mailbox } from '../mailbox';
import { etagOf } from '../ids';
import { idKindOf, messagePropertiesOnRequest, messageView } from '../messageView';
import { toMime } from '../mime';
import { parseSearch } from '../search';
import type { MailService } from '../service';
import type { StoredMessage } from '../types';

export const messageRules: CollectionRules = {
	defaultPage: 10,
	largestPage: 1000,
	onRequest: messagePropertiesOnRequest,
	// Exchange takes this comparison on `/messages` and lets everything through.
	ignoredPaths: new Set(['parentFolderId']),
};

export function messageRoutes(mail: MailService): Route[] {
	return ['mailbox/', 'mailbox/mailFolders/*/'].flatMap((base): Route[] => {
		const inFolder = base !== 'mailbox/';
		const messageOf = (call: GraphCall): StoredMessage =>
			mail.open(call).message(call.keys[inFolder ? 1 : 0] ?? '');
		const candidates = (call: GraphCall): StoredMessage[] => {
			const mailbox = mail.open(call);
			return inFolder
				? mailbox.messagesIn(mailbox.folder(call.keys[0] ?? '').serial)
				: [...mailbox.messages.values()];
		};
		return [
			{
				method: 'GET',
				path: `${base}messages`,
				access: mailRead,
				handle: (call) => list(call, mail.open(call), candidates(call)),
			},
			{
				method: 'GET',
				path: `${base}messages/$count`,
				access: mailRead,
				handle: (call) => {
					const source = sourceOf(call, mail.open(call), candidates(call));
					const count = countCollection(source, call.target.query, messageRules);
					return textAnswer(String(count));
				},
			},
			{
				method: 'POST',
				path: `${base}messages`,
				access: mailWrite,
				handle: (call) => {
					const mailbox = mail.open(call);
					const folder = inFolder ? { folder: mailbox.folder(call.keys[0] ?? '').serial } : {};
					const draft = createDraft(mailbox, readMessageInput(call), folder);
					return { status: 201, json: oneMessage(call, mailbox, draft) };
				},
			},
			{
				method: 'GET',
				path: `${base}messages/*`,
				access: mailRead,
				handle: (call) => answerMessage(call, mail.open(call), messageOf(call)),
			},
			{
				method: 'GET',
				path: `${base}messages/*/$value`,
				access: mailRead,
				handle: async (call) => ({
					status: 200,
					headers: { 'Content-Type': 'text/plain' },
					bytes: await toMime(messageOf(call)),
				}),
			},
			{
				method: 'PATCH',
				path: `${base}messages/*`,
				access: mailWrite,
				handle: (call) => {
					const mailbox = mail.open(call);
					const message = messageOf(call);
					requireMatch(call, message);
					updateMessage(mailbox, message, readMessageInput(call));
					return answerMessage(call, mailbox, message);
				},
			},
			{
				method: 'DELETE',
				path: `${base}messages/*`,
				access: mailWrite,
				handle: (call) => {
					deleteMessage(mail.open(call), messageOf(call));
					return { status: 204 };
				},
			},
		];
	});
}

export function readMessageInput(call: GraphCall): MessageInput {
	if (typeof call.body === 'object' && call.body !== null) return call.body as MessageInput;
	throw new RefusedError(
		call.bytes.length === 0 ? 400 : 501,
		call.bytes.length === 0 ? 'BadRequest' : 'NotImplemented',
		call.bytes.length === 0
			? 'Empty Payload. JSON content expected.'
			: "The sandbox doesn't take MIME content.",
	);
}

export function answerMessage(
	call: GraphCall,
	mailbox: Mailbox,
	message: StoredMessage,
): GraphAnswer {
	const contentType = call.preferences.bodyContentType;
	return {
		status: 200,
		...(contentType !== undefined && {
			headers: { 'Preference-Applied': `outlook.body-content-type="${contentType}"` },
		}),
		json: oneMessage(call, mailbox, message),
	};
}

/** One message with what the query selects and expands. */
export function oneMessage(call: GraphCall, mailbox: Mailbox, message: StoredMessage): Entity {
	return {
		...selectFrom(messageView(call, mailbox, message), call.target.query, messageRules),
		...expandMessage(call, mailbox, message),
	};
}

export function expandMessage(call: GraphCall, mailbox: Mailbox, message: StoredMessage): Entity {
	const expanded: Record<string, unknown> = {};
	for (const { path, query } of call.target.query.expand ?? []) {
		const entities = relatedOf(call, mailbox, message, path)
			.filter((entity) => query.filter === undefined || matches(query.filter, entity))
			.map((entity) => selectFrom(entity, query));
		// Extended properties that aren't set are left out, rather than given as an empty list.
		if (entities.length > 0 || path === 'attachments') expanded[path] = entities;
	}
	return expanded;
}

function relatedOf(
	call: GraphCall,
	mailbox: Mailbox,
	message: StoredMessage,
	path: string,
): Entity[] {
	switch (path) {
		case 'attachments':
			return message.attachments.map((each) =>
				attachmentView(mailbox, message, each, idKindOf(call)),
			);
		case 'singleValueExtendedProperties':
			return message.extended
				.filter(({ value }) => !Array.isArray(value))
				.map((each) => ({ ...each }));
		case 'multiValueExtendedProperties':
			return message.extended
				.filter(({ value }) => Array.isArray(value))
				.map((each) => ({ ...each }));
	}
	return [];
}

export function deleteMessage(mailbox: Mailbox, message: StoredMessage): void {
	const deleted = mailbox.folder('deleteditems');
	const recoverable = mailbox.folder('recoverableitemsdeletions');
	// What is deleted from Deleted Items goes where only recovery finds it.
	mailbox.moveMessage(message, message.folder === deleted.serial ? recoverable : deleted);
}

function list(
	call: GraphCall,
	mailbox: Mailbox,
	candidates: readonly StoredMessage[],
): GraphAnswer {
	checkCombination(call.target.query);
	const page = answerCollection(call, sourceOf(call, mailbox, candidates), messageRules);
	return { status: 200, json: page };
}

function sourceOf(
	call: GraphCall,
	mailbox: Mailbox,
	candidates: readonly StoredMessage[],
): CollectionSource<StoredMessage> {
	const { search, orderby } = call.target.query;
	const recoverable = mailbox.folder('recoverableitemsdeletions').serial;
	let items = candidates.filter(
		({ folder }) => folder !== recoverable || call.target.segments.length > 2,
	);
	if (search !== undefined) items = items.filter(parseSearch(search));
	if (orderby === undefined) {
		items.sort(
			(left, right) =>
				// All are written alike: they compare as text, which is fast where they are many.
				compareText(right.receivedDateTime, left.receivedDateTime) || right.serial - left.serial,
		);
	}
	return {
		items,
		view: (message) => messageView(call, mailbox, message),
		stored: storedMessage,
		expand: (message) => expandMessage(call, mailbox, message),
	};
}

export const compareText = (left: string, right: string): number =>
	left < right ? -1 : left > right ? 1 : 0;

/** What is stored as Graph shows it. */
export const storedMessage = {
	names: new Set([
		'receivedDateTime',
		'sentDateTime',
		'createdDateTime',
		'lastModifiedDateTime',
		'subject',
		'isRead',
		'isDraft',
		'importance',
		'categories',
		'internetMessageId',
		'flag',
		'from',
	]),
	of: (message: StoredMessage) => message as unknown as Entity,
};

/** What Graph refuses to combine; see "List messages", and Microsoft's answers on `$search`. */
function checkCombination({ search, filter, orderby, skip }: ODataQuery): void {
	if (search !== undefined) {
		const other = filter !== undefined ? 'Filter' : orderby !== undefined ? 'OrderBy' : undefined;
		if (other !== undefined) {
			throw badRequest(
				`The query parameter '$${other.toLowerCase()}' is not supported with '$search'.`,
				`SearchWith${other}`,
			);
		}
		if (skip !== undefined) {
			throw badRequest("The query parameter '$skip' is not supported with '$search'.");
		}
	}
	if (filter === undefined || orderby === undefined) return;
	const filtered = [...new Set(pathsOf(filter))];
	const isInOrder = orderby.every(({ path }, position) => filtered[position] === path);
	if (!isInOrder) {
		throw badRequest(
			'The restriction or sort order is too complex for this operation.',
			'InefficientFilter',
		);
	}
}

function requireMatch({ headers }: GraphCall, message: StoredMessage): void {
	const wanted = headers['if-match'];
	if (wanted === undefined || wanted === '*' || wanted === etagOf(message)) return;
	throw new RefusedError(
		412,
		'ErrorIrresolvableConflict',
		'The send or update operation could not be performed because the change key passed in the ' +
			'request does not match the current change key for the item.',
	);
}

export function textAnswer(text: string): GraphAnswer {
	return { status: 200, headers: { 'Content-Type': 'text/plain' }, bytes: Buffer.from(text) };
}
