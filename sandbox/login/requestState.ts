import { AsyncLocalStorage } from 'node:async_hooks';

/** What the provider's callbacks must know of the token request that they serve. */
export interface TokenRequestState {
	/**
	 * What a refresh asks for. Entra binds a refresh token to user and app, not to scopes; the
	 * provider binds it to its scopes, so it is shown one that has just these.
	 */
	readonly refresh?: { readonly scope: string; readonly resource: string };
	/** MSAL sends `client_info=1` to learn the ids of the account. */
	readonly wantsClientInfo: boolean;
	readonly correlationId: string | undefined;
}

export const tokenRequestState = new AsyncLocalStorage<TokenRequestState>();
