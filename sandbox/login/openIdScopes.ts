/** The scopes of OpenID Connect, as callers write them. */
export const openIdScopes = ['openid', 'profile', 'email', 'offline_access'] as const;

export type OpenIdScope = (typeof openIdScopes)[number];

/**
 * The provider drops `offline_access` unless `prompt=consent` came with it, as OpenID Connect
 * demands; Entra doesn't. Under another name it is a scope like any other.
 */
const OFFLINE = 'entra_offline_access';

export function toProvider(scope: string): string {
	return scope === 'offline_access' ? OFFLINE : scope;
}

export function fromProvider(scope: string): string {
	return scope === OFFLINE ? 'offline_access' : scope;
}
