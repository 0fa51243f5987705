import { constants, createPublicKey, verify, X509Certificate } from 'node:crypto';
import { type ApplicationIdentity, createApplicationTokens } from '../../../core/auth/msalTokens';
import { resolveCloud } from '../../../core/clouds';
import { axiosSend } from '../../../core/http/axiosSend';
import { makeCertificate } from './certificates';
import { errorAnswer, type LoginServer, startLoginServer, tokenAnswer } from './loginServer';

const tenantId = '8eaef023-2b34-4da1-9baa-8bc8c9d6a490';
const clientId = '535fb089-9ff3-47b6-9bfb-4f1264799865';
const graph = 'https://graph.example.com';

let login: LoginServer;
let secretNumber = 0;

beforeEach(async () => {
	login = await startLoginServer();
});

afterEach(async () => {
	await login.close();
});

// A secret of its own for each test, as the process shares tokens by it.
const identity = (over: Partial<ApplicationIdentity> = {}): ApplicationIdentity => ({
	cloud: resolveCloud({
		environment: 'custom',
		customLoginUrl: login.origin,
		customGraphUrl: graph,
	}),
	tenantId,
	clientId,
	credential: { kind: 'secret', secret: `secret-${++secretNumber}` },
	...over,
});

/** The parts of a JWT whose signature the certificate confirms. */
function readVerified(jwt: string, certificate: string): { header: unknown; payload: unknown } {
	const [header = '', payload = '', signature = ''] = jwt.split('.');
	const isGenuine = verify(
		'sha256',
		Buffer.from(`${header}.${payload}`),
		{ key: createPublicKey(certificate), padding: constants.RSA_PKCS1_PSS_PADDING },
		Buffer.from(signature, 'base64url'),
	);
	if (!isGenuine) throw new Error('The signature does not belong to the certificate');
	const parse = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown;
	return { header: parse(header), payload: parse(payload) };
}

