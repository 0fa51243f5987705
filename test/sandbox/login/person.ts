import { sandboxDirectory, type SandboxApp } from '../../../sandbox/directory';
import { createBrowserless, type Answer, type Browserless } from './browserless';
import type { StandaloneLogin } from './standalone';

export const callback = 'http://localhost:5678/rest/oauth2-credential/callback';
export const { tenantId, domain } = sandboxDirectory;
export const password = 'Sandbox-2026!';
export const graph = 'https://graph.sandbox.test';
export const outlook = 'https://outlook.sandbox.test';
export const openId = 'openid profile email offline_access';

const [firstApp] = sandboxDirectory.apps;
if (!firstApp) throw new Error('The directory has no app.');
export const app: SandboxApp = firstApp;

/** Someone before a browser, and n8n behind it. */
export interface Person {
	readonly browser: Browserless;
	/** Opens the authorize address; ends at a page or at the redirect to n8n. */
	open(params?: Record<string, string>, tenant?: string): Promise<Seen>;
	/** Fills in the page that is open. */
	press(seen: Seen, fields: Record<string, string>): Promise<Seen>;
	/** Opens, signs in and accepts, as far as asked. @returns the redirect to n8n. */
	connect(name: string, params?: Record<string, string>): Promise<Seen>;
	/** `connect`, and n8n's redeeming of the code. */
	tokens(name: string, params?: Record<string, string>): Promise<Record<string, unknown>>;
}

export interface Seen {
	readonly url: string;
	readonly page: string;
	readonly status: number;
	/** The redirect's query. */
	readonly params: URLSearchParams;
}

export async function newPerson(login: StandaloneLogin): Promise<Person> {
	const browser = await createBrowserless(login.url, login.caFile);
	const see = async (answer: Answer): Promise<Seen> => {
		const { page, url, answer: last } = await browser.visit(answer);
		return { page, url, status: last.status, params: url ? new URL(url).searchParams : none };
	};
	const none = new URLSearchParams();

	const person: Person = {
		browser,
		async open(params = {}, tenant = 'common') {
			const query = new URLSearchParams({
				client_id: app.clientId,
				redirect_uri: callback,
				response_type: 'code',
				scope: `${openId} User.Read Mail.Read`,
				state: 'the state',
				...params,
			});
			return await see(
				await browser.get(`${login.url}/${tenant}/oauth2/v2.0/authorize?${query.toString()}`),
			);
		},
		press: async (seen, fields) => await see(await browser.post(seen.url, fields)),
		async connect(name, params) {
			let seen = await person.open(params);
			if (seen.page.includes('id="i0118"')) {
				seen = await person.press(seen, {
					action: 'signIn',
					loginfmt: `${name}@${domain}`,
					passwd: password,
				});
			}
			if (seen.page.includes('id="idBtn_Accept"')) {
				seen = await person.press(seen, { action: 'accept' });
			}
			return seen;
		},
		async tokens(name, params) {
			const { params: answer } = await person.connect(name, params);
			const redeemed = await redeem(login, browser, { code: answer.get('code') ?? '' });
			return redeemed.json();
		},
	};
	return person;
}

/** Redeems a code as n8n does, or with other fields. */
export async function redeem(
	login: StandaloneLogin,
	browser: Browserless,
	fields: Record<string, string>,
): Promise<Answer> {
	return await askToken(login, browser, {
		grant_type: 'authorization_code',
		redirect_uri: callback,
		...fields,
	});
}

/** A request to the token endpoint with the app's id and secret, unless given otherwise. */
export async function askToken(
	login: StandaloneLogin,
	browser: Browserless,
	fields: Record<string, string>,
	tenant = 'common',
): Promise<Answer> {
	return await browser.post(`${login.url}/${tenant}/oauth2/v2.0/token`, {
		client_id: app.clientId,
		client_secret: app.clientSecret,
		...fields,
	});
}

/** Turns the login's switches; afterwards `{reset: true}` makes it as new. */
export async function turn(
	login: StandaloneLogin,
	browser: Browserless,
	switches: Record<string, unknown>,
	control = 'login',
): Promise<Answer> {
	return await browser.postJson(`${login.url}/__sandbox__/${control}`, switches);
}

export function claimsOf(token: unknown): Record<string, unknown> {
	const payload = String(token).split('.')[1] ?? '';
	return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
}
