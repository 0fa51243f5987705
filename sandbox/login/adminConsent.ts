import type { IncomingMessage, ServerResponse } from 'node:http';
import { AadError } from './aadError';
import { errorLocation, type EndpointContext } from './authorizeRequest';
import { permissionsOf } from './consent';
import { readForm, redirect, sendHtml } from './http';
import { checkPassword } from './interaction';
import { openIdScopes, toProvider } from './openIdScopes';
import { adminConsentPage } from './pages';
import { isCallbackAllowed } from './redirectUris';

/**
 * An admin consents for everyone. Scopes named in the request count; without any, all of Graph's
 * and OpenID's. https://learn.microsoft.com/entra/identity-platform/v2-admin-consent
 * @throws {AadError} to be shown on a page.
 */
export async function handleAdminConsent(
	context: EndpointContext & { readonly nowMs: () => number },
	query: URLSearchParams,
	req: IncomingMessage,
	res: ServerResponse,
): Promise<void> {
	const { tenant, catalogue, segment, nowMs } = context;
	const app = tenant.appFor(query.get('client_id') ?? '', segment);
	const redirectUri = query.get('redirect_uri');
	if (!redirectUri) throw new AadError(900971);
	if (!isCallbackAllowed(app, redirectUri)) {
		throw new AadError(50011, `It was given as "${redirectUri}".`);
	}
	const asked = catalogue.parse(query.get('scope') ?? '');
	const api =
		asked.api.length > 0
			? asked.api
			: (asked.defaultOf ?? catalogue.graph).permissions.map(
					({ name }) => (asked.defaultOf ?? catalogue.graph).scopePrefix + name,
				);
	const scopes = [...openIdScopes.map(toProvider), ...api];

	const form = req.method === 'POST' ? await readForm(req) : undefined;
	if (form?.get('action') === 'cancel') {
		return redirect(res, errorLocation(query, new AadError(65004).toBody(nowMs())));
	}
	const shown = {
		appName: app.displayName,
		userName: form?.get('loginfmt') ?? '',
		permissions: permissionsOf(catalogue, scopes),
	};
	if (!form) return sendHtml(res, 200, adminConsentPage(shown));
	const outcome = checkPassword(tenant, form);
	if ('problem' in outcome) return sendHtml(res, 200, adminConsentPage({ ...shown, ...outcome }));
	if (!outcome.user.isAdmin) {
		const problem = { field: 'user', text: new AadError(90094).message } as const;
		return sendHtml(res, 200, adminConsentPage({ ...shown, problem }));
	}

	const known = tenant.adminConsents.get(app.clientId) ?? new Set();
	tenant.adminConsents.set(app.clientId, new Set([...known, ...scopes]));
	const location = new URL(redirectUri);
	location.searchParams.set('admin_consent', 'True');
	location.searchParams.set('tenant', tenant.id);
	location.searchParams.set('scope', api.join(' '));
	const state = query.get('state');
	if (state !== null) location.searchParams.set('state', state);
	redirect(res, location.href);
}
