export interface TokenClaims {
	/** The application permissions of an app-only token. */
	readonly roles: readonly string[];
	/** The delegated permissions of a person's token. */
	readonly scopes: readonly string[];
	/** Which service the token is for. */
	readonly audience?: string;
	/** In milliseconds since 1970. */
	readonly expiresAtMs?: number;
	readonly tenantId?: string;
	/** Whose sign-in it is, as a user principal name; none in an app's own. */
	readonly userName?: string;
	readonly displayName?: string;
	readonly clientId?: string;
	/** What the app registration is called. */
	readonly appName?: string;
}

/** Scopes and roles: of both kinds of token what it allows. */
export function grantedPermissions({ roles, scopes }: TokenClaims): readonly string[] {
	return [...scopes, ...roles];
}

/**
 * What an access token says of itself, unverified: good enough for telling its owner what it can do,
 * never for letting somebody in. Microsoft doesn't promise the format; `undefined` when it is another.
 */
export function readTokenClaims(token: string): TokenClaims | undefined {
	try {
		const payload: unknown = JSON.parse(
			Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'),
		);
		if (typeof payload !== 'object' || payload === null) return undefined;
		const roles = 'roles' in payload && Array.isArray(payload.roles) ? payload.roles : [];
		const scopes = 'scp' in payload && typeof payload.scp === 'string' ? payload.scp : '';
		// Of the two versions of tokens, one has `upn` and `appid`, the other `preferred_username` and `azp`.
		const text = (...names: string[]): string | undefined =>
			names
				.map((name) => (payload as Record<string, unknown>)[name])
				.find((value): value is string => typeof value === 'string');
		const userName = text('upn', 'preferred_username', 'unique_name');
		const displayName = text('name');
		const clientId = text('appid', 'azp');
		const appName = text('app_displayname');
		return {
			roles: roles.filter((role): role is string => typeof role === 'string'),
			scopes: scopes.split(' ').filter(Boolean),
			...('aud' in payload && typeof payload.aud === 'string' && { audience: payload.aud }),
			...('exp' in payload &&
				typeof payload.exp === 'number' && { expiresAtMs: payload.exp * 1000 }),
			...('tid' in payload && typeof payload.tid === 'string' && { tenantId: payload.tid }),
			...(userName !== undefined && { userName }),
			...(displayName !== undefined && { displayName }),
			...(clientId !== undefined && { clientId }),
			...(appName !== undefined && { appName }),
		};
	} catch {
		return undefined;
	}
}
