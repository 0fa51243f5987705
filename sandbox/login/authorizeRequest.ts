import { AadError } from './aadError';
import { toProvider } from './openIdScopes';
import { isCallbackAllowed } from './redirectUris';
import type { ScopeCatalogue, ScopeRequest } from './scopes';
import type { Tenant, TenantSegment } from './tenant';

export interface EndpointContext {
	readonly tenant: Tenant;
	readonly catalogue: ScopeCatalogue;
	readonly segment: TenantSegment;
}

/** The request is told back to the app at its redirect URI instead of on a page. */
export class RedirectedError extends Error {
	override readonly name = 'RedirectedError';
	constructor(
		readonly reason: AadError,
		readonly params: URLSearchParams,
	) {
		super(reason.message, { cause: reason });
	}
}

/**
 * Entra's authorize request, as the provider wants it: the resource beside the scope, not within.
 * What Entra doesn't dare to redirect (app or redirect URI unknown) is thrown as it is.
 * @returns the provider's query.
 * @throws {AadError} to be shown on a page. @throws {RedirectedError} to be redirected.
 */
export function translateAuthorize(
	query: URLSearchParams,
	{ tenant, catalogue, segment }: EndpointContext,
): URLSearchParams {
	const params = new URLSearchParams(query);
	const clientId = params.get('client_id');
	if (!clientId) throw new AadError(900144, 'It is "client_id".');
	const app = tenant.appFor(clientId, segment);
	params.set('client_id', app.clientId);

	const redirectUri =
		params.get('redirect_uri') ?? (app.redirectUris.length === 1 ? app.redirectUris[0] : undefined);
	if (!redirectUri) throw new AadError(app.redirectUris.length === 0 ? 500113 : 900971);
	if (!isCallbackAllowed(app, redirectUri)) {
		throw new AadError(50011, `It was given as "${redirectUri}".`);
	}
	params.set('redirect_uri', redirectUri);

	try {
		applyScopes(params, catalogue);
		const responseType = params.get('response_type');
		if (!responseType) throw new AadError(900144, 'It is "response_type".');
		if (responseType !== 'code') throw new AadError(700054, `It was "${responseType}".`);
		return params;
	} catch (error) {
		throw error instanceof AadError ? new RedirectedError(error, params) : error;
	}
}

/**
 * Several resources are fine here: consent may be asked for all at once, only a token can't have
 * two. https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
function applyScopes(params: URLSearchParams, catalogue: ScopeCatalogue): void {
	const scope = params.get('scope');
	if (!scope?.trim()) throw new AadError(900144, 'It is "scope".');
	const asked = catalogue.parse(scope);
	params.set('scope', [...asked.openId.map(toProvider), ...apiScopes(asked)].join(' '));
	params.delete('resource');
	for (const { audience } of asked.resources) params.append('resource', audience);
}

/** `.default` on behalf of a user stands for what the app's registration lists. */
function apiScopes({ api, defaultOf }: ScopeRequest): readonly string[] {
	if (!defaultOf) return api;
	return defaultOf.name === 'graph'
		? ['User.Read']
		: defaultOf.permissions.map(({ name }) => defaultOf.scopePrefix + name);
}

/** Where the app is told of an error, by the response mode that it asked for. */
export function errorLocation(
	params: URLSearchParams,
	answer: { error: string; error_description: string },
): string {
	const location = new URL(params.get('redirect_uri') ?? '');
	const fields = new URLSearchParams({
		error: answer.error,
		error_description: answer.error_description,
	});
	const state = params.get('state');
	if (state !== null) fields.set('state', state);
	if (params.get('response_mode') === 'fragment') location.hash = fields.toString();
	else for (const [name, value] of fields) location.searchParams.set(name, value);
	return location.href;
}
