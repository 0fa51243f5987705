/**
 * Ids as Exchange's look and behave: opaque, URL-safe base64 with padding. A message's default id
 * is bound to its folder and changes when it moves; its immutable one stays.
 */
export type IdKind = 'folderBound' | 'immutable';

export function messageId(mailbox: number, serial: number, moves: number, kind: IdKind): string {
	return kind === 'immutable'
		? `AAkALgAAAAAAHYQDEapm${encode(`I${mailbox}.${serial}`)}`
		: `AAMkADlmOGQwZmU3LWVjOWMtNDhi${encode(`M${mailbox}.${serial}.${moves}`)}`;
}

export function folderId(mailbox: number, serial: number): string {
	return `AQMkADlmOGQwZmU3LWVjOWMtNDhi${encode(`F${mailbox}.${serial}`)}`;
}

export function attachmentId(parentId: string, serial: number): string {
	return `${parentId.replace(/=+$/, '')}${encode(`A${serial}`)}`;
}

export function conversationId(mailbox: number, thread: string): string {
	return `AAQkADlmOGQwZmU3LWVjOWMtNDhi${encode(`C${mailbox}.${thread}`)}`;
}

/** What a message's version is called in `changeKey`. */
export function changeKeyOf({ serial, version }: Versioned): string {
	return Buffer.from(`CQAAABYA${serial}.${version}`).toString('base64');
}

export function etagOf(message: Versioned): string {
	return `W/"${changeKeyOf(message)}"`;
}

interface Versioned {
	readonly serial: number;
	readonly version: number;
}

/** Whether a string can be an id at all; Graph tells malformed ids from unknown ones. */
export function looksLikeId(text: string): boolean {
	return /^A[AQ][MQk][\w-]{10,}={0,2}$/.test(text);
}

function encode(text: string): string {
	return Buffer.from(text.padEnd(20, '_'))
		.toString('base64')
		.replaceAll('+', '-')
		.replaceAll('/', '_');
}
