import { matches, type Entity } from '../../odata/evaluate';
import { pathsOf } from '../../odata/expression';
import { pageSizeOf, selectFrom, type CollectionPage } from '../../odata/collection';
import { badRequest } from '../../refused';
import type { GraphCall, Route } from '../../server/call';
import { mailRead } from '../access';
import type { DeltaEntry, DeltaPage } from '../delta';
import type { Mailbox } from '../mailbox';
import { idKindOf, messageView } from '../messageView';
import type { MailService } from '../service';
import type { StoredFolder } from '../types';
import { folderRules, folderView } from './folders';
import { expandMessage, messageRules } from './messages';

export function deltaRoutes(mail: MailService): Route[] {
	return [
		{
			method: 'GET',
			path: 'mailbox/mailFolders/*/messages/delta',
			access: mailRead,
			handle: (call) => {
				checkMessageQuery(call);
				const mailbox = mail.open(call);
				const folder = mailbox.folder(call.keys[0] ?? '');
				const json = answerDelta(mail, call, mailbox, `messages ${folder.serial}`, (since) =>
					messageEntries(call, mailbox, folder, since),
				);
				return { status: 200, json };
			},
		},
		{
			method: 'GET',
			path: 'mailbox/mailFolders/delta',
			access: mailRead,
			handle: (call) => {
				const mailbox = mail.open(call);
				const json = answerDelta(mail, call, mailbox, 'folders', (since) =>
					folderEntries(call, mailbox, since),
				);
				return { status: 200, json };
			},
		},
	];
}

/** Source: "Get incremental changes to messages in a folder". */
function checkMessageQuery({ target: { query } }: GraphCall): void {
	if (query.search !== undefined) throw badRequest('$search is not supported on delta.');
	if (
		query.filter !== undefined &&
		pathsOf(query.filter).some((path) => path !== 'receivedDateTime')
	) {
		throw badRequest(
			'Only receivedDateTime can be filtered on delta.',
			'ErrorInvalidUrlQueryFilter',
		);
	}
}

function answerDelta(
	mail: MailService,
	call: GraphCall,
	mailbox: Mailbox,
	feed: string,
	entries: (since: number | undefined) => DeltaEntry[],
): DeltaPage | CollectionPage {
	const { query } = call.target;
	const fullFeed = `${mailbox.owner.id} ${feed}`;
	const pageSize = pageSizeOf(call, feed === 'folders' ? folderRules : messageRules);
	const linkTo = (option: string, token: string): string => deltaLink(call, option, token);
	if (query.skipToken !== undefined) {
		return mail.deltas.continue(query.skipToken, fullFeed, pageSize, linkTo);
	}
	const now = mail.clock.now();
	const since =
		query.deltaToken === undefined ? undefined : mail.deltas.since(query.deltaToken, fullFeed, now);
	const next = { feed: fullFeed, since: mailbox.revision, createdAt: now };
	return mail.deltas.start(entries(since), next, pageSize, linkTo);
}

/** The query lives on in the links, as Graph's do behind their opaque token. */
function deltaLink(call: GraphCall, option: string, token: string): string {
	const url = new URL(call.origin + call.url);
	url.searchParams.delete('$skiptoken');
	url.searchParams.delete('$deltatoken');
	url.searchParams.set(option, token);
	return url.toString();
}

function messageEntries(
	call: GraphCall,
	mailbox: Mailbox,
	folder: StoredFolder,
	since: number | undefined,
): DeltaEntry[] {
	const { query } = call.target;
	const [, changeType] =
		Object.entries(query.custom).find(([name]) => name.toLowerCase() === 'changetype') ?? [];
	const wants = (type: string): boolean => changeType === undefined || changeType === type;
	const isNew = (enteredAt: number): boolean => since === undefined || enteredAt > since;
	const present = mailbox
		.messagesIn(folder.serial)
		.filter(({ changedAt, enteredAt }) =>
			isNew(enteredAt) ? wants('created') : wants('updated') && isNew(changedAt),
		)
		.sort((left, right) => Date.parse(right.receivedDateTime) - Date.parse(left.receivedDateTime));
	const gone =
		since === undefined || !wants('deleted')
			? []
			: mailbox.removals.filter(
					({ kind, folder: left, at, serial }) =>
						kind === 'message' &&
						left === folder.serial &&
						at > since &&
						mailbox.messages.get(serial)?.folder !== folder.serial,
				);
	return [
		...present.map((message) => () => {
			if (message.folder !== folder.serial) return undefined;
			const view = messageView(call, mailbox, message);
			if (query.filter !== undefined && !matches(query.filter, view)) return undefined;
			return {
				'@odata.type': '#microsoft.graph.message',
				...selectFrom(view, query, messageRules),
				...expandMessage(call, mailbox, message),
			};
		}),
		...gone.map((removal) => (): Entity => ({
			'@odata.type': '#microsoft.graph.message',
			id: removal.ids[idKindOf(call)],
			'@removed': { reason: 'deleted' },
		})),
	];
}

function folderEntries(call: GraphCall, mailbox: Mailbox, since: number | undefined): DeltaEntry[] {
	const root = mailbox.folder('msgfolderroot').serial;
	const changed = [...mailbox.folders.values()].filter(
		({ serial, isHidden, changedAt }) =>
			serial !== root && !isHidden && (since === undefined || changedAt > since),
	);
	const gone =
		since === undefined
			? []
			: mailbox.removals.filter(({ kind, at }) => kind === 'folder' && at > since);
	return [
		...changed.map((folder) => (): Entity => ({
			'@odata.type': '#microsoft.graph.mailFolder',
			...selectFrom(folderView(call, mailbox, folder), call.target.query),
		})),
		...gone.map((removal) => (): Entity => ({
			'@odata.type': '#microsoft.graph.mailFolder',
			id: removal.ids.folderBound,
			'@removed': { reason: 'deleted' },
		})),
	];
}
