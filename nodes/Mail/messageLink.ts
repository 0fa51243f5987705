import { ParameterError } from '../kit/field';

/**
 * The message's id in a link of Outlook on the web: `…?ItemID=<id>` (Graph's `webLink`),
 * `…/mail/deeplink/read/<id>` or `…/mail/<folder>/id/<id>`.
 */
export function messageIdOfLink(link: string, label: string): string {
	let url: URL;
	try {
		url = new URL(link);
	} catch {
		throw new ParameterError(
			label,
			'is no link',
			'Copy the whole address, with https:// in front.',
		);
	}
	const id = itemIdOf(url) ?? idInPath(url);
	if (id === undefined) {
		throw new ParameterError(
			label,
			'the link names no message',
			'Open the message in a window of its own in Outlook on the web, and copy that address.',
		);
	}
	// Ids of conversations begin like this; a conversation may hold many messages.
	if (id.startsWith('AAQk')) {
		throw new ParameterError(
			label,
			'the link leads to a conversation, not to one message',
			'Open the message in a window of its own in Outlook on the web, and copy that address.',
		);
	}
	// Links hold the id in Exchange's alphabet, Graph's is safe in URLs.
	// https://learn.microsoft.com/javascript/api/outlook/office.mailbox#outlook-office-mailbox-converttorestid-member(1)
	return id.replaceAll('/', '-').replaceAll('+', '_');
}

function itemIdOf(url: URL): string | undefined {
	for (const [name, value] of url.searchParams) {
		// Some programs leave the id's "+" unencoded, which reads as a space.
		if (name.toLowerCase() === 'itemid' && value !== '') return value.replaceAll(' ', '+');
	}
	return undefined;
}

function idInPath(url: URL): string | undefined {
	const id = /\/(?:id|read)\/([^/]+)/.exec(url.pathname)?.[1];
	return id === undefined ? undefined : decodeURIComponent(id);
}
