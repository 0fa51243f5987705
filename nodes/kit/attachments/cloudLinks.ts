import type { Event, Message } from '@microsoft/microsoft-graph-types';
import type { GraphPath } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';

/** An attachment that is a link to a file in OneDrive or SharePoint. */
export interface CloudLink {
	readonly name: string;
	/** Empty where the text of the message or event doesn't show the link. */
	readonly url: string;
}

/**
 * Where files that were attached as links are. Graph's v1.0 answers their names alone; Outlook
 * writes the links into the text too.
 * https://learn.microsoft.com/graph/api/resources/referenceattachment
 */
export async function cloudLinks(
	graph: GraphClient,
	owner: GraphPath,
	names: readonly string[],
): Promise<CloudLink[]> {
	if (names.length === 0) return [];
	const { body } = await graph.request<Message | Event>({
		method: 'GET',
		path: owner,
		query: { $select: 'body' },
	});
	const urls = linksByText(body?.content ?? '');
	return names.map((name) => ({ name, url: urls.get(name.toLowerCase()) ?? '' }));
}

/** The addresses of an HTML text's links by what they show, in lower case. */
export function linksByText(html: string): ReadonlyMap<string, string> {
	const links = new Map<string, string>();
	for (const [, attributes = '', inner = ''] of html.matchAll(/<a\b([^>]*)>(.*?)<\/a>/gis)) {
		const [, doubleQuoted, singleQuoted] =
			/\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/i.exec(attributes) ?? [];
		const url = unescaped(doubleQuoted ?? singleQuoted ?? '');
		const text = unescaped(inner.replaceAll(/<[^>]*>/g, '')).replaceAll(/\s+/g, ' ');
		if (/^https:/i.test(url) && !links.has(text.trim().toLowerCase())) {
			links.set(text.trim().toLowerCase(), url);
		}
	}
	return links;
}

function unescaped(text: string): string {
	return text
		.replaceAll('&nbsp;', ' ')
		.replaceAll('&lt;', '<')
		.replaceAll('&gt;', '>')
		.replaceAll('&quot;', '"')
		.replaceAll('&#39;', "'")
		.replaceAll('&amp;', '&');
}
