import type { Message, User } from '@microsoft/microsoft-graph-types';
import type { Change } from '../../../core/changes/types';
import { NotFoundError } from '../../../core/graph/errors';
import { type GraphPath, path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { oncePerClient } from '../../kit/pickers/oncePerClient';

/**
 * The changes whose messages mention one of the addresses. Graph v1.0 doesn't tell of mentions;
 * Outlook writes them as links to the address with an ID that begins with OWAAM.
 */
export async function mentioning(
	graph: GraphClient,
	mailbox: GraphPath,
	changes: readonly Change[],
	addresses: readonly string[],
): Promise<ReadonlySet<Change>> {
	const answers = await graph.batch<Message>(
		changes.map(({ id }) => ({
			method: 'GET' as const,
			path: path`${mailbox}/messages/${id}`,
			query: { $select: 'id,body' },
		})),
	);
	const wanted = new Set(addresses.map((address) => address.toLowerCase()));
	return new Set(
		changes.filter((_change, place) => {
			const answer = answers[place];
			if (answer?.ok) {
				return mentionedIn(answer.body.body?.content ?? '').some((address) => wanted.has(address));
			}
			if (answer?.error instanceof NotFoundError) return false;
			throw answer?.error ?? new TypeError('A batch answered fewer outcomes than it had requests');
		}),
	);
}

/** The addresses that a message's HTML mentions, in lower case. */
export function mentionedIn(html: string): string[] {
	const anchors = html.match(/<a\b[^>]*>/gi) ?? [];
	return anchors
		.filter((anchor) => /\bid\s*=\s*["']?(?:x_)*OWAAM/i.test(anchor))
		.flatMap((anchor) => {
			const address = /\bhref\s*=\s*["']?mailto:([^"'\s>?]+)/i.exec(anchor)?.[1];
			return address === undefined ? [] : [readAddress(address)];
		});
}

function readAddress(text: string): string {
	try {
		return decodeURIComponent(text).toLowerCase();
	} catch {
		return text.toLowerCase();
	}
}

/** The addresses of a mailbox's owner: the one that was typed, or what the directory has. */
export async function ownAddresses(graph: GraphClient, mailbox: GraphPath): Promise<string[]> {
	const [, , typed = ''] = String(mailbox).split('/');
	const address = decodeURIComponent(typed);
	if (address.includes('@')) return [address];
	return await oncePerClient(graph, `addresses ${String(mailbox)}`, async () => {
		const user = await graph.request<User>({
			method: 'GET',
			path: mailbox,
			query: { $select: 'mail,userPrincipalName' },
		});
		return [user.mail, user.userPrincipalName].filter((text): text is string => Boolean(text));
	});
}
