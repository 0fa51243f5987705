import { NetworkError } from '../graph/errors';
import type { Send } from '../http/types';
import { explainAadError } from './aadErrors';
import type { AuthError } from './AuthError';
import type { DelegatedSignIn } from './diagnose';

const timeoutMs = 15_000;

/** What the request alone decides, whoever signs in. That nobody is signed in has to come back here. */
const decidedByRequest = new Set([
	'28000',
	'50011',
	'50059',
	'50194',
	'65005',
	'70011',
	'90002',
	'500113',
	'650053',
	'700016',
	'900023',
	'7000112',
]);

/**
 * What Microsoft says to the first step of a sign-in, before anybody is asked for a password: that
 * the redirect URL isn't registered, for one, is told on a page to the person at the screen and to
 * nobody else. `undefined` where it goes on as it should, or nothing can be found out.
 * learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow (`prompt=none`)
 */
export async function findAuthorizeFault(
	{ cloud, tenantId, clientId, scopes, redirectUri }: DelegatedSignIn,
	send: Send,
): Promise<AuthError | undefined> {
	if (redirectUri === undefined) return undefined;
	const query = new URLSearchParams({
		client_id: clientId,
		response_type: 'code',
		redirect_uri: redirectUri,
		scope: scopes,
		prompt: 'none',
	});
	try {
		const { headers, body } = await send({
			method: 'GET',
			url: `${cloud.loginOrigin}/${tenantId}/oauth2/v2.0/authorize?${query.toString()}`,
			headers: {},
			responseType: 'bytes',
			repeatable: true,
			throttleKey: 'login',
			timeoutMs,
			signal: AbortSignal.timeout(timeoutMs),
		});
		return faultIn([headers['location'] ?? '', textOf(body)]);
	} catch (error) {
		if (error instanceof NetworkError) return undefined;
		throw error;
	}
}

function faultIn(texts: readonly string[]): AuthError | undefined {
	for (const text of texts) {
		const number = /AADSTS(\d{4,8})(:|%3a)/i.exec(text)?.[1];
		if (number === undefined || !decidedByRequest.has(number)) continue;
		return explainAadError({ error_description: `AADSTS${number}:` });
	}
	return undefined;
}

function textOf(body: unknown): string {
	if (Buffer.isBuffer(body)) return body.toString('utf8');
	return typeof body === 'string' ? body : JSON.stringify(body ?? '');
}
