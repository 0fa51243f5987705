import { providerRoutes } from './provider';

/**
 * Entra's OpenID configuration. For `common` the issuer is a template, as no tenant is chosen yet.
 * @param segment the tenant as the caller wrote it.
 */
export function openIdConfiguration(
	url: string,
	segment: string,
	tenantId: string | undefined,
): Record<string, unknown> {
	const base = `${url}/${segment}`;
	return {
		issuer: `${url}/${tenantId ?? '{tenantid}'}/v2.0`,
		authorization_endpoint: base + providerRoutes.authorization,
		token_endpoint: base + providerRoutes.token,
		jwks_uri: base + providerRoutes.jwks,
		end_session_endpoint: base + providerRoutes.end_session,
		token_endpoint_auth_methods_supported: [
			'client_secret_post',
			'private_key_jwt',
			'client_secret_basic',
		],
		response_modes_supported: ['query', 'fragment', 'form_post'],
		response_types_supported: ['code'],
		scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
		subject_types_supported: ['pairwise'],
		id_token_signing_alg_values_supported: ['RS256'],
		claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'name', 'tid', 'oid', 'email'],
		tenant_region_scope: tenantId === undefined ? null : 'EU',
		cloud_instance_name: new URL(url).host,
	};
}

/** What MSAL asks to learn which hosts are one cloud: here, this one alone. */
export function instanceDiscovery(url: string): Record<string, unknown> {
	const { host } = new URL(url);
	return {
		tenant_discovery_endpoint: `${url}/common/v2.0/.well-known/openid-configuration`,
		'api-version': '1.1',
		metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
	};
}
