import type { Readable } from 'node:stream';
import type { HeaderMap, HttpMethod, RequestBody } from '../http/types';
import type { CloudProfile } from '../clouds';
import type { GraphPath } from './path';

/** `undefined` values are left out. Names with their `$`: `{ $select: 'id,subject' }`. */
export type GraphQuery = Readonly<Record<string, string | number | boolean | undefined>>;

export type GraphVersion = 'v1.0' | 'beta';

/** One Graph request, relative to the credential's own Graph host and its version. */
export interface GraphRequest {
	readonly method: HttpMethod;
	readonly path: GraphPath;
	/** Default: `v1.0`. */
	readonly version?: GraphVersion;
	readonly query?: GraphQuery;
	readonly headers?: HeaderMap;
	/** A JSON value; anything else goes through `rawBody`. */
	readonly body?: unknown;
	readonly rawBody?: RequestBody;
	/** See `HttpRequest.repeatable`. Default: true for GET, PUT and DELETE, and for PATCH; false for POST. */
	readonly repeatable?: boolean;
}

export interface PagesOptions {
	/** Stop after so many items. Default: all. */
	readonly limit?: number;
	/** Items a page, at most what the resource allows; becomes `$top`. Default: the request's own. */
	readonly pageSize?: number;
}

/** The outcome of one request of a batch, at the place of its request. */
export type BatchOutcome<T = unknown> =
	| { readonly ok: true; readonly status: number; readonly headers: HeaderMap; readonly body: T }
	| { readonly ok: false; readonly error: Error };

export interface UploadSource {
	readonly name: string;
	readonly contentType: string;
	/** In bytes; upload sessions need it before the first byte. */
	readonly size: number;
	/** Opens the content at a byte offset; called again to resume. */
	readonly open: (offset: number) => Readable | Promise<Readable>;
}

export interface UploadProgress {
	readonly sentBytes: number;
	readonly totalBytes: number;
}

export interface UploadOptions {
	/** Multiple of 320 KiB for drives, below 4 MB for mail attachments. */
	readonly chunkBytes: number;
	readonly onProgress?: (progress: UploadProgress) => void;
}

/** A page of changes. The last one has the link that asks for what comes after. */
export interface DeltaPage<T> {
	readonly items: T[];
	readonly deltaLink?: string;
	/** The state that the link of before stood for is gone: these are all items, not changes only. */
	readonly isResync: boolean;
}

export interface JobStatus {
	readonly state: 'running' | 'completed' | 'failed';
	/** 0 to 100, where Microsoft tells it. */
	readonly percent?: number;
	/** What the job has made. */
	readonly resourceId?: string;
	readonly error?: { readonly code: string; readonly message: string };
}

/** Work that Microsoft 365 does in its own time. learn.microsoft.com/graph/long-running-actions-overview */
export interface GraphJob {
	/** Pre-authorised: whoever has it can ask without a token. */
	readonly monitorUrl: string;
	status(): Promise<JobStatus>;
	/** Asks until the job is over or the time is; then it may still be `running`. */
	wait(maxWaitMs: number, onStatus?: (status: JobStatus) => void): Promise<JobStatus>;
}

/** What operations see of Microsoft Graph. Every error is one of `core/graph/errors`. */
export interface GraphClient {
	readonly cloud: CloudProfile;
	/** The parsed JSON body; `undefined` for an empty one (202, 204). */
	request<T = unknown>(request: GraphRequest): Promise<T>;
	/** The body as bytes arrive. Follows redirects to pre-authorised hosts without the token. */
	stream(request: GraphRequest): Promise<{ readonly headers: HeaderMap; readonly body: Readable }>;
	/** Pages of a collection; fetches the next page while this one is consumed. */
	pages<T = unknown>(request: GraphRequest, options: PagesOptions): AsyncGenerator<T[], void, void>;
	/** Any number of requests in groups of 20; one outcome a request, in order. Never throws for an inner failure. */
	batch<T = unknown>(requests: readonly GraphRequest[]): Promise<Array<BatchOutcome<T>>>;
	/** Sends a source through an upload session that the request creates; the last answer's JSON body, if any. */
	upload<T = unknown>(
		createSession: GraphRequest,
		source: UploadSource,
		options: UploadOptions,
	): Promise<T | undefined>;
	/**
	 * What has changed since a delta link, or everything without one. Begins anew by itself where
	 * Graph has forgotten the link (410), and says so in each page.
	 */
	delta<T = unknown>(
		request: GraphRequest,
		deltaLink?: string,
	): AsyncGenerator<DeltaPage<T>, void, void>;
	/** Starts what Graph answers with 202 and a monitor's address. */
	startJob(request: GraphRequest): Promise<GraphJob>;
}
