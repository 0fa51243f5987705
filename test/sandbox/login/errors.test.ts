import {
	app,
	askToken,
	callback,
	domain,
	graph,
	newPerson,
	outlook,
	password,
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

const client = { grant_type: 'client_credentials', scope: `${graph}/.default` };

it("has the shape of Entra's errors and repeats the correlation id", async () => {
	const answer = await person.browser.post(
		`${login.url}/${tenantId}/oauth2/v2.0/token`,
		{ ...client, client_id: app.clientId, client_secret: 'wrong' },
		{ 'client-request-id': '11111111-2222-3333-4444-555555555555' },
	);
	expect(answer.status).toBe(401);
	const { error_description: description, timestamp, trace_id: traceId, ...rest } = answer.json();
	expect(description).toBe(
		`AADSTS7000215: Invalid client secret provided. The app is "${app.clientId}". ` +
			`Trace ID: ${String(traceId)} Correlation ID: 11111111-2222-3333-4444-555555555555 ` +
			`Timestamp: ${String(timestamp)}`,
	);
	expect(traceId).toMatch(/^[0-9a-f-]{36}$/);
	expect(timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
	expect(rest).toEqual({
		error: 'invalid_client',
		error_codes: [7000215],
		correlation_id: '11111111-2222-3333-4444-555555555555',
		error_uri: 'https://login.microsoftonline.com/error?code=7000215',
	});
	expect(answer.text).not.toContain('wrong');
});

describe('at the token endpoint', () => {
	it.each([
		[
			'an unknown app',
			{ ...client, client_id: '00000000-1111-2222-3333-444444444444' },
			tenantId,
			700016,
			'unauthorized_client',
		],
		['an unknown tenant', client, '99999999-1111-2222-3333-444444444444', 90002, 'invalid_request'],
		['an unknown domain', client, 'fabrikam.example', 90002, 'invalid_request'],
		['a malformed tenant', client, 'not_a_tenant', 900023, 'invalid_request'],
		['no secret', { ...client, client_secret: '' }, tenantId, 7000218, 'invalid_client'],
		[
			'a bad assertion',
			{
				...client,
				client_secret: '',
				client_assertion: 'a.b.c',
				client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
			},
			tenantId,
			700027,
			'invalid_client',
		],
		['app-only on common', client, 'common', 50059, 'invalid_request'],
		[
			'app-only without .default',
			{ ...client, scope: `${graph}/Mail.Read` },
			tenantId,
			1002012,
			'invalid_scope',
		],
		[
			'an unknown resource',
			{ ...client, scope: 'https://nowhere.test/.default' },
			tenantId,
			500011,
			'invalid_resource',
		],
		['no scope', { grant_type: 'client_credentials' }, tenantId, 900144, 'invalid_request'],
		['no grant type', {}, tenantId, 900144, 'invalid_request'],
		[
			'an unknown grant type',
			{ grant_type: 'password' },
			tenantId,
			70003,
			'unsupported_grant_type',
		],
		[
			'an unknown code',
			{ grant_type: 'authorization_code', code: 'x', redirect_uri: callback },
			tenantId,
			70000,
			'invalid_grant',
		],
	])('refuses %s', async (_what, fields, tenant, code, error) => {
		const answer = await askToken(login, person.browser, fields, tenant);
		expect(answer.json()).toMatchObject({ error, error_codes: [code] });
		expect(answer.json()['error_description']).toMatch(new RegExp(`^AADSTS${code}: `));
		expect(answer.status).toBe(error === 'invalid_client' ? 401 : 400);
	});

	it('refuses a parameter that is there twice', async () => {
		const url = `${login.url}/${tenantId}/oauth2/v2.0/token?`;
		const answer = await person.browser.postRaw(url, 'grant_type=a&grant_type=b');
		expect(answer.json()['error_codes']).toEqual([9002313]);
	});

	it('refuses an expired secret until it is restored', async () => {
		await turn(login, person.browser, { expireSecrets: [app.clientId] });
		const expired = await askToken(login, person.browser, client, tenantId);
		expect(expired.json()).toMatchObject({ error: 'invalid_client', error_codes: [7000222] });
		await turn(login, person.browser, { restoreSecrets: [app.clientId] });
		expect((await askToken(login, person.browser, client, tenantId)).status).toBe(200);
	});

	it('refuses a single-tenant app on common', async () => {
		await turn(
			login,
			person.browser,
			{ clientId: app.clientId, signInAudience: 'AzureADMyOrg' },
			'apps',
		);
		const refused = await askToken(login, person.browser, client, 'common');
		expect(refused.json()['error_codes']).toEqual([50194]);
		expect((await person.open()).page).toContain('AADSTS50194');
		expect((await askToken(login, person.browser, client, domain)).status).toBe(200);
	});

	it('refuses a user who was disabled, unassigned or blocked since', async () => {
		const { refresh_token: token } = await person.tokens('ben');
		for (const [switches, code] of [
			[{ disableUsers: [`ben@${domain}`] }, 50057],
			[{ enableUsers: [`ben@${domain}`], unassignUsers: [`ben@${domain}`] }, 50105],
			[{ assignUsers: [`ben@${domain}`], conditionalAccess: 'block' }, 53003],
		] as const) {
			await turn(login, person.browser, switches);
			const answer = await askToken(login, person.browser, {
				grant_type: 'refresh_token',
				refresh_token: String(token),
			});
			expect(answer.json()).toMatchObject({ error: 'invalid_grant', error_codes: [code] });
			// The session is still there: the page says why it is of no use.
			expect((await person.open()).page).toContain(`AADSTS${code}`);
		}
	});

	it('fails as often as it is told to', async () => {
		await turn(login, person.browser, { failTokenRequests: { code: 90033, times: 2 } });
		const statuses: number[] = [];
		for (let call = 0; call < 3; call += 1) {
			statuses.push((await askToken(login, person.browser, client, tenantId)).status);
		}
		expect(statuses).toEqual([503, 503, 200]);
	});
});

describe('on a page', () => {
	it.each([
		['an unknown app', { client_id: '00000000-1111-2222-3333-444444444444' }, 'common', 700016],
		[
			'a redirect that is not n8n on this machine',
			{ redirect_uri: 'https://evil.example/rest/oauth2-credential/callback' },
			'common',
			50011,
		],
		[
			'a redirect to another path',
			{ redirect_uri: 'http://localhost:5678/elsewhere' },
			'common',
			50011,
		],
		['an unknown tenant', {}, 'fabrikam.example', 90002],
		['a malformed tenant', {}, 'not_a_tenant', 900023],
	])('shows %s and redirects nowhere', async (_what, params, tenant, code) => {
		const seen = await person.open(params, tenant);
		expect(seen.status).toBe(400);
		expect(seen.page).toContain(`AADSTS${code}`);
	});

	it.each([
		['a wrong password', { loginfmt: `ana@${domain}`, passwd: 'wrong' }, 50126],
		['an unknown user', { loginfmt: `nobody@${domain}`, passwd: password }, 50034],
		['a shared mailbox', { loginfmt: `support@${domain}`, passwd: password }, 50057],
	])('shows %s', async (_what, fields, code) => {
		const seen = await person.press(await person.open(), { action: 'signIn', ...fields });
		expect(seen.page).toContain(`AADSTS${code}`);
		expect(seen.params.get('code')).toBeNull();
	});

	it('shows "Need admin approval" where user consent is blocked, and to admins the consent', async () => {
		await turn(login, person.browser, { userConsent: 'blocked' });
		const signIn = { action: 'signIn', passwd: password };
		const blocked = await person.press(await person.open(), {
			...signIn,
			loginfmt: `ben@${domain}`,
		});
		expect(blocked.page).toContain('id="needAdminApproval"');
		expect(blocked.page).toContain('AADSTS90094');
		const back = await person.press(blocked, { action: 'cancel' });
		expect(back.params.get('error')).toBe('access_denied');
		expect(back.params.get('error_description')).toMatch(/^AADSTS90094: /);
		const admin = await newPerson(login);
		const asked = await admin.press(await admin.open(), { ...signIn, loginfmt: `ana@${domain}` });
		expect(asked.page).toContain('idBtn_Accept');
	});

	it('escapes what the caller wrote', async () => {
		const seen = await person.open({ redirect_uri: 'https://x.example/<script>' });
		expect(seen.page).not.toContain('<script>');
		expect(seen.page).toContain('&lt;script&gt;');
	});
});

describe('redirected to the app', () => {
	it.each([
		['a permission that does not exist', { scope: 'Mail.Reed' }, 'invalid_client', 650053],
		[
			'a permission of the other resource',
			{ scope: `${outlook}/Mail.Read` },
			'invalid_client',
			650053,
		],
		[
			'an unknown resource',
			{ scope: 'https://nowhere.test/Mail.Read' },
			'invalid_resource',
			500011,
		],
		[
			'.default beside other scopes',
			{ scope: `${graph}/.default Mail.Read` },
			'invalid_scope',
			70011,
		],
		['no scope', { scope: '' }, 'invalid_request', 900144],
		[
			'a response type that is not enabled',
			{ response_type: 'token' },
			'unsupported_response_type',
			700054,
		],
		['an unknown prompt', { prompt: 'please' }, 'invalid_request', 9002313],
	])('tells of %s', async (_what, change, error, code) => {
		const { url, params } = await person.open(change);
		expect(url.startsWith(callback)).toBe(true);
		expect(params.get('error')).toBe(error);
		expect(params.get('error_description')).toMatch(new RegExp(`^AADSTS${code}: `));
		expect(params.get('state')).toBe('the state');
	});
});

describe('the controls', () => {
	it('refuse what they do not know', async () => {
		for (const [body, control] of [
			[{ userConsnet: 'blocked' }, 'login'],
			[{ userConsent: 'perhaps' }, 'login'],
			[{ disableUsers: ['nobody@nowhere.example'] }, 'login'],
			[{ failTokenRequests: { code: 1, times: 1 } }, 'login'],
			[{ displayName: 'no client id' }, 'apps'],
			[{ advanceMs: 'soon' }, 'clock'],
		] as const) {
			expect((await turn(login, person.browser, body, control)).status).toBe(400);
		}
	});

	it('tell of each token that was given, not of those refused', async () => {
		await askToken(login, person.browser, client, tenantId);
		await askToken(login, person.browser, { ...client, client_secret: 'wrong' }, tenantId);
		const answer = await person.browser.get(`${login.url}/__sandbox__/tokens`);
		expect(JSON.parse(answer.text)).toEqual([
			{ at: expect.stringMatching(/^\d{4}-.*Z$/) as string, grantType: 'client_credentials' },
		]);
	});

	it('answer the switches as they are', async () => {
		await turn(login, person.browser, {
			disableUsers: [`Ben@${domain}`],
			tokenLifetimeSeconds: 60,
		});
		const answer = await person.browser.get(`${login.url}/__sandbox__/login`);
		expect(answer.json()).toEqual({
			userConsent: 'allowed',
			conditionalAccess: 'off',
			tokenLifetimeSeconds: 60,
			expiredSecrets: [],
			disabledUsers: [`ben@${domain}`],
			unassignedUsers: [],
			failTokenRequests: null,
		});
	});
});
