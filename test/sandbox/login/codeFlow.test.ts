import { createHash } from 'node:crypto';
import {
	app,
	askToken,
	callback,
	claimsOf,
	domain,
	graph,
	newPerson,
	openId,
	outlook,
	password,
	redeem,
	tenantId,
	turn,
	type Person,
} from './person';
import { startStandalone, type StandaloneLogin } from './standalone';

let login: StandaloneLogin;
let person: Person;

beforeAll(async () => {
	login = await startStandalone();
}, 60_000);

afterAll(async () => await login.stop());

beforeEach(async () => {
	person = await newPerson(login);
	await turn(login, person.browser, { reset: true });
});

describe('signing in and consenting', () => {
	it('asks for sign-in, then consent in plain words, then returns a code and the state', async () => {
		const signIn = await person.open({ login_hint: `ana@${domain}` });
		expect(signIn.page).toContain('id="i0116"');
		expect(signIn.page).toContain(`value="ana@${domain}"`);
		const consent = await person.press(signIn, {
			action: 'signIn',
			loginfmt: `ana@${domain}`,
			passwd: password,
		});
		const named = [...consent.page.matchAll(/data-permission="([^"]+)"/g)].map(([, name]) => name);
		expect(named.sort()).toEqual(
			['Mail.Read', 'User.Read', 'email', 'offline_access', 'openid', 'profile'].sort(),
		);
		expect(consent.page).toContain('Read your mail');
		const { url, params } = await person.press(consent, { action: 'accept' });
		expect(url.startsWith(callback)).toBe(true);
		expect([...params.keys()].sort()).toEqual(['code', 'state']);
		expect(params.get('state')).toBe('the state');
	});

	it('remembers session and consent, and asks again for a permission that is new', async () => {
		await person.connect('ana');
		const again = await person.open();
		expect(again.params.get('code')).toBeTruthy();
		const more = await person.open({ scope: `${openId} Mail.Read Mail.Send` });
		expect(more.page).toContain('data-permission="Mail.Send"');
	});

	it('honours prompt=consent, login, select_account and none', async () => {
		await person.connect('ana');
		expect((await person.open({ prompt: 'consent' })).page).toContain('idBtn_Accept');
		expect((await person.open({ prompt: 'login' })).page).toContain('i0118');
		const chosen = await person.connect('ana', { prompt: 'select_account' });
		expect(chosen.params.get('code')).toBeTruthy();
		expect((await person.open({ prompt: 'none' })).params.get('code')).toBeTruthy();
		const stranger = await newPerson(login);
		const { params } = await stranger.open({ prompt: 'none' });
		expect(params.get('error')).toBe('login_required');
		expect(params.get('error_description')).toMatch(/^AADSTS50058: .* Trace ID: /);
	});

	it('returns AADSTS65004 when consent is declined', async () => {
		const signIn = await person.open();
		const consent = await person.press(signIn, {
			action: 'signIn',
			loginfmt: `ana@${domain}`,
			passwd: password,
		});
		const { url, params } = await person.press(consent, { action: 'cancel' });
		expect(url.startsWith(callback)).toBe(true);
		expect(params.get('error')).toBe('access_denied');
		expect(params.get('error_description')).toMatch(/^AADSTS65004: /);
		expect(params.get('state')).toBe('the state');
	});

	it('lets an admin consent for everyone', async () => {
		const query = new URLSearchParams({
			client_id: app.clientId,
			redirect_uri: callback,
			scope: `${graph}/Mail.Read ${graph}/User.Read`,
			state: 'admin',
		});
		const url = `${login.url}/${tenantId}/v2.0/adminconsent?${query.toString()}`;
		expect((await person.browser.get(url)).text).toContain('idBtn_Accept');
		const fields = { action: 'accept', loginfmt: `ben@${domain}`, passwd: password };
		expect((await person.browser.post(url, fields)).text).toContain('AADSTS90094');
		const done = await person.browser.post(url, { ...fields, loginfmt: `ana@${domain}` });
		const { searchParams } = new URL(done.location ?? '');
		expect(Object.fromEntries(searchParams)).toMatchObject({
			admin_consent: 'True',
			tenant: tenantId,
			state: 'admin',
		});
		await turn(login, person.browser, { userConsent: 'blocked' });
		const seen = await person.press(await person.open(), {
			action: 'signIn',
			loginfmt: `ben@${domain}`,
			passwd: password,
		});
		expect(seen.params.get('code')).toBeTruthy();
	});
});