describe('createApplicationTokens', () => {
	it('asks the tenant for the default scope of Graph, and nobody else for anything', async () => {
		login.answer(tokenAnswer('first'));
		const app = identity();
		await expect(createApplicationTokens(app, { send: axiosSend }).getToken()).resolves.toBe(
			'first',
		);
		expect(login.requests).toHaveLength(1);
		expect(login.requests[0]).toMatchObject({
			method: 'POST',
			form: {
				client_id: clientId,
				grant_type: 'client_credentials',
				scope: `${graph}/.default`,
				client_secret: `secret-${secretNumber}`,
			},
		});
		expect(login.requests[0]?.path.split('?')[0]).toBe(`/${tenantId}/oauth2/v2.0/token`);
	});

	it('proves itself by a certificate', async () => {
		const now = Date.now();
		const pair = await makeCertificate({
			notBefore: new Date(now - 60_000),
			notAfter: new Date(now + 3_600_000),
		});
		login.answer(tokenAnswer('signed'));
		const app = identity({ credential: { kind: 'certificate', ...pair } });
		await expect(createApplicationTokens(app, { send: axiosSend }).getToken()).resolves.toBe(
			'signed',
		);
		const form = login.requests[0]?.form ?? {};
		expect(form).toMatchObject({
			client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
		});
		expect(form).not.toHaveProperty('client_secret');
		const assertion = form['client_assertion'] ?? '';
		const certificate = new X509Certificate(pair.certificate);
		expect(readVerified(assertion, pair.certificate)).toEqual({
			header: {
				alg: 'PS256',
				typ: 'JWT',
				'x5t#S256': Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString(
					'base64url',
				),
			},
			payload: {
				aud: `${login.origin}/${tenantId}/oauth2/v2.0/token`,
				iss: clientId,
				sub: clientId,
				jti: expect.any(String) as string,
				iat: expect.any(Number) as number,
				nbf: expect.any(Number) as number,
				exp: expect.any(Number) as number,
			},
		});
	});

	it('shares a token among all providers of an app, and asks once for many at a time', async () => {
		login.answer(tokenAnswer('shared'));
		const app = identity();
		const provider = createApplicationTokens(app, { send: axiosSend });
		const tokens = await Promise.all([
			provider.getToken(),
			provider.getToken(),
			provider.getToken(),
		]);
		const again = await createApplicationTokens({ ...app }, { send: axiosSend }).getToken();
		expect([...tokens, again]).toEqual(['shared', 'shared', 'shared', 'shared']);
		expect(login.requests).toHaveLength(1);
	});

	it('keeps tokens of another secret, tenant or resource apart', async () => {
		login.answer(...['a', 'b', 'c', 'd'].map((token) => tokenAnswer(token)));
		const app = identity();
		const tokens = [
			await createApplicationTokens(app, { send: axiosSend }).getToken(),
			await createApplicationTokens(identity(), { send: axiosSend }).getToken(),
			await createApplicationTokens(
				{ ...app, tenantId: 'contoso.com' },
				{ send: axiosSend },
			).getToken(),
			await createApplicationTokens(app, {
				send: axiosSend,
				resource: 'https://outlook.example.com',
			}).getToken(),
		];
		expect(tokens).toEqual(['a', 'b', 'c', 'd']);
		expect(login.requests[2]?.path).toMatch(/^\/contoso\.com\//);
		expect(login.requests[3]?.form['scope']).toBe('https://outlook.example.com/.default');
	});

	it('renews a refused token once for all who were refused', async () => {
		login.answer(tokenAnswer('old'), tokenAnswer('new'));
		const provider = createApplicationTokens(identity(), { send: axiosSend });
		const old = await provider.getToken();
		const renewed = await Promise.all([provider.renew(old), provider.renew(old)]);
		expect(renewed).toEqual(['new', 'new']);
		await expect(provider.renew(old)).resolves.toBe('new');
		await expect(provider.getToken()).resolves.toBe('new');
		expect(login.requests).toHaveLength(2);
	});

	it('does not give out a token that is about to run out', async () => {
		login.answer(tokenAnswer('short', 60), tokenAnswer('long'));
		const provider = createApplicationTokens(identity(), { send: axiosSend });
		await provider.getToken();
		await expect(provider.getToken()).resolves.toBe('long');
	});

	it.each([
		[7000215, /Value, not its Secret ID/],
		[700016, /Client ID, Tenant ID/],
		[90002, /GCC/],
		[7000222, /Make a new secret/],
		[700027, /thumbprint/],
	])(
		'answers AADSTS%i with the step that mends it, and asks anew next time',
		async (code, step) => {
			login.answer(errorAnswer(code), tokenAnswer('mended'));
			const provider = createApplicationTokens(identity(), { send: axiosSend });
			const error: unknown = await provider.getToken().catch((caught: unknown) => caught);
			expect(error).toMatchObject({
				name: 'AuthError',
				code: `AADSTS${code}`,
				nextStep: expect.stringMatching(step) as string,
				traceId: '255d1aef-8c98-452f-ac51-23d051240864',
			});
			expect(JSON.stringify(error)).not.toContain(`secret-${secretNumber}`);
			await expect(provider.getToken()).resolves.toBe('mended');
		},
	);

	it('says that the sign-in server can not be reached', async () => {
		const app = identity({
			cloud: resolveCloud({
				environment: 'custom',
				customLoginUrl: 'http://127.0.0.1:9',
				customGraphUrl: graph,
			}),
		});
		await expect(
			createApplicationTokens(app, { send: axiosSend }).getToken(),
		).rejects.toMatchObject({
			code: 'login_unreachable',
			message: expect.stringContaining('127.0.0.1:9') as string,
		});
	});

	it('refuses a certificate that has expired without asking, and takes its successor', async () => {
		const now = Date.now();
		const day = 86_400_000;
		const expired = await makeCertificate({
			notBefore: new Date(now - 2 * day),
			notAfter: new Date(now - day),
		});
		const app = identity({ credential: { kind: 'certificate', ...expired } });
		await expect(
			createApplicationTokens(app, { send: axiosSend }).getToken(),
		).rejects.toMatchObject({
			code: 'certificate_expired',
		});
		expect(login.requests).toHaveLength(0);
	});

	it('refuses a tenant that stands for many', () => {
		expect(() =>
			createApplicationTokens(identity({ tenantId: 'common' }), { send: axiosSend }),
		).toThrow(/stands for many/);
	});

	it.each([
		['global', 'https://login.microsoftonline.com', 'https://graph.microsoft.com'],
		['usGovL4', 'https://login.microsoftonline.us', 'https://graph.microsoft.us'],
		['usGovL5', 'https://login.microsoftonline.us', 'https://dod-graph.microsoft.us'],
		[
			'china',
			'https://login.partner.microsoftonline.cn',
			'https://microsoftgraph.chinacloudapi.cn',
		],
	])('in %s speaks to its login host alone', async (environment, host, resource) => {
		const urls: string[] = [];
		const bodies: string[] = [];
		const provider = createApplicationTokens(identity({ cloud: resolveCloud({ environment }) }), {
			send: async (request) => {
				urls.push(request.url.split('?')[0] ?? '');
				if (request.body?.kind === 'bytes') bodies.push(request.body.value.toString());
				return await Promise.resolve({
					status: 200,
					headers: { 'content-type': 'application/json' },
					body: tokenAnswer('cloud').body,
				});
			},
		});
		await expect(provider.getToken()).resolves.toBe('cloud');
		expect(urls).toEqual([`${host}/${tenantId}/oauth2/v2.0/token`]);
		expect(new URLSearchParams(bodies[0]).get('scope')).toBe(`${resource}/.default`);
	});
});
