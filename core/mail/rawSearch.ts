import type { ImapFlow } from 'imapflow';
import type { ImapSession } from './imap';
import { MailServerError } from './MailServerError';

type Attribute =
	{ readonly type: 'ATOM' | 'STRING' | 'SEQUENCE'; readonly value: string } | Attribute[];

interface UntaggedSearch {
	readonly attributes?: ReadonlyArray<{ readonly value?: unknown }>;
}

/** imapflow types no command of one's own; `exec` is how its own commands are made. */
interface Executor {
	exec(
		command: string,
		attributes: readonly Attribute[],
		options: { untagged: { SEARCH: (response: UntaggedSearch) => Promise<void> } },
	): Promise<{ next(): void }>;
}

/**
 * UIDs in the open folder that fit search keys as IMAP writes them (RFC 3501, 6.4.4), such as
 * `OR FROM "ana" (SUBJECT "invoice" UNSEEN)`.
 * @throws {MailServerError} `search_unreadable`, or what the server says to it
 */
export async function rawSearch(
	session: ImapSession,
	keys: string,
	folder: string,
): Promise<number[]> {
	const attributes = attributesOf(keys);
	const charset: Attribute[] = /[^\x20-\x7e]/.test(keys) ? [atom('CHARSET'), atom('UTF-8')] : [];
	return await session.run(async (client: ImapFlow) => {
		const found = new Set<number>();
		const response = await (client as unknown as Executor).exec(
			'UID SEARCH',
			[...charset, ...attributes],
			{
				untagged: {
					SEARCH: async ({ attributes: values = [] }) => {
						for (const { value } of values) found.add(Number(value));
					},
				},
			},
		);
		response.next();
		return [...found].filter(Number.isInteger);
	}, folder);
}

const atom = (value: string): Attribute => ({ type: 'ATOM', value });

/** Texts, brackets and words, each sent as what it is: nothing in them can become a command. */
function attributesOf(keys: string): Attribute[] {
	const levels: Attribute[][] = [[]];
	// A text in quotes with its escapes, a bracket, or a word.
	for (const [token] of keys.matchAll(/"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+|"/g)) {
		const current = levels.at(-1) ?? [];
		if (token === '(') {
			const inner: Attribute[] = [];
			current.push(inner);
			levels.push(inner);
		} else if (token === ')') {
			if (levels.length === 1) throw unreadable('a bracket is closed that was never opened');
			levels.pop();
		} else if (token === '"') throw unreadable('a quotation mark is not closed');
		else current.push(wordOf(token));
	}
	if (levels.length > 1) throw unreadable('a bracket is not closed');
	return levels[0] ?? [];
}

function wordOf(token: string): Attribute {
	if (token.startsWith('"')) {
		return { type: 'STRING', value: token.slice(1, -1).replaceAll(/\\(.)/g, '$1') };
	}
	if (/^[\d:,*]+$/.test(token)) return { type: 'SEQUENCE', value: token };
	return /^[\x21-\x7e]+$/.test(token) ? atom(token) : { type: 'STRING', value: token };
}

function unreadable(problem: string): MailServerError {
	return new MailServerError(`The raw search can not be read: ${problem}`, {
		code: 'search_unreadable',
		nextStep: 'Write it like: OR FROM "ana" (SUBJECT "invoice" UNSEEN)',
		whoCanFix: 'user',
	});
}
