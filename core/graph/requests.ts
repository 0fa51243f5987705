import type { HeaderMap, HttpRequest, RequestBody } from '../http/types';
import { throttleKeyOf } from './throttleKeys';
import type { GraphQuery, GraphRequest } from './types';

/**
 * On every request: an item's id then survives moves between folders. Outlook only; other services
 * ignore it. learn.microsoft.com/graph/outlook-immutable-id (the value is case-sensitive)
 */
const IMMUTABLE_IDS = 'IdType="ImmutableId"';

/** Microsoft's own clients wait so long for an answer (HttpClient's default). */
export const REQUEST_TIMEOUT_MS = 100_000;

/** What a Graph request is within one client. */
export interface RequestDefaults {
	readonly graphOrigin: string;
	readonly me: string;
	readonly userAgent: string;
	readonly timeoutMs: number;
	readonly signal?: AbortSignal | undefined;
}

export interface RequestOverrides {
	/** In place of the path and query: a `nextLink`, which is taken as it came. */
	readonly url?: string;
	readonly responseType?: HttpRequest['responseType'];
	readonly signal?: AbortSignal;
}

export function toHttpRequest(
	request: GraphRequest,
	defaults: RequestDefaults,
	overrides: RequestOverrides = {},
): HttpRequest {
	const { method, path } = request;
	const body = bodyOf(request);
	const signal = overrides.signal ?? defaults.signal;
	return {
		method,
		url:
			overrides.url ??
			`${defaults.graphOrigin}/${request.version ?? 'v1.0'}${relativeUrl(request)}`,
		headers: { 'user-agent': defaults.userAgent, ...headersOf(request) },
		...(body && { body }),
		responseType: overrides.responseType ?? 'json',
		repeatable: isRepeatable(request),
		throttleKey: throttleKeyOf(path.toString(), defaults.me),
		...(signal && { signal }),
		timeoutMs: defaults.timeoutMs,
	};
}

/** Path and query, below the version. */
export function relativeUrl({ path, query }: GraphRequest): string {
	const pairs = query ? encodedPairs(query) : [];
	return pairs.length > 0 ? `${path.toString()}?${pairs.join('&')}` : path.toString();
}

/** Names in lower case. */
export function headersOf({ headers }: GraphRequest): HeaderMap {
	const own = Object.fromEntries(
		Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
	);
	return { ...own, prefer: [own['prefer'], IMMUTABLE_IDS].filter(Boolean).join(', ') };
}

export function isRepeatable({ method, repeatable }: GraphRequest): boolean {
	return repeatable ?? method !== 'POST';
}

export function bodyOf({ body, rawBody }: GraphRequest): RequestBody | undefined {
	return rawBody ?? (body === undefined ? undefined : { kind: 'json', value: body });
}

function encodedPairs(query: GraphQuery): string[] {
	return Object.entries(query).flatMap(([name, value]) =>
		// OData's own names keep their `$`, which reads better in logs and is legal in a query.
		value === undefined
			? []
			: [`${encodeURIComponent(name).replace('%24', '$')}=${encodeURIComponent(value)}`],
	);
}
