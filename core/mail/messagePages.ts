import type { FetchMessageObject, ImapSession } from './imap';
import { chunksOf, uidSet } from './uidSet';

type Query = Parameters<ImapSession['client']['fetchAll']>[1];

/**
 * Messages by their UIDs, in the order given, page by page; the next page is asked for while one
 * is worked with. Messages that are gone are left out.
 * @throws {MailServerError}
 */
export async function* messagePages(
	session: ImapSession,
	uids: readonly number[],
	query: Query,
	{ pageSize, folder }: { readonly pageSize: number; readonly folder: string },
): AsyncGenerator<FetchMessageObject[]> {
	const fetch = async (page: readonly number[]): Promise<FetchMessageObject[]> => {
		// By `fetchAll`, as a loop that is left early would leave imapflow waiting.
		const found = await session.run(
			async (client) => await client.fetchAll(uidSet(page), { ...query, uid: true }, { uid: true }),
			folder,
		);
		const place = new Map(page.map((uid, index) => [uid, index]));
		return (
			found
				// A server may tell of other messages' new flags in between.
				.filter(({ uid }) => place.has(uid))
				.sort((one, other) => (place.get(one.uid) ?? 0) - (place.get(other.uid) ?? 0))
		);
	};
	let next: Promise<FetchMessageObject[]> | undefined;
	try {
		for (const page of chunksOf(uids, pageSize)) {
			const current = next;
			next = fetch(page);
			// Its failure is met when its turn comes.
			next.catch(() => undefined);
			if (current) yield await current;
		}
		if (next) yield await next;
		next = undefined;
	} finally {
		// Nobody else uses the session before it has answered.
		await next?.catch(() => undefined);
	}
}
