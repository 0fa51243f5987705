import { GraphError } from '../../core/graph/errors';
import type { GraphClient, GraphRequest } from '../../core/graph/types';
import type { BinaryAccess } from '../kit/binary';
import { item, type Output, type OutputItem } from '../kit/operation';

/** Each entry of a collection; of a GET those of all pages, with the page size that the request has. */
export async function collectionItems(
	graph: GraphClient,
	request: GraphRequest,
	limit: number | undefined,
): Promise<Output> {
	if (request.method === 'GET') return pagedItems(graph, request, limit);
	const body = await graph.request<{ value?: unknown } | undefined>(request);
	if (!Array.isArray(body?.value)) {
		throw new GraphError('Microsoft Graph answered with something else than a list of entries', {
			code: 'notACollection',
			nextStep: 'Choose As JSON under Answer.',
		});
	}
	return (body.value as unknown[]).slice(0, limit).map(entryItem);
}

async function* pagedItems(
	graph: GraphClient,
	request: GraphRequest,
	limit: number | undefined,
): AsyncGenerator<OutputItem[], void, void> {
	const pages = graph.pages<unknown>(request, limit === undefined ? {} : { limit });
	for await (const page of pages) yield page.map(entryItem);
}

function entryItem(entry: unknown): OutputItem {
	return item(typeof entry === 'object' && entry !== null ? entry : { value: entry });
}

/** The body, with what came beside it. */
export async function wholeAnswer(graph: GraphClient, request: GraphRequest): Promise<object> {
	// A batch of one is sent without an envelope, and its outcome has status and headers.
	const [outcome] = await graph.batch([request]);
	if (!outcome) throw new TypeError('A batch answered fewer outcomes than it had requests');
	if (!outcome.ok) throw outcome.error;
	const { status, headers, body } = outcome;
	return { status, headers, body: body ?? null };
}

export async function fileItem(
	graph: GraphClient,
	request: GraphRequest,
	binary: BinaryAccess,
	field: string,
): Promise<OutputItem> {
	const { headers, body } = await graph.stream(request);
	const mimeType = headers['content-type']?.split(';')[0]?.trim() ?? 'application/octet-stream';
	const data = await binary.store(body, fileName(headers, request), mimeType);
	return { json: { mimeType }, binary: { [field]: data } };
}

function fileName(headers: Readonly<Record<string, string>>, { path }: GraphRequest): string {
	const disposition = headers['content-disposition'] ?? '';
	const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
	const plain = /filename="?([^";]+)/i.exec(disposition)?.[1];
	if (encoded !== undefined && URL.canParse(`x:${encoded}`)) return safelyDecoded(encoded);
	const [last = 'file'] = path
		.toString()
		.split('/')
		.filter((segment) => !/^(\$value|content)$/.test(segment))
		.slice(-1);
	return plain ?? safelyDecoded(last.replaceAll(':', ''));
}

function safelyDecoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
