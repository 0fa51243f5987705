import { matches, type Entity } from '../../odata/evaluate';
import { pathsOf } from '../../odata/expression';
import { pageSizeOf, selectFrom, type CollectionPage } from '../../odata/collection';
import { badRequest } from '../../refused';
import type { GraphCall, Route } from '../../server/call';
import { mailRead } from '../access';
import type { DeltaEntry, DeltaPage, DeltaStates, MailFeed } from '../delta';
import type { Mailbox } from '../mailbox';
import { idKindOf, messageView } from '../messageView';
import type { MailService } from '../service';
import type { StoredFolder } from '../types';
import { folderRules, folderView } from './folders';
import { compareText, expandMessage, messageRules, storedMessage } from './messages';

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
				const json = answerDelta(mail, call, mailbox, `messages ${folder.serial}`, (state) =>
					messageEntries(call, mailbox, folder, state, mail.deltas.movedReason),
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
				const json = answerDelta(mail, call, mailbox, 'folders', (state) =>
					folderEntries(call, mailbox, state?.since),
				);
				return { status: 200, json };
			},
		},
	];
}

/** With a filter, Graph gives no more of a folder. */
const largestFiltered = 5_000;

/** Source: "Get incremental changes to messages in a folder". */
function checkMessageQuery({ target: { query } }: GraphCall): void {
	if (query.search !== undefined) throw badRequest('$search is not supported on delta.');
	const { filter } = query;
	if (filter === undefined) return;
	const isLowerBound =
		filter.kind === 'compare' &&
		/^g[te]$/.test(filter.operator) &&
		pathsOf(filter).join() === 'receivedDateTime';
	if (!isLowerBound) {
		throw badRequest(
			'Only receivedDateTime can be filtered on delta, with ge or gt.',
			'ErrorInvalidUrlQueryFilter',
		);
	}
}

function answerDelta(
	mail: MailService,
	call: GraphCall,
	mailbox: Mailbox,
	feed: string,
	entries: (state: MailFeed | undefined) => DeltaEntry[],
): DeltaPage | CollectionPage {
	const { query } = call.target;
	const fullFeed = `${mailbox.owner.id} ${feed}`;
	const pageSize = pageSizeOf(call, feed === 'folders' ? folderRules : messageRules);
	const linkTo = (option: string, token: string): string => deltaLink(call, option, token);
	if (query.skipToken !== undefined) {
		return mail.deltas.continue(query.skipToken, fullFeed, pageSize, linkTo);
	}
	const now = mail.clock.now();
	const known =
		query.deltaToken === undefined
			? undefined
			: mail.deltas.resume(query.deltaToken, fullFeed, now);
	const isReplay = known?.before !== undefined && mail.deltas.takeReplay();
	const state = isReplay ? { ...known, since: known.before ?? known.since } : known;
	const next = {
		feed: fullFeed,
		since: mailbox.revision,
		before: state?.since,
		startedAt: state?.startedAt ?? mailbox.revision,
		createdAt: now,
	};
	return mail.deltas.start(entries(state), next, pageSize, linkTo);
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
	state: MailFeed | undefined,
	movedReason: DeltaStates<MailFeed>['movedReason'],
): DeltaEntry[] {
	const { query } = call.target;
	const since = state?.since;
	const idKind = idKindOf(call);
	const [, changeType] =
		Object.entries(query.custom).find(([name]) => name.toLowerCase() === 'changetype') ?? [];
	const wants = (type: string): boolean => changeType === undefined || changeType === type;
	const isNew = (enteredAt: number): boolean => since === undefined || enteredAt > since;
	// Under immutable ids, what left a folder and came back is told of as gone, and no more until
	// it changes: microsoftgraph/microsoft-graph-docs-contrib#72.
	const lost = new Set(
		idKind === 'immutable' && state !== undefined
			? mailbox.removals
					.filter(({ folder: left, at }) => left === folder.serial && at > state.startedAt)
					.map(({ serial }) => serial)
			: [],
	);
	const found = mailbox
		.messagesIn(folder.serial)
		.filter(
			({ changedAt, enteredAt, serial }) =>
				!(lost.has(serial) && changedAt === enteredAt) &&
				(isNew(enteredAt) ? wants('created') : wants('updated') && isNew(changedAt)),
		)
		.sort((left, right) => compareText(right.receivedDateTime, left.receivedDateTime));
	const isCut = since === undefined && query.filter !== undefined;
	const { filter } = query;
	const passed =
		filter === undefined ? found : found.filter((each) => matches(filter, storedMessage.of(each)));
	const present = isCut ? passed.slice(0, largestFiltered) : passed;
	const shown = new Set(present.map(({ serial }) => serial));
	const gone =
		since === undefined || !wants('deleted')
			? []
			: mailbox.removals.filter(
					({ kind, folder: left, at, serial }) =>
						kind === 'message' &&
						left === folder.serial &&
						at > since &&
						// Told of already, under the same id.
						!(idKind === 'immutable' && shown.has(serial)),
				);
	return [
		...present.map((message) => () => {
			if (message.folder !== folder.serial) return undefined;
			const view = messageView(call, mailbox, message);
			return {
				'@odata.type': '#microsoft.graph.message',
				...selectFrom(view, query, messageRules),
				...expandMessage(call, mailbox, message),
			};
		}),
		...gone.map((removal) => (): Entity => ({
			'@odata.type': '#microsoft.graph.message',
			id: removal.ids[idKind],
			'@removed': { reason: removal.reason === 'changed' ? movedReason : 'deleted' },
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
