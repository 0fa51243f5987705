import type { ITriggerFunctions } from 'n8n-workflow';
import { explainAadError, noRefreshTokenError } from '../../core/auth/aadErrors';
import { AuthError } from '../../core/auth/AuthError';
import { diagnoseSignIn, type SignInFailure } from '../../core/auth/diagnose';
import { createApplicationTokens } from '../../core/auth/msalTokens';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import { axiosSend } from '../../core/http/axiosSend';
import type { Send } from '../../core/http/types';
import type { ConnectableContext } from './connect';
import type { Connection } from './connection';

type TokenContext = ConnectableContext | ITriggerFunctions;

export interface TokenOptions {
	/** Default: the package's own sender. */
	readonly send?: Send;
	/** In [0, 1). */
	readonly random?: () => number;
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
const leastSpareMs = 60_000;
/**
 * Runs and workers renew early at different moments, so that mostly one does it and the others
 * find its token, instead of all at once in the last minute.
 */
const mostSpareMs = 300_000;

/** By credential, for all runs of the process. */
const renewalsUnderWay = new Map<string, Promise<StoredToken>>();

/**
 * Tokens of the person who connected the credential. n8n keeps and renews them, so that every
 * workflow and worker uses the same ones; a renewal is stored.
 */
export function delegatedTokens(
	context: TokenContext,
	credentialType: string,
	connection: Connection,
	{ send = axiosSend, random = Math.random }: TokenOptions = {},
): TokenProvider {
	const spareMs = leastSpareMs + random() * (mostSpareMs - leastSpareMs);
	const expiresSoon = (token: StoredToken) => leftMs(token) < spareMs;
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
			current = await renewTogether();
		} catch (error) {
			return await fail(isMaskedInvalidGrant(error) ? refused : explainAadError(error));
		}
		return current.access_token ?? (await fail(refused));
	};

	const renewTogether = async (): Promise<StoredToken> => {
		const renew = async () =>
			(await context.helpers.refreshOAuth2Token.call(context, credentialType)) as StoredToken;
		const id = context.getNode().credentials?.[credentialType]?.id;
		if (!id) return await renew();
		const underWay = renewalsUnderWay.get(id) ?? renew().finally(() => renewalsUnderWay.delete(id));
		renewalsUnderWay.set(id, underWay);
		return await underWay;
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
function leftMs({ n8n_expires_at: expiresAt }: StoredToken): number {
	return expiresAt === undefined ? Infinity : Number(expiresAt) - Date.now();
}

/** n8n puts its own error in the place of Microsoft's `invalid_grant`, number and all. */
function isMaskedInvalidGrant(error: unknown): boolean {
	return error instanceof Error && error.message.includes('needs to be reconnected');
}
