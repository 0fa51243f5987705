import type { errors, KoaContextWithOIDC, default as OidcProvider } from 'oidc-provider' with {
	'resolution-mode': 'import',
};
import { AadError, type AadCode } from './aadError';
import { openIdScopes } from './openIdScopes';
import { providerRoutes } from './provider';
import { tokenRequestState } from './requestState';
import type { Tenant } from './tenant';

type ProviderError = errors.OIDCProviderError;

/** What the provider's refusals are called by Entra; the first pattern that fits. */
const codesOfDetails: ReadonlyArray<readonly [RegExp, AadCode]> = [
	[/code is expired/, 70008],
	[/redirect_uri mismatch/, 500112],
	[/code_verifier|code_challenge/, 501481],
	[/refresh token is expired/, 700082],
	[/unsupported_grant_type|grant type/, 70003],
	[/^invalid_grant/, 70000],
	[/^invalid_scope/, 70011],
	[/^invalid_target/, 500011],
	[/^login_required/, 50058],
	[/^consent_required|^interaction_required/, 65001],
	[/^unsupported_response_type/, 700054],
];

/** Gives the provider's answers Entra's shape: token answers, their errors and redirected errors. */
export function shapeAnswers(
	provider: OidcProvider,
	{ tenant, nowMs }: { tenant: Tenant; nowMs: () => number },
): void {
	const refusals = new WeakMap<KoaContextWithOIDC, ProviderError>();
	provider.on('grant.error', (ctx, error) => void refusals.set(ctx, error));

	provider.use(async (ctx: KoaContextWithOIDC, next) => {
		await next();
		const location = ctx.response.get('location');
		if (ctx.path === providerRoutes.token) shapeTokenAnswer(ctx);
		else if (location) ctx.set('location', shapeRedirect(location));
	});

	function shapeTokenAnswer(ctx: KoaContextWithOIDC): void {
		const state = tokenRequestState.getStore();
		const refusal = refusals.get(ctx);
		if (refusal) {
			const error = fromProviderError(refusal.error, refusal.error_description, refusal);
			ctx.status = error.status;
			ctx.body = error.toBody(nowMs(), state?.correlationId);
			return;
		}
		if (ctx.status !== 200) return;
		const body = ctx.body as Record<string, unknown>;
		ctx.body = {
			token_type: 'Bearer',
			...scopeOf(ctx, body.scope),
			expires_in: body.expires_in,
			ext_expires_in: body.expires_in,
			access_token: body.access_token,
			...(body.refresh_token === undefined ? {} : { refresh_token: body.refresh_token }),
			...(body.id_token === undefined ? {} : { id_token: body.id_token }),
			...(state?.wantsClientInfo ? clientInfo(ctx) : {}),
		};
	}

	function clientInfo(ctx: KoaContextWithOIDC): { client_info?: string } {
		const uid = ctx.oidc.account?.accountId;
		if (uid === undefined) return {};
		const ids = JSON.stringify({ uid, utid: tenant.id });
		return { client_info: Buffer.from(ids).toString('base64url') };
	}

	function shapeRedirect(location: string): string {
		if (!URL.canParse(location)) return location;
		const url = new URL(location);
		const inFragment = url.hash.length > 1;
		const fields = inFragment ? new URLSearchParams(url.hash.slice(1)) : url.searchParams;
		const error = fields.get('error');
		const description = fields.get('error_description') ?? '';
		// RFC 9207's parameter, which Entra doesn't send.
		fields.delete('iss');
		if (error && !description.startsWith('AADSTS')) {
			const shaped = fromProviderError(error, description).toBody(nowMs());
			fields.set('error_description', shaped.error_description);
		}
		if (inFragment) url.hash = fields.toString();
		return url.href;
	}
}

/** Entra says what was granted, OpenID scopes included, but never `offline_access`. */
function scopeOf(ctx: KoaContextWithOIDC, api: unknown): { scope?: string } {
	const source = ctx.oidc.entities.AuthorizationCode ?? ctx.oidc.entities.RefreshToken;
	if (!source) return {};
	const openId = openIdScopes.filter(
		(word) => word !== 'offline_access' && source.scopes.has(word),
	);
	return {
		scope: [...(typeof api === 'string' ? [api] : []), ...openId].filter(Boolean).join(' '),
	};
}

function fromProviderError(
	error: string,
	description: string | undefined,
	{ error_detail: detail }: { error_detail?: string | undefined } = {},
): AadError {
	const text = [error, description, detail].filter(Boolean).join(': ');
	const known = codesOfDetails.find(([pattern]) => pattern.test(text))?.[1];
	return known === undefined ? new AadError(9002313, `(${text})`) : new AadError(known);
}
