import type { Readable } from 'node:stream';
import type { AccessTokenClaims } from '../../accessToken';
import type { Clock } from '../../clock';
import type { SandboxDirectory, SandboxUser } from '../../directory';
import type { Surface, RequestTarget } from '../surface/surface';

/** A request as it came in, alone or out of a `$batch`. */
export interface IncomingCall {
	readonly method: string;
	/** Path and query, e.g. `/v1.0/me/messages?$top=10`. */
	readonly url: string;
	/** `https://host:port`, for links in answers. */
	readonly origin: string;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	readonly bytes: Buffer;
}

/** An answer; at most one of `json`, `bytes`, `stream` and `drop` is given. */
export interface GraphAnswer {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly json?: unknown;
	readonly bytes?: Buffer;
	/** Bytes that aren't held in memory. */
	readonly stream?: { readonly length: number; readonly open: () => Readable };
	/** Cut the connection instead of answering. */
	readonly drop?: true;
}

/** Permissions, any of which suffices. */
export interface Access {
	/** For the signed-in user's own data. */
	readonly delegated: readonly string[];
	/** For other people's, together with access rights to it; own data too. */
	readonly shared?: readonly string[];
	/** Whether `shared` suffices for other people's without access rights to a mailbox. */
	readonly isDirectoryData?: true;
	readonly application: readonly string[];
	/** What is allowed depends on the body: the handler sees to it. */
	readonly isHandlers?: true;
}

/** A request that Graph understands, from somebody who may make it. */
export interface GraphCall extends IncomingCall {
	readonly target: RequestTarget;
	/** The path's keys, in order; without the mailbox's. */
	readonly keys: readonly string[];
	/** Parsed JSON; `undefined` for an empty or another body. */
	readonly body: unknown;
	readonly caller: AccessTokenClaims;
	/** Whose data the path names: `me` or `users/{id}`. */
	readonly owner: SandboxUser | undefined;
	readonly preferences: Preferences;
	readonly context: SandboxContext;
}

/** From the `Prefer` header. */
export interface Preferences {
	readonly immutableIds: boolean;
	readonly bodyContentType?: 'text' | 'html';
	readonly maxPageSize?: number;
	readonly timeZone?: string;
}

export interface Route {
	readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	/**
	 * Segments with `*` for keys; `mailbox` stands for `me` and `users/{id}`, and
	 * `mailFolders/*` for a folder at any depth of `childFolders`.
	 */
	readonly path: string;
	readonly access: Access;
	readonly handle: (call: GraphCall) => GraphAnswer | Promise<GraphAnswer>;
}

/** A part of Microsoft 365 behind Graph. */
export interface GraphService {
	readonly routes: readonly Route[];
}

/** What all services share. */
export interface SandboxContext {
	readonly clock: Clock;
	readonly directory: SandboxDirectory;
	readonly surface: Surface;
}
