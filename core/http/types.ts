import type { Readable } from 'node:stream';

export type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export type HeaderMap = Readonly<Record<string, string>>;

/**
 * What goes over the wire. JSON and buffers can be sent again by the retry middleware;
 * a stream can't, unless the caller gives a function that opens it anew.
 */
export type RequestBody =
	| { readonly kind: 'json'; readonly value: unknown }
	| { readonly kind: 'bytes'; readonly value: Buffer; readonly contentType: string }
	| {
			readonly kind: 'stream';
			readonly open: () => Readable | Promise<Readable>;
			readonly contentType: string;
			readonly contentLength?: number;
	  };

export interface HttpRequest {
	readonly method: HttpMethod;
	/** Absolute. */
	readonly url: string;
	/** Names in lower case. */
	readonly headers: HeaderMap;
	readonly body?: RequestBody;
	/** `json`: parsed, `undefined` when empty. `bytes`: a Buffer. `stream`: a Readable, which the caller must consume or destroy. */
	readonly responseType: 'json' | 'bytes' | 'stream';
	/**
	 * Whether the request may be sent again after a failure that leaves its outcome unknown (a reset
	 * connection, a 5xx). GET, PUT and DELETE are; a POST is only where the caller knows that a
	 * repeat does no harm. A 429 or a 503 with `Retry-After` was never carried out and is always repeated.
	 */
	readonly repeatable: boolean;
	/** What the throttle counts together: a mailbox, a drive, a site. */
	readonly throttleKey: string;
	/** How many of the key's slots it takes. Default: 1. A batch runs four at once in its mailbox, so it takes them all. */
	readonly throttleSlots?: number;
	readonly signal?: AbortSignal;
	readonly timeoutMs: number;
}

export interface HttpResponse {
	readonly status: number;
	/** Names in lower case. */
	readonly headers: HeaderMap;
	/** By `responseType`; for a status of 400 and above always the parsed JSON, or text where it isn't JSON. */
	readonly body: unknown;
}

export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/** One concern around sending. The first of a chain is the outermost. */
export type Middleware = (next: Send) => Send;
