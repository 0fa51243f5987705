/**
 * Requests that Microsoft 365 runs at once for one app, by what they go to.
 * Mailboxes: 4, learn.microsoft.com/graph/throttling-limits (Outlook service limits; the text has
 * said per mailbox and per app at different times, so per mailbox it is, with a shared back-off).
 * SharePoint and OneDrive count resource units a minute and no requests at once; eight keep a
 * drive busy without bursts. Groups have a mailbox and a drive: the lower of both.
 */
const CONCURRENCY: Readonly<Record<string, number>> = { mailbox: 4, group: 4, drive: 8, site: 8 };
const OTHER_CONCURRENCY = 8;

/** For `throttleKeyOf`'s keys. */
export function concurrencyOf(throttleKey: string): number {
	const kind = throttleKey.slice(0, throttleKey.indexOf(':'));
	return CONCURRENCY[kind] ?? OTHER_CONCURRENCY;
}

/**
 * What a `$batch` counts for. Outlook runs four of its requests at once, all that a mailbox bears
 * (learn.microsoft.com/graph/throttling-limits). Drives and sites count resource units, however they
 * come: four batches at a time keep one busy.
 */
export function batchSlotsOf(throttleKey: string, requestCount: number): number {
	const isMailbox = /^(mailbox|group):/.test(throttleKey);
	return Math.min(requestCount, isMailbox ? 4 : 2);
}

/**
 * What a path's requests are counted with: `mailbox:ada@example.com`, `drive:b!x`, `site:…`.
 *
 * @param graphPath below `/v1.0`, encoded
 * @param me tells apart whom `/me` is among clients of one app and tenant
 */
export function throttleKeyOf(graphPath: string, me: string): string {
	const [root = '', id = '', ...below] = (graphPath.split('?')[0] ?? '').split('/').slice(1);
	switch (root.toLowerCase()) {
		case 'me':
			return ownedBy(me, id);
		case 'users':
			return ownedBy(decodeURIComponent(id), below[0] ?? '');
		case 'drives':
			return `drive:${id}`;
		case 'sites':
			return `site:${id}`;
		case 'groups':
		case 'teams':
			return `group:${id}`;
		default:
			return `other:${root}`;
	}
}

function ownedBy(person: string, child: string): string {
	const kind = /^(drives?|followedSites|insights)$/i.test(child) ? 'drive' : 'mailbox';
	// Principal names come in any case.
	return `${kind}:${person.toLowerCase()}`;
}
