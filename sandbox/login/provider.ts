import type { JWK } from 'jose' with { 'resolution-mode': 'import' };
import type {
	Configuration,
	interactionPolicy as Policy,
	KoaContextWithOIDC,
	default as OidcProvider,
} from 'oidc-provider' with { 'resolution-mode': 'import' };
import type { SandboxUser } from '../directory';
import type { AccessTokens } from './accessTokens';
import { AadError } from './aadError';
import { loadConsent } from './consent';
import { fromProvider, openIdScopes, toProvider } from './openIdScopes';
import { errorPage } from './pages';
import { isCallbackAllowed } from './redirectUris';
import type { ApiResource, ScopeCatalogue } from './scopes';
import type { Store } from './store';
import type { Tenant } from './tenant';

const DAY_SECONDS = 24 * 60 * 60;

/** Where Entra's endpoints lie behind the tenant; the provider is mounted at the tenant. */
export const providerRoutes = {
	authorization: '/oauth2/v2.0/authorize',
	token: '/oauth2/v2.0/token',
	jwks: '/discovery/v2.0/keys',
	end_session: '/oauth2/v2.0/logout',
} as const;

export interface ProviderOptions {
	readonly issuer: string;
	readonly tenant: Tenant;
	readonly catalogue: ScopeCatalogue;
	readonly store: Store;
	readonly accessTokens: AccessTokens;
	readonly signingJwk: JWK;
}

/** The certified OAuth server, told Entra's addresses, claims, lifetimes and rules of consent. */
export async function createProvider(options: ProviderOptions): Promise<OidcProvider> {
	const { default: Provider, interactionPolicy } = await import('oidc-provider');
	const { tenant, store } = options;
	const provider: OidcProvider = new Provider(options.issuer, {
		...tokenConfiguration(options),
		adapter: store.adapter,
		routes: { ...providerRoutes },
		pkce: { required: () => false },
		cookies: { keys: [tenant.id], names: { session: 'ESTSAUTH' } },
		interactions: {
			url: (ctx, { uid }) => `${mountPath(ctx)}/signin/${uid}`,
			policy: policyOf(interactionPolicy, tenant),
		},
		findAccount: (_ctx, id) => {
			const user = tenant.userById(id);
			return user && { accountId: id, claims: () => ({ sub: id, ...idTokenClaims(user, tenant) }) };
		},
		loadExistingGrant: async (ctx) => {
			const { account, client } = ctx.oidc;
			if (!account || !client) return undefined;
			return await loadConsent({ ...options, provider }, account.accountId, client.clientId);
		},
		renderError(ctx, _out, error) {
			const shown = new AadError(
				error.name === 'SessionNotFound' ? 165000 : 9002313,
				`(${error.message})`,
			);
			ctx.status = 400;
			ctx.type = 'html';
			ctx.body = errorPage(shown.message);
		},
	});
	// Entra has no answer to which this doesn't hold: an app of the sandbox may have none registered.
	provider.Client.prototype.redirectUriAllowed = function redirectUriAllowed(uri: string) {
		const app = tenant.app(this.clientId);
		return app !== undefined && isCallbackAllowed(app, uri);
	};
	return provider;
}

/** What the store answers when the provider looks up an app. */
export function clientMetadata(clientId: string): {
	client_id: string;
	redirect_uris: string[];
	grant_types: string[];
	response_types: ['code'];
	token_endpoint_auth_method: 'none';
} {
	return {
		client_id: clientId,
		// Required by the provider; which ones are allowed is answered by redirectUriAllowed.
		redirect_uris: ['https://localhost/rest/oauth2-credential/callback'],
		grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
		response_types: ['code'],
		token_endpoint_auth_method: 'none',
	};
}

/** `/{tenant}`, as this request was addressed; the router leaves it in `originalUrl`. */
function mountPath(ctx: KoaContextWithOIDC): string {
	const { originalUrl = '' } = ctx.req as { originalUrl?: string };
	return `/${originalUrl.split('/')[1] ?? ''}`;
}

