import { type DelegatedSignIn, diagnoseSignIn } from '../../../core/auth/diagnose';
import { resolveCloud } from '../../../core/clouds';
import { axiosSend } from '../../../core/http/axiosSend';
import {
	errorAnswer,
	type LoginServer,
	nobodySignedIn,
	startLoginServer,
	tokenAnswer,
} from './loginServer';

let login: LoginServer;
let secretNumber = 0;

beforeEach(async () => {
	login = await startLoginServer();
});

afterEach(async () => {
	await login.close();
});

const redirectUri = 'https://n8n.example.com/rest/oauth2-credential/callback';
const tenantId = '8eaef023-2b34-4da1-9baa-8bc8c9d6a490';

const signIn = (over: Partial<DelegatedSignIn> = {}): DelegatedSignIn => ({
	cloud: resolveCloud({
		environment: 'custom',
		customLoginUrl: login.origin,
		customGraphUrl: 'https://graph.example.com',
	}),
	tenantId,
	clientId: '535fb089-9ff3-47b6-9bfb-4f1264799865',
	credential: { kind: 'secret', secret: `diagnosed-${++secretNumber}` },
	scopes: 'Mail.Read openid offline_access',
	redirectUri,
	...over,
});

describe('diagnoseSignIn, when nobody has connected', () => {
	const failure = { kind: 'neverConnected' } as const;

	it('says that the app is right and what is left to do, with the admin consent link', async () => {
		login.answer(tokenAnswer('app'), nobodySignedIn(redirectUri));
		const error = await diagnoseSignIn(signIn(), failure, axiosSend);
		expect(error.code).toBe('not_connected');
		expect(error.nextStep).toMatch(/Client ID and client secret are right.*"Connect"/);
		const link = new URL(/https?:\S+adminconsent\S+/.exec(error.nextStep)?.[0] ?? '');
		expect(`${link.origin}${link.pathname}`).toBe(`${login.origin}/${tenantId}/v2.0/adminconsent`);
		expect(Object.fromEntries(link.searchParams)).toEqual({
			client_id: '535fb089-9ff3-47b6-9bfb-4f1264799865',
			scope: 'Mail.Read openid offline_access',
			redirect_uri: redirectUri,
		});
	});

	it.each([7000215, 7000222, 700016, 90002])('finds AADSTS%i', async (code) => {
		login.answer(errorAnswer(code));
		const error = await diagnoseSignIn(signIn(), failure, axiosSend);
		expect(error.code).toBe(`AADSTS${code}`);
	});

	it('finds a certificate that can not be read, without asking', async () => {
		const credential = { kind: 'certificate', privateKey: 'x', certificate: 'y' } as const;
		const error = await diagnoseSignIn(signIn({ credential }), failure, axiosSend);
		expect(error.code).toBe('certificate_unreadable');
		expect(login.requests).toHaveLength(0);
	});

	it.each([
		['for many tenants', { tenantId: 'common' }],
		[
			'without a network',
			{
				cloud: resolveCloud({
					environment: 'custom',
					customLoginUrl: 'http://127.0.0.1:9',
					customGraphUrl: 'https://graph.example.com',
				}),
			},
		],
	])('says %s what it could not check', async (_case, over) => {
		const error = await diagnoseSignIn(signIn(over), failure, axiosSend);
		expect(error.code).toBe('not_connected');
		expect(error.nextStep).toMatch(/could not be checked/);
		expect(login.requests.filter(({ method }) => method === 'POST')).toHaveLength(0);
	});

	it.each([
		['a page', { status: 200, body: 'Sorry: AADSTS50011: The redirect URI does not match.' }],
		['an error page', { status: 400, body: { page: 'AADSTS50011: It does not match.' } }],
	])('finds a redirect URL that is not registered, as %s tells', async (_case, answer) => {
		login.answer(tokenAnswer('app'), answer);
		const error = await diagnoseSignIn(signIn(), failure, axiosSend);
		expect(error).toMatchObject({ code: 'AADSTS50011', docsAnchor: 'aadsts50011' });
		expect(error.nextStep).toContain('OAuth Redirect URL');
		const asked = new URL(login.requests[1]?.path ?? '', login.origin);
		expect([login.requests[1]?.method, asked.pathname]).toEqual([
			'GET',
			`/${tenantId}/oauth2/v2.0/authorize`,
		]);
		expect(Object.fromEntries(asked.searchParams)).toEqual({
			client_id: '535fb089-9ff3-47b6-9bfb-4f1264799865',
			response_type: 'code',
			redirect_uri: redirectUri,
			scope: 'Mail.Read openid offline_access',
			prompt: 'none',
		});
	});

	it('finds a permission that does not exist, which Microsoft tells in the redirect', async () => {
		login.answer(tokenAnswer('app'), {
			status: 302,
			body: '',
			headers: {
				location: `${redirectUri}?error=invalid_client&error_description=AADSTS650053%3a+No+such+scope.`,
			},
		});
		expect(await diagnoseSignIn(signIn(), failure, axiosSend)).toMatchObject({
			code: 'AADSTS650053',
		});
	});

	it.each(['AADSTS99999999: Unknown.', 'Sign in to your account'])(
		'makes nothing of a page that says %s',
		async (body) => {
			login.answer(tokenAnswer('app'), { status: 200, body });
			expect((await diagnoseSignIn(signIn(), failure, axiosSend)).code).toBe('not_connected');
		},
	);

	it('sends an admin of any tenant to organizations', async () => {
		const error = await diagnoseSignIn(signIn({ tenantId: 'common' }), failure, axiosSend);
		expect(error.nextStep).toContain(`${login.origin}/organizations/v2.0/adminconsent`);
	});
});

describe('diagnoseSignIn, when the sign-in can not be renewed', () => {
	const failure = { kind: 'notRenewable', refreshToken: 'a-refresh-token' } as const;

	it.each([
		[50076, /second factor/],
		[50057, /admin has to allow/],
		[53003, /Conditional Access|sign-in log/],
		[700082, /connect the account again/],
		[7000222, /new secret/],
	])('asks Microsoft for the reason that n8n withholds: AADSTS%i', async (code, step) => {
		login.answer(errorAnswer(code, 'invalid_grant'));
		const error = await diagnoseSignIn(signIn({ tenantId: 'common' }), failure, axiosSend);
		expect(error).toMatchObject({
			code: `AADSTS${code}`,
			nextStep: expect.stringMatching(step) as string,
		});
		expect(login.requests[0]).toMatchObject({
			method: 'POST',
			form: { grant_type: 'refresh_token', refresh_token: 'a-refresh-token' },
		});
		expect(login.requests[0]?.path.split('?')[0]).toBe('/common/oauth2/v2.0/token');
		expect(JSON.stringify(error)).not.toContain('a-refresh-token');
	});

	it('gives the admin consent link where one is needed', async () => {
		login.answer(errorAnswer(65001, 'invalid_grant'));
		const error = await diagnoseSignIn(signIn(), failure, axiosSend);
		expect(error.nextStep).toContain(`${login.origin}/${tenantId}/v2.0/adminconsent?client_id=`);
	});

	it('says to connect again where Microsoft gives no reason', async () => {
		login.answer({ status: 400, body: { error: 'invalid_grant' } });
		const error = await diagnoseSignIn(signIn(), failure, axiosSend);
		expect(error).toMatchObject({
			code: 'invalid_grant',
			nextStep: expect.stringContaining('connect the account again') as string,
		});
	});
});
