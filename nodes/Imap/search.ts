import type { FetchMessageObject, ImapSession, SearchObject } from '../../core/mail/imap';
import { rawSearch } from '../../core/mail/rawSearch';
import { ParameterError, type ParamsOf } from '../kit/field';
import type { searchField } from './fields/search';

export type Search = ParamsOf<readonly [typeof searchField]>['search'];

const dayMs = 86_400_000;
const kilobyte = 1_024;

/**
 * UIDs that a folder has for a search, newest first. Times are to be checked with `isReceivedIn`:
 * servers search by days, each in its own time zone.
 */
export async function searchUids(
	session: ImapSession,
	folder: string,
	search: Search,
): Promise<number[]> {
	const found = await session.run(
		async (client) => await client.search(searchObject(search), { uid: true }),
		folder,
	);
	const raw = search.raw?.trim()
		? new Set(await rawSearch(session, search.raw, folder))
		: undefined;
	const ranges = uidRanges(search.uids ?? []);
	return (
		found
			.filter((uid) => raw?.has(uid) ?? true)
			// `n:*` always has the last message, even where its number is below n (RFC 3501, 6.4.8).
			.filter((uid) => ranges.length === 0 || ranges.some(([from, to]) => uid >= from && uid <= to))
			.sort((one, other) => other - one)
	);
}

/** Whether a message was received within the search's times. */
export function isReceivedIn({ since, before }: Search): (message: FetchMessageObject) => boolean {
	const fromMs = since === undefined ? -Infinity : Date.parse(since);
	const untilMs = before === undefined ? Infinity : Date.parse(before);
	return ({ internalDate }) => {
		if (internalDate === undefined) return true;
		const receivedMs = new Date(internalDate).getTime();
		return Number.isNaN(receivedMs) || (receivedMs >= fromMs && receivedMs < untilMs);
	};
}

export function searchObject(search: Search): SearchObject {
	const { since, before, minKilobytes, maxKilobytes, keyword, headerName, uids = [] } = search;
	const { from, to, cc, subject, body, anywhere } = search;
	return {
		all: true,
		...(from && { from }),
		...(to && { to }),
		...(cc && { cc }),
		...(subject && { subject }),
		...(body && { body }),
		...(anywhere && { text: anywhere }),
		...(keyword && { keyword: keyword.trim() }),
		...(headerName?.trim() && { header: headerOf(headerName) }),
		...(search.read && { seen: search.read === 'yes' }),
		...(search.flagged && { flagged: search.flagged === 'yes' }),
		...(search.answered && { answered: search.answered === 'yes' }),
		...(since !== undefined && { since: new Date(Date.parse(since) - dayMs) }),
		...(before !== undefined && { before: new Date(Date.parse(before) + 2 * dayMs) }),
		...(minKilobytes !== undefined && { larger: minKilobytes * kilobyte }),
		...(maxKilobytes !== undefined && { smaller: maxKilobytes * kilobyte }),
		...(uids.length > 0 && { uid: uidRanges(uids).map(rangeText).join(',') }),
	};
}

/** A header's name, and after a colon what it has to contain. */
function headerOf(entered: string): Record<string, string | boolean> {
	const [, name = '', value = ''] = /^\s*([^:\s]+)\s*(?::\s*(.*))?$/.exec(entered) ?? [];
	if (name === '') {
		throw new ParameterError(
			'Header',
			'is not the name of one',
			'Enter a name such as X-Ticket, or X-Ticket: 4711.',
		);
	}
	return { [name]: value.trim() || true };
}

type Range = readonly [from: number, to: number];

function uidRanges(parts: readonly string[]): Range[] {
	return parts.map((part) => {
		const [, first, second] = /^(\d{1,10})(?:\s*:\s*(\d{1,10}|\*))?$/.exec(part) ?? [];
		if (first === undefined || Number(first) < 1) {
			throw new ParameterError('UIDs', `has "${part}", which is no UID`, 'Enter e.g. 120:180.');
		}
		if (second === '*') return [Number(first), Infinity];
		const [from = 0, to = 0] = [Number(first), Number(second ?? first)].sort((a, b) => a - b);
		return [from, to];
	});
}

function rangeText([from, to]: Range): string {
	return `${from}:${to === Infinity ? '*' : to}`;
}
