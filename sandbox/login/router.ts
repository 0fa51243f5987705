import type { IncomingMessage, ServerResponse } from 'node:http';
import type { default as OidcProvider } from 'oidc-provider' with { 'resolution-mode': 'import' };
import { AadError } from './aadError';
import { handleAdminConsent } from './adminConsent';
import { errorLocation, RedirectedError, translateAuthorize } from './authorizeRequest';
import { ControlError, type LoginControl } from './control';
import { instanceDiscovery, openIdConfiguration } from './discovery';
import { readBody, readForm, redirect, sendHtml, sendJson, withForm } from './http';
import { handleInteraction } from './interaction';
import type { MailAccess, MailProtocol } from './mailAccess';
import { errorPage } from './pages';
import { providerRoutes } from './provider';
import { tokenRequestState } from './requestState';
import type { ScopeCatalogue } from './scopes';
import type { Store } from './store';
import type { Tenant } from './tenant';
import { translateToken, type TokenContext } from './tokenRequest';

export type Route = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

export interface RouterContext {
	readonly url: string;
	readonly issuer: string;
	readonly tenant: Tenant;
	readonly catalogue: ScopeCatalogue;
	readonly store: Store;
	readonly provider: OidcProvider;
	readonly control: LoginControl;
	readonly introspect: (token: string, protocol: MailProtocol) => Promise<MailAccess>;
	readonly nowMs: () => number;
}

/** A request to `/{segment}{path}`, whose segment names the tenant. */
interface Call {
	readonly segment: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly req: IncomingMessage;
	readonly res: ServerResponse;
}

/**
 * Entra's addresses. Requests are translated on their way into the provider, and refused here
 * where Entra would; answers are shaped on the way out, in `answers.ts`.
 */
export function createRouter(context: RouterContext): Route {
	const { url, tenant, provider, nowMs } = context;
	const callProvider = provider.callback();

	return async (req, res) => {
		const { pathname, searchParams: query } = new URL(req.url ?? '/', url);
		const [, segment = '', ...rest] = pathname.split('/');
		const call: Call = { segment, path: `/${rest.join('/')}`, query, req, res };
		try {
			if (segment === '__sandbox__') return await serveControl(call);
			await serveTenant(call);
		} catch (error) {
			answerError(call, error);
		}
	};

	async function serveTenant(call: Call): Promise<void> {
		const { segment, path, query, req, res } = call;
		if (path === '/discovery/instance') return sendJson(res, 200, instanceDiscovery(url));
		const endpoint = { ...context, segment: tenant.resolve(segment) };
		switch (path) {
			case '/v2.0/.well-known/openid-configuration': {
				const tenantId = endpoint.segment === 'tenant' ? tenant.id : undefined;
				return sendJson(res, 200, openIdConfiguration(url, segment, tenantId));
			}
			case providerRoutes.authorization: {
				const params = req.method === 'POST' ? await readForm(req) : query;
				req.method = 'GET';
				return await toProvider(call, `?${translateAuthorize(params, endpoint).toString()}`);
			}
			case providerRoutes.token:
				return await serveToken(call, endpoint);
			case '/v2.0/adminconsent':
			case '/adminconsent':
				return await handleAdminConsent(endpoint, query, req, res);
			default:
				if (path.startsWith('/signin/')) return await handleInteraction(context, req, res);
				if (belongsToProvider(path))
					return await toProvider(call, new URL(req.url ?? '', url).search);
				sendHtml(res, 404, errorPage('There is nothing at this address.'));
		}
	}

	async function serveToken(call: Call, endpoint: Omit<TokenContext, 'endpoint'>): Promise<void> {
		const { req, segment } = call;
		if (req.method !== 'POST') throw new AadError(9002313, 'The token endpoint takes POST.');
		const form = await readForm(req);
		const { form: translated, refresh } = await translateToken(form, req.headers.authorization, {
			...endpoint,
			endpoint: `${url}/${segment}${providerRoutes.token}`,
		});
		tenant.tokenRequests.push({
			at: new Date(nowMs()).toISOString(),
			grantType: form.get('grant_type') ?? '',
		});
		const state = {
			wantsClientInfo: form.get('client_info') === '1',
			correlationId: correlationId(req),
			...(refresh ? { refresh } : {}),
		};
		await tokenRequestState.run(state, async () => {
			await toProvider({ ...call, req: withForm(req, translated) }, '');
		});
	}

	/** Mounted at the tenant: the provider learns of it by `originalUrl`, as behind Express. */
	async function toProvider({ segment, path, req, res }: Call, search: string): Promise<void> {
		req.url = path + search;
		Object.assign(req, { originalUrl: `/${segment}${req.url}` });
		await callProvider(req, res);
	}

	async function serveControl({ path, query, req, res }: Call): Promise<void> {
		if (path === '/introspect') {
			const token = (await readForm(req)).get('token') ?? '';
			const protocol = query.get('protocol') === 'smtp' ? 'smtp' : 'imap';
			return sendJson(res, 200, await context.introspect(token, protocol));
		}
		const body = await readBody(req);
		const parsed: unknown = body.trim() === '' ? undefined : JSON.parse(body);
		sendJson(res, 200, context.control.handle(req.method ?? 'GET', path.slice(1), parsed));
	}

	function answerError({ path, req, res }: Call, error: unknown): void {
		if (error instanceof RedirectedError) {
			const body = error.reason.toBody(nowMs());
			return redirect(res, errorLocation(error.params, body));
		}
		if (error instanceof ControlError || error instanceof SyntaxError) {
			return sendJson(res, 400, { error: error.message });
		}
		if (!(error instanceof AadError)) {
			console.error(error);
			return sendJson(res, 500, { error: 'server_error' });
		}
		if (path === providerRoutes.token || path.endsWith('openid-configuration')) {
			return sendJson(res, error.status, error.toBody(nowMs(), correlationId(req)));
		}
		sendHtml(res, 400, errorPage(error.toBody(nowMs()).error_description));
	}
}

/** The way back from the pages, the keys, and the switch from one signed-in user to another. */
function belongsToProvider(path: string): boolean {
	return (
		path === providerRoutes.jwks ||
		path === `${providerRoutes.end_session}/confirm` ||
		path.startsWith(`${providerRoutes.authorization}/`)
	);
}

function correlationId(req: IncomingMessage): string | undefined {
	const header = req.headers['client-request-id'];
	return Array.isArray(header) ? header[0] : header;
}