describe('redeeming a code', () => {
	it("answers as Entra does, with Entra's claims", async () => {
		const tokens = await person.tokens('ana');
		expect(Object.keys(tokens).sort()).toEqual(
			[
				'access_token',
				'expires_in',
				'ext_expires_in',
				'id_token',
				'refresh_token',
				'scope',
				'token_type',
			].sort(),
		);
		expect(tokens).toMatchObject({
			token_type: 'Bearer',
			scope: 'User.Read Mail.Read openid profile email',
		});
		expect(tokens['expires_in']).toBeGreaterThanOrEqual(3599);
		expect(tokens['expires_in']).toBeLessThanOrEqual(5400);
		expect(claimsOf(tokens['access_token'])).toMatchObject({
			aud: graph,
			tid: tenantId,
			appid: app.clientId,
			idtyp: 'user',
			upn: `ana@${domain}`,
			scp: 'User.Read Mail.Read openid profile email',
			ver: '1.0',
		});
		expect(claimsOf(tokens['id_token'])).toMatchObject({
			aud: app.clientId,
			iss: `${login.url}/${tenantId}/v2.0`,
			tid: tenantId,
			name: 'Ana Martins',
			preferred_username: `ana@${domain}`,
		});
	});

	it('takes the secret in the header, form-encoded or plain', async () => {
		for (const secret of [app.clientSecret, encodeURIComponent(app.clientSecret)]) {
			const { params } = await person.connect('ana');
			const basic = Buffer.from(`${app.clientId}:${secret}`).toString('base64');
			const answer = await person.browser.post(
				`${login.url}/common/oauth2/v2.0/token`,
				{
					grant_type: 'authorization_code',
					redirect_uri: callback,
					code: params.get('code') ?? '',
				},
				{ authorization: `Basic ${basic}` },
			);
			expect(answer.status).toBe(200);
		}
	});

	it('gives no refresh token without offline_access', async () => {
		const tokens = await person.tokens('ana', { scope: 'openid profile Mail.Read' });
		expect(tokens['access_token']).toBeDefined();
		expect(tokens).not.toHaveProperty('refresh_token');
	});

	it('checks PKCE when it was begun', async () => {
		const verifier = 'v'.repeat(43);
		const pkce = {
			code_challenge: createHash('sha256').update(verifier).digest('base64url'),
			code_challenge_method: 'S256',
		};
		const connect = async (): Promise<string> =>
			(await person.connect('ana', pkce)).params.get('code') ?? '';
		const wrong = await redeem(login, person.browser, {
			code: await connect(),
			code_verifier: 'w'.repeat(43),
		});
		expect(wrong.json()['error_codes']).toEqual([501481]);
		const right = await redeem(login, person.browser, {
			code: await connect(),
			code_verifier: verifier,
		});
		expect(right.status).toBe(200);
	});

	it('takes a code once and leaves the consent alone', async () => {
		const { params } = await person.connect('ana');
		const code = params.get('code') ?? '';
		expect((await redeem(login, person.browser, { code })).status).toBe(200);
		const again = await redeem(login, person.browser, { code });
		expect(again.json()).toMatchObject({ error: 'invalid_grant', error_codes: [54005] });
		expect((await person.open()).params.get('code')).toBeTruthy();
	});

	it('maps prefixed scopes to their resource, whatever their case', async () => {
		const graphTokens = await person.tokens('ana', { scope: `openid ${graph}/mail.read` });
		expect(claimsOf(graphTokens['access_token'])).toMatchObject({
			aud: graph,
			scp: 'Mail.Read openid',
		});
		const mailTokens = await person.tokens('ana', {
			scope: `offline_access ${outlook}/IMAP.AccessAsUser.All ${outlook}/SMTP.Send`,
		});
		expect(claimsOf(mailTokens['access_token'])).toMatchObject({
			aud: outlook,
			scp: 'IMAP.AccessAsUser.All SMTP.Send',
		});
	});
});

