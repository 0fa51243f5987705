import type { AdapterPayload } from 'oidc-provider' with { 'resolution-mode': 'import' };
import { AadError } from './aadError';
import type { EndpointContext } from './authorizeRequest';
import { authenticateApp, readClientCredential } from './clientAuthentication';
import { openIdScopes, toProvider } from './openIdScopes';
import type { TokenRequestState } from './requestState';
import type { ScopeRequest } from './scopes';
import type { RefreshTokenMark, Store } from './store';

export interface TokenContext extends EndpointContext {
	readonly store: Store;
	readonly nowMs: () => number;
	readonly issuer: string;
	/** The token endpoint as it was called. */
	readonly endpoint: string;
}

export interface TranslatedTokenRequest {
	readonly form: URLSearchParams;
	readonly refresh?: NonNullable<TokenRequestState['refresh']>;
}

const markCodes = { revoked: 50173, inactive: 700082, needsMfa: 50076 } as const satisfies Record<
	RefreshTokenMark,
	number
>;

/**
 * Entra's token request, as the provider wants it: the app authenticated, the resource beside the
 * scope. What Entra checks and the provider doesn't know of is refused here.
 * @throws {AadError}
 */
export async function translateToken(
	form: URLSearchParams,
	authorization: string | undefined,
	context: TokenContext,
): Promise<TranslatedTokenRequest> {
	failIfSwitchedTo(context);
	const grantType = form.get('grant_type');
	if (!grantType) throw new AadError(900144, 'It is "grant_type".');
	for (const name of new Set(form.keys())) {
		if (form.getAll(name).length > 1) throw new AadError(9002313, `"${name}" is there twice.`);
	}
	const credential = readClientCredential(authorization, form);
	const app = context.tenant.appFor(credential.clientId, context.segment);
	await authenticateApp(app, credential, {
		isSecretExpired: context.tenant.switches.expiredSecrets.has(app.clientId),
		audiences: [context.endpoint, context.issuer],
	});

	const translated = new URLSearchParams({ grant_type: grantType, client_id: app.clientId });
	switch (grantType) {
		case 'client_credentials':
			return clientCredentials(form, translated, context);
		case 'authorization_code':
			return authorizationCode(form, translated, context);
		case 'refresh_token':
			return refreshToken(form, translated, app.clientId, context);
		default:
			throw new AadError(70003, `It was "${grantType}".`);
	}
}

function failIfSwitchedTo({ tenant: { switches } }: TokenContext): void {
	const fault = switches.failTokenRequests;
	if (!fault || fault.times <= 0) return;
	fault.times -= 1;
	throw new AadError(fault.code, '(Switched on in the sandbox.)');
}

function clientCredentials(
	form: URLSearchParams,
	translated: URLSearchParams,
	{ catalogue, segment }: TokenContext,
): TranslatedTokenRequest {
	if (segment === 'anyTenant') throw new AadError(50059, "Use the tenant's own address.");
	const scope = form.get('scope');
	if (!scope) throw new AadError(900144, 'It is "scope".');
	if (!/^\S+\/\.default$/.test(scope)) throw new AadError(1002012, `It was "${scope}".`);
	const { defaultOf } = catalogue.parse(scope);
	if (!defaultOf) throw new AadError(1002012, `It was "${scope}".`);
	translated.set('resource', defaultOf.audience);
	return { form: translated };
}

function authorizationCode(
	form: URLSearchParams,
	translated: URLSearchParams,
	context: TokenContext,
): TranslatedTokenRequest {
	for (const name of ['code', 'redirect_uri', 'code_verifier']) {
		const value = form.get(name);
		if (value !== null) translated.set(name, value);
		else if (name !== 'code_verifier') throw new AadError(900144, `It is "${name}".`);
	}
	const payload = context.store.find('AuthorizationCode', form.get('code') ?? '');
	if (!payload) throw new AadError(70000, 'The code is unknown.');
	// Before the provider sees it: it would also take back the user's consent.
	if (payload.consumed) throw new AadError(54005);
	assertUser(payload, context);
	translated.set('resource', oneResource(form.get('scope') ?? payload.scope, context));
	return { form: translated };
}

function refreshToken(
	form: URLSearchParams,
	translated: URLSearchParams,
	clientId: string,
	context: TokenContext,
): TranslatedTokenRequest {
	const token = form.get('refresh_token');
	if (!token) throw new AadError(900144, 'It is "refresh_token".');
	const payload = context.store.find('RefreshToken', token);
	if (payload?.clientId !== clientId) throw new AadError(70000, 'The refresh token is unknown.');
	const mark = context.store.markOf(token);
	if (mark) throw new AadError(markCodes[mark]);
	if ((payload.exp ?? 0) * 1000 <= context.nowMs()) throw new AadError(700082);
	assertUser(payload, context);

	const scope = form.get('scope')?.trim() || payload.scope;
	const resource = oneResource(scope, context);
	const grant = context.store.find('Grant', payload.grantId ?? '');
	const consented = consentedScopes(grant, resource);
	const asked = context.catalogue.parse(asCallerWrites(scope));
	const api = asked.defaultOf ? [...consented] : asked.api;
	const missing = api.filter((word) => !consented.has(word));
	if (missing.length > 0 || (asked.defaultOf && api.length === 0)) {
		throw new AadError(65001, missing.length > 0 ? `Missing: ${missing.join(', ')}.` : '');
	}
	translated.set('refresh_token', token);
	translated.set('resource', resource);
	return { form: translated, refresh: { scope: refreshScope(asked, api), resource } };
}

/** Entra goes on giving refresh tokens, whether or not this request names `offline_access`. */
function refreshScope(asked: ScopeRequest, api: readonly string[]): string {
	const openId = new Set([...asked.openId, 'offline_access']);
	return [...[...openId].map(toProvider), ...api].join(' ');
}

function consentedScopes(grant: AdapterPayload | undefined, resource: string): Set<string> {
	// The library's types leave open what a grant's payload holds: scopes by audience.
	const { resources } = (grant ?? {}) as { resources?: Readonly<Record<string, string>> };
	return new Set(resources?.[resource]?.split(' '));
}

/** @returns the audience. @throws {AadError} 28000: a token has one. */
function oneResource(scope: string | undefined, { catalogue }: TokenContext): string {
	const { resources } = catalogue.parse(asCallerWrites(scope));
	const [resource, ...others] = resources;
	if (!resource || others.length > 0) throw new AadError(28000);
	return resource.audience;
}

/** A stored scope carries the provider's name of `offline_access`, which names no resource. */
function asCallerWrites(scope: string | undefined): string {
	const offline = openIdScopes.map(toProvider).filter((word) => word.startsWith('entra_'));
	return (scope ?? '')
		.split(' ')
		.filter((word) => !offline.includes(word))
		.join(' ');
}

function assertUser(payload: AdapterPayload, { tenant }: TokenContext): void {
	const user = tenant.userById(payload.accountId ?? '');
	if (!user) throw new AadError(50034);
	tenant.assertMayUse(user);
}
