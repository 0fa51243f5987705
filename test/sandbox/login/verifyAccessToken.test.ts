import {
	app,
	askToken,
	domain,
	graph,
	newPerson,
	outlook,
	tenantId,
	turn,
	type Person,
} from './person';
import { startStandalone, type StandaloneLogin } from './standalone';

let login: StandaloneLogin;
let person: Person;

beforeAll(async () => {
	login = await startStandalone();
	person = await newPerson(login);
}, 60_000);

afterAll(async () => await login.stop());

const issue = async (options: Record<string, unknown>): Promise<string> =>
	String((await login.ask({ issue: options }))['token']);

it('takes delegated tokens for what they are for', async () => {
	const token = await issue({ user: `ben@${domain}`, scopes: ['Mail.Read'] });
	const { claims } = await login.ask({ verify: token });
	expect(claims).toMatchObject({ aud: graph, upn: `ben@${domain}`, scp: 'Mail.Read' });
	expect(claims).not.toHaveProperty('roles');
});

it("tells Graph's application permissions from Outlook's", async () => {
	await turn(
		login,
		person.browser,
		{ clientId: app.clientId, applicationPermissions: ['Mail.Send', 'IMAP.AccessAsApp'] },
		'apps',
	);
	const roles = async (resource: 'graph' | 'outlook', origin: string): Promise<unknown> => {
		const answer = await askToken(
			login,
			person.browser,
			{ grant_type: 'client_credentials', scope: `${origin}/.default` },
			tenantId,
		);
		const { claims } = await login.ask({ verify: answer.json()['access_token'], resource });
		return (claims as Record<string, unknown>)['roles'];
	};
	expect(await roles('graph', graph)).toEqual(['Mail.Send']);
	expect(await roles('outlook', outlook)).toEqual(['IMAP.AccessAsApp']);
});

it('refuses a token for another resource', async () => {
	const token = await issue({ user: `ben@${domain}`, resource: 'outlook', scopes: ['SMTP.Send'] });
	expect(await login.ask({ verify: token })).toEqual({ reason: 'audience' });
	expect(await login.ask({ verify: token, resource: 'outlook' })).toHaveProperty('claims');
});

it('refuses a forged token', async () => {
	const token = await issue({ user: `ben@${domain}`, scopes: ['Mail.Read'] });
	const [header = '', payload = '', signature = ''] = token.split('.');
	const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
	const encode = (value: object): string =>
		Buffer.from(JSON.stringify(value)).toString('base64url');
	const changed = encode({ ...claims, scp: 'Mail.ReadWrite' });
	expect(await login.ask({ verify: `${header}.${changed}.${signature}` })).toEqual({
		reason: 'signature',
	});
	expect(await login.ask({ verify: `${encode({ alg: 'none' })}.${payload}.` })).toEqual({
		reason: 'signature',
	});
	expect(await login.ask({ verify: 'nonsense' })).toEqual({ reason: 'malformed' });
});

it("refuses an expired token, by the sandbox's clock", async () => {
	const token = await issue({ lifetimeSeconds: 600 });
	await turn(login, person.browser, { advanceMs: 590_000 }, 'clock');
	expect(await login.ask({ verify: token })).toHaveProperty('claims');
	await turn(login, person.browser, { advanceMs: 20_000 }, 'clock');
	expect(await login.ask({ verify: token })).toEqual({ reason: 'expired' });
});

it('gives tokens the lifetime that was switched', async () => {
	await turn(login, person.browser, { tokenLifetimeSeconds: 120 });
	const answer = await askToken(
		login,
		person.browser,
		{ grant_type: 'client_credentials', scope: `${graph}/.default` },
		tenantId,
	);
	expect(answer.json()).toMatchObject({ expires_in: 120, ext_expires_in: 120 });
});
