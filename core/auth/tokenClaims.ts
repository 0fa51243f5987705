export interface TokenClaims {
	/** The application permissions of an app-only token. */
	readonly roles: readonly string[];
	readonly tenantId?: string;
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
		return {
			roles: roles.filter((role): role is string => typeof role === 'string'),
			...('tid' in payload && typeof payload.tid === 'string' && { tenantId: payload.tid }),
		};
	} catch {
		return undefined;
	}
}