describe('two resources', () => {
	const both = { scope: `${openId} Mail.Read ${outlook}/SMTP.Send` };

	it('takes consent for both at once but gives one token a resource', async () => {
		const { params } = await person.connect('ana', both);
		const code = params.get('code') ?? '';
		const mixed = await redeem(login, person.browser, { code });
		expect(mixed.json()).toMatchObject({ error: 'invalid_request', error_codes: [28000] });
		const tokens = (await redeem(login, person.browser, { code, scope: 'Mail.Read' })).json();
		expect(claimsOf(tokens['access_token'])).toMatchObject({ aud: graph });
		const refreshed = await askToken(login, person.browser, {
			grant_type: 'refresh_token',
			refresh_token: String(tokens['refresh_token']),
			scope: `${outlook}/SMTP.Send`,
		});
		expect(claimsOf(refreshed.json()['access_token'])).toMatchObject({
			aud: outlook,
			scp: 'SMTP.Send',
		});
	});
});

describe('refreshing', () => {
	const refresh = async (token: unknown, more: Record<string, string> = {}) =>
		await askToken(login, person.browser, {
			grant_type: 'refresh_token',
			refresh_token: String(token),
			...more,
		});

	it('gives a new refresh token and lets the old one live', async () => {
		const { refresh_token: old, scope } = await person.tokens('ana');
		const first = await refresh(old);
		expect(first.json()).toMatchObject({ scope });
		expect(first.json()['refresh_token']).not.toBe(old);
		expect((await refresh(old)).status).toBe(200);
		expect((await refresh(first.json()['refresh_token'])).status).toBe(200);
	});

	it('refuses what was not consented to, and gives a part of what was', async () => {
		const { refresh_token: token } = await person.tokens('ana');
		const more = await refresh(token, { scope: 'Mail.Send' });
		expect(more.json()).toMatchObject({
			error: 'invalid_grant',
			error_codes: [65001],
			suberror: 'consent_required',
		});
		const part = await refresh(token, { scope: 'Mail.Read' });
		expect(claimsOf(part.json()['access_token'])['scp']).toBe('Mail.Read');
		const all = await refresh(token, { scope: `${graph}/.default` });
		expect(claimsOf(all.json()['access_token'])['scp']).toBe('User.Read Mail.Read');
	});

	it('says why a token is over', async () => {
		const { refresh_token: token } = await person.tokens('ana');
		expect((await refresh('no such token')).json()['error_codes']).toEqual([70000]);
		for (const [switches, code] of [
			[{ conditionalAccess: 'requireMfa' }, 50076],
			[{ conditionalAccess: 'block' }, 50076],
			[{ expireRefreshTokens: [`ana@${domain}`] }, 700082],
			[{ revokeRefreshTokens: true }, 50173],
		] as const) {
			await turn(login, person.browser, switches);
			expect((await refresh(token)).json()).toMatchObject({
				error: 'invalid_grant',
				error_codes: [code],
			});
		}
	});

	it('lets a refresh token expire after 90 days of the sandbox time', async () => {
		const { refresh_token: token } = await person.tokens('ana');
		const day = 24 * 60 * 60 * 1000;
		await turn(login, person.browser, { advanceMs: 89 * day }, 'clock');
		const next = await refresh(token);
		expect(next.status).toBe(200);
		await turn(login, person.browser, { advanceMs: 2 * day }, 'clock');
		expect((await refresh(token)).json()['error_codes']).toEqual([700082]);
		expect((await refresh(next.json()['refresh_token'])).status).toBe(200);
	});
});
