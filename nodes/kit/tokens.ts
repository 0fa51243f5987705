import { explainAadError, noRefreshTokenError } from '../../core/auth/aadErrors';
import { AuthError } from '../../core/auth/AuthError';
import { diagnoseSignIn, type SignInFailure } from '../../core/auth/diagnose';
import { createApplicationTokens } from '../../core/auth/msalTokens';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import { axiosSend } from '../../core/http/axiosSend';
import type { Send } from '../../core/http/types';
import type { ConnectableContext } from './connect';
import type { Connection } from './connection';

export interface TokenOptions {
	/** Default: the package's own sender. */
	readonly send?: Send;
}

/**
 * Tokens of the app itself.
 * @param options.resource whose token; default Microsoft Graph
 */
export function applicationTokens(
	connection: Connection,
	{ send = axiosSend, resource }: TokenOptions & { readonly resource?: string } = {},
): TokenProvider {
	return createApplicationTokens(connection, { send, ...(resource && { resource }) });
}

/** What n8n stores of Microsoft's answer; `n8n_expires_at` is in milliseconds since 1970, as text. */
interface StoredToken {
	readonly access_token?: string;
	readonly refresh_token?: string;
	readonly n8n_expires_at?: string;
}

/** What may be over at the next item. */
const passingFaults = new Set(['sign_in_failed', 'temporarily_unavailable', 'server_error']);

/** Long enough for a request with a large body to arrive before it runs out. */
const spareMs = 60_000;

/**
 * Tokens of the person who connected the credential. n8n keeps and renews them, so that every
 * workflow and worker uses the same ones; a renewal is stored.
 */
export function delegatedTokens(
	context: ConnectableContext,
	credentialType: string,
	connection: Connection,
	{ send = axiosSend }: TokenOptions = {},
): TokenProvider {
	let current: StoredToken | undefined;
	let renewal: Promise<string> | undefined;
	let failure: AuthError | undefined;

	const readStored = async () => {
		const { oauthTokenData } = await context.getCredentials(credentialType);
		return (oauthTokenData ?? {}) as StoredToken;
	};

	const fail = async (reason: SignInFailure | AuthError): Promise<never> => {
		const found =
			reason instanceof AuthError
				? reason
				: await diagnoseSignIn(
						{ ...connection, redirectUri: `${context.getRestApiUrl()}/oauth2-credential/callback` },
						reason,
						send,
					);
		// Found once a provider: each of a thousand items would ask the login server anew.
		if (!passingFaults.has(found.code)) failure = found;
		throw found;
	};

	const refresh = async (stored: StoredToken): Promise<string> => {
		if (!stored.refresh_token) return await fail(noRefreshTokenError());
		const refused = { kind: 'notRenewable', refreshToken: stored.refresh_token } as const;
		try {
			current = (await context.helpers.refreshOAuth2Token.call(
				context,
				credentialType,
			)) as StoredToken;
		} catch (error) {
			return await fail(isMaskedInvalidGrant(error) ? refused : explainAadError(error));
		}
		return current.access_token ?? (await fail(refused));
	};

	const renewOnce = async (find: () => Promise<string>): Promise<string> => {
		renewal ??= find().finally(() => (renewal = undefined));
		return await renewal;
	};

	return {
		kind: 'delegated',
		async getToken() {
			if (failure) throw failure;
			if (current?.access_token && !expiresSoon(current)) return current.access_token;
			return await renewOnce(async () => {
				current = await readStored();
				if (!current.access_token) return await fail({ kind: 'neverConnected' });
				return expiresSoon(current) ? await refresh(current) : current.access_token;
			});
		},
		async renew(refusedToken) {
			if (failure) throw failure;
			if (current?.access_token && current.access_token !== refusedToken) {
				return current.access_token;
			}
			return await renewOnce(async () => {
				// Another workflow or worker may have renewed it.
				current = await readStored();
				if (!current.access_token) return await fail({ kind: 'neverConnected' });
				const isNew = current.access_token !== refusedToken && !expiresSoon(current);
				return isNew ? current.access_token : await refresh(current);
			});
		},
	};
}

/** Without a known end it is taken as good: a 401 tells otherwise. */
function expiresSoon({ n8n_expires_at: expiresAt }: StoredToken): boolean {
	return expiresAt !== undefined && Number(expiresAt) - Date.now() < spareMs;
}

/** n8n puts its own error in the place of Microsoft's `invalid_grant`, number and all. */
function isMaskedInvalidGrant(error: unknown): boolean {
	return error instanceof Error && error.message.includes('needs to be reconnected');
}
