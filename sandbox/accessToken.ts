/** What the sandbox's Graph needs to know of a bearer token; the names are those of Entra's claims. */
export interface AccessTokenClaims {
	/** The resource: Graph's origin or its app id. */
	readonly aud: string;
	/** Seconds since 1970. */
	readonly exp: number;
	/** Delegated permissions, separated by spaces; absent in app-only tokens. */
	readonly scp?: string;
	/** Application permissions; absent in delegated tokens. */
	readonly roles?: readonly string[];
	/** The signed-in user's id, or the service principal's. */
	readonly oid?: string;
	readonly upn?: string;
	/** The client id of the app. */
	readonly appid: string;
	readonly tid: string;
}

/** Graph's own app id, which Entra puts into `aud` as often as its origin. */
export const graphAppId = '00000003-0000-0000-c000-000000000000';

/** @throws whatever explains why the token isn't one of the sandbox's; Graph answers 401. */
export type VerifyToken = (bearer: string) => Promise<AccessTokenClaims>;
