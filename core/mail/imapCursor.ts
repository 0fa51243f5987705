import { createHash } from 'node:crypto';
import type { MessageSummary } from './imapFolder';

/** A message that is being handed over, or was, but isn't known to be recorded. */
export interface PendingMessage {
	/** Names it for good, also when the server numbers its messages anew. */
	readonly key: string;
	/** 0 while it has not been found again among new numbers. */
	readonly uid: number;
	readonly mark: string;
}

/** When the server received a message, in seconds since 1970, and its mark. */
export type RememberedMessage = readonly [atSeconds: number, mark: string];

/** JSON: how far a folder was looked through. Never changed, always replaced. */
export interface ImapCursor {
	readonly format: 1;
	/** Grows with each change: of two copies the one with more is the one to go on with. */
	readonly revision: number;
	/** Mailbox and folder that it is of. */
	readonly place: string;
	/** A UID means something under this alone (RFC 3501, 2.3.1.1). */
	readonly uidValidity: string;
	/** Up to this one everything has been looked at, or is pending. */
	readonly lastUid: number;
	readonly pending: readonly PendingMessage[];
	/** What was looked at last, by when it was received, oldest first. */
	readonly recent: readonly RememberedMessage[];
	/** In seconds since 1970: whatever was received at this time or later, and looked at, is in `recent`. */
	readonly recentSince: number;
	/** While the server's new numbers are gone through. */
	readonly renumbering?: Renumbering;
}

interface Renumbering {
	/** The last message of those that were there when the new numbers were noticed. */
	readonly untilUid: number;
	readonly since: number;
	/** Messages that were looked at under their old numbers and not met again yet. */
	readonly known: readonly RememberedMessage[];
}

/** Enough to recognise a message by after a renumbering, and few enough to be saved with each run. */
const remembered = 500;
/** How far the clock of the server may be ahead of this machine's. */
const clockSkewSeconds = 300;

export interface FolderPosition {
	readonly place: string;
	readonly uidValidity: string;
	/** The highest UID that is taken; 0 for none. */
	readonly lastUid: number;
}

/**
 * Everything that is in the folder now is old.
 * @param newest its newest messages
 */
export function startCursor(
	position: FolderPosition,
	newest: readonly MessageSummary[],
	nowMs: number,
	revision = 0,
): ImapCursor {
	const now = Math.floor(nowMs / 1_000);
	const recent = byTime(newest.map(rememberedOf)).slice(-remembered);
	return {
		format: 1,
		revision: revision + 1,
		...position,
		pending: [],
		recent,
		recentSince: Math.min(recent.at(-1)?.[0] ?? now - clockSkewSeconds, now),
	};
}

/**
 * @param untilUid the highest UID that was looked at
 * @param looked the messages up to it that are still there
 * @param handingOver those of them that go to the workflow
 */
export function advance(
	cursor: ImapCursor,
	untilUid: number,
	looked: readonly MessageSummary[],
	handingOver: readonly MessageSummary[],
): ImapCursor {
	const all = byTime([...cursor.recent, ...looked.map(rememberedOf)]);
	const forgotten = all.slice(0, Math.max(0, all.length - remembered)).at(-1);
	const { renumbering, ...rest } = cursor;
	const pending = [
		...cursor.pending,
		...handingOver.map((message) => ({
			key: `${cursor.uidValidity}.${message.uid}`,
			uid: message.uid,
			mark: markOf(message),
		})),
	];
	return {
		...rest,
		revision: cursor.revision + 1,
		lastUid: Math.max(cursor.lastUid, untilUid),
		recent: all.slice(-remembered),
		recentSince: Math.max(cursor.recentSince, (forgotten?.[0] ?? -1) + 1),
		...(renumbering && untilUid < renumbering.untilUid
			? { renumbering, pending }
			: // What isn't in the folder any more was moved or deleted in the meantime.
				{ pending: pending.filter(({ uid }) => uid !== 0) }),
	};
}

export function confirm(cursor: ImapCursor, keys: ReadonlySet<string>): ImapCursor {
	return {
		...cursor,
		revision: cursor.revision + 1,
		pending: cursor.pending.filter(({ key }) => !keys.has(key)),
	};
}

/**
 * The server has given its messages new numbers, as after a mailbox's move to another server, a
 * restored backup, or a folder that was deleted and made anew. The folder is gone through from its
 * first message of the remembered time on, and what is recognised is left out.
 *
 * @param firstUid of the messages received at `recentSince` or later; undefined for none
 */
export function renumber(
	cursor: ImapCursor,
	position: FolderPosition,
	firstUid: number | undefined,
): ImapCursor {
	const { lastUid } = position;
	const { renumbering: earlier, ...rest } = cursor;
	const pending = cursor.pending.map((message) => ({ ...message, uid: 0 }));
	const moved = {
		...rest,
		...position,
		revision: cursor.revision + 1,
		// Met again, they are remembered again.
		recent: [],
	};
	if (firstUid === undefined) return { ...moved, pending: [] };
	return {
		...moved,
		lastUid: firstUid - 1,
		pending,
		renumbering: {
			untilUid: lastUid,
			since: cursor.recentSince,
			known: byTime([...cursor.recent, ...(earlier?.known ?? [])]).slice(-remembered),
		},
	};
}

/**
 * Which of these messages are new, while the server's new numbers are gone through. Those that are
 * pending get their new numbers.
 */
export function recognise(
	cursor: ImapCursor,
	messages: readonly MessageSummary[],
): { readonly cursor: ImapCursor; readonly fresh: readonly MessageSummary[] } {
	const { renumbering } = cursor;
	if (!renumbering) return { cursor, fresh: messages };
	const known = [...renumbering.known];
	const pending = [...cursor.pending];
	const fresh = messages.filter((message) => {
		if (message.uid > renumbering.untilUid) return true;
		const mark = markOf(message);
		const alike = known.filter(([, other]) => other === mark);
		const waiting = pending.filter((other) => other.mark === mark && other.uid === 0);
		// One each: two mails with one Message-ID are two mails, and the later ones are pending.
		const waits = alike.length <= waiting.length ? waiting[0] : undefined;
		const [met] = alike;
		if (met) known.splice(known.indexOf(met), 1);
		if (waits) pending[pending.indexOf(waits)] = { ...waits, uid: message.uid };
		return !met && !waits && secondsOf(message) >= renumbering.since;
	});
	return { cursor: { ...cursor, pending, renumbering: { ...renumbering, known } }, fresh };
}

const rememberedOf = (message: MessageSummary): RememberedMessage => [
	secondsOf(message),
	markOf(message),
];

const secondsOf = ({ receivedAtMs }: MessageSummary): number => Math.floor(receivedAtMs / 1_000);

/** What stays the same under another number: the Message-ID, or time and size where it has none. */
function markOf(message: MessageSummary): string {
	const { messageId, sizeBytes } = message;
	const identity = messageId || `${secondsOf(message)} ${sizeBytes}`;
	return createHash('sha256').update(identity).digest('base64url').slice(0, 12);
}

const byTime = (messages: readonly RememberedMessage[]): RememberedMessage[] =>
	[...messages].sort(([one], [other]) => one - other);
