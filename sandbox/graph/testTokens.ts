import { graphAppId, type AccessTokenClaims } from '../accessToken';
import type { Clock } from '../clock';
import { sandboxDirectory, type SandboxDirectory } from '../directory';
import { findUser } from './server/authorize';

const prefix = 'sandbox-test.';

export interface TestTokenOptions {
	/** The signed-in user's principal name; leave it out for an app-only token. */
	readonly upn?: string;
	/** Delegated permissions, separated by spaces. */
	readonly scopes?: string;
	/** Application permissions. */
	readonly roles?: readonly string[];
	readonly expiresInSeconds?: number;
	readonly audience?: string;
	readonly clientId?: string;
	readonly clock?: Clock;
	readonly directory?: SandboxDirectory;
}

/** A bearer token that only the sandbox takes: readable, unsigned, for tests without a login server. */
export function createTestToken(options: TestTokenOptions): string {
	const directory = options.directory ?? sandboxDirectory;
	const nowSeconds = Math.floor((options.clock?.now() ?? Date.now()) / 1000);
	const user = options.upn === undefined ? undefined : findUser(directory, options.upn);
	const claims: AccessTokenClaims = {
		aud: options.audience ?? graphAppId,
		exp: nowSeconds + (options.expiresInSeconds ?? 3600),
		appid: options.clientId ?? directory.apps[0]?.clientId ?? 'app',
		tid: directory.tenantId,
		...(options.upn !== undefined && {
			upn: options.upn,
			scp: options.scopes ?? '',
			...(user !== undefined && { oid: user.id }),
		}),
		...(options.roles !== undefined && { roles: options.roles }),
	};
	return prefix + Buffer.from(JSON.stringify(claims)).toString('base64url');
}

/** The counterpart, for `startGraph({ verifyToken: verifyTestToken })`. */
export function verifyTestToken(bearer: string): Promise<AccessTokenClaims> {
	if (!bearer.startsWith(prefix)) return Promise.reject(new Error('Not a test token'));
	const text = Buffer.from(bearer.slice(prefix.length), 'base64url').toString('utf8');
	return Promise.resolve(JSON.parse(text) as AccessTokenClaims);
}