function policyOf(library: typeof Policy, tenant: Tenant): Policy.DefaultPolicy {
	const policy = library.base();
	policy.add(new library.Prompt({ name: 'select_account', requestable: true }), 0);
	// Somebody who is signed in and has lost access since is shown why, on the sign-in page.
	policy.get('login')?.checks.add(
		new library.Check('no_access', 'the user may not use the app', ({ oidc }) => {
			const user = tenant.userById(oidc.session?.accountId ?? '');
			if (!user) return library.Check.NO_NEED_TO_PROMPT;
			try {
				tenant.assertMayUse(user);
				return library.Check.NO_NEED_TO_PROMPT;
			} catch {
				return library.Check.REQUEST_PROMPT;
			}
		}),
	);
	return policy;
}

function tokenConfiguration(options: ProviderOptions): Configuration {
	const { accessTokens, catalogue, tenant } = options;
	return {
		jwks: { keys: [options.signingJwk] as NonNullable<Configuration['jwks']>['keys'] },
		scopes: openIdScopes.map(toProvider),
		claims: {
			openid: ['sub', 'oid', 'tid', 'ver'],
			profile: ['name', 'preferred_username'],
			email: ['email'],
		},
		// Entra puts the profile into the id_token; there is no userinfo endpoint on this host.
		conformIdTokenClaims: false,
		features: {
			devInteractions: { enabled: false },
			userinfo: { enabled: false },
			rpInitiatedLogout: { enabled: false },
			clientCredentials: { enabled: true },
			resourceIndicators: {
				enabled: true,
				getResourceServerInfo(_ctx, indicator) {
					const resource = resourceOf(catalogue, indicator);
					return {
						audience: resource.audience,
						scope: resource.permissions.map(({ name }) => resource.scopePrefix + name).join(' '),
						accessTokenFormat: 'jwt',
						jwt: { sign: { alg: 'RS256' } },
					};
				},
			},
		},
		issueRefreshToken: async (_ctx, _client, code) => code.scopes.has(toProvider('offline_access')),
		rotateRefreshToken: true,
		// Signing out of the browser ends no grant.
		expiresWithSession: () => Promise.resolve(false),
		ttl: {
			AccessToken: () => accessTokens.lifetimeSeconds(),
			ClientCredentials: () => accessTokens.lifetimeSeconds(),
			AuthorizationCode: 10 * 60,
			IdToken: 60 * 60,
			Interaction: 60 * 60,
			RefreshToken: 90 * DAY_SECONDS,
			Session: 90 * DAY_SECONDS,
			Grant: 3650 * DAY_SECONDS,
		},
		formats: {
			customizers: {
				jwt(ctx, token, parts) {
					const { iat, exp, aud } = parts.payload;
					const resource = resourceOf(catalogue, String(aud));
					const app = tenant.app(token.clientId ?? '');
					if (!app) throw new Error('The token is for an app that is not there any more.');
					const user = token.kind === 'AccessToken' ? tenant.userById(token.accountId) : undefined;
					const claims = user
						? accessTokens.forUser(user, app, resource, scpOf(ctx, token.scope, resource))
						: accessTokens.forApp(app, resource);
					parts.payload = { ...claims, iat, nbf: iat, exp };
					const { kid } = options.signingJwk;
					parts.header = { typ: 'JWT', kid, x5t: kid };
				},
			},
		},
	};
}

/** Graph's tokens list the OpenID scopes, too. */
function scpOf(
	ctx: KoaContextWithOIDC,
	scope: string | undefined,
	resource: ApiResource,
): readonly string[] {
	const api = (scope ?? '')
		.split(' ')
		.filter(Boolean)
		.map((word) => word.slice(resource.scopePrefix.length));
	const source = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.RefreshToken;
	const openId = openIdScopes.filter(
		(word) => word !== 'offline_access' && source?.scopes.has(word),
	);
	return resource.name === 'graph' ? [...api, ...openId.map(fromProvider)] : api;
}

function resourceOf(catalogue: ScopeCatalogue, audience: string): ApiResource {
	const resource = catalogue.all.find((candidate) => candidate.audience === audience);
	if (!resource) throw new Error(`Unknown resource ${audience}`);
	return resource;
}

function idTokenClaims(user: SandboxUser, tenant: Tenant): Record<string, string> {
	return {
		oid: user.id,
		tid: tenant.id,
		ver: '2.0',
		name: user.displayName,
		preferred_username: user.userPrincipalName,
		email: user.userPrincipalName,
	};
}
