import type { ICredentialsDecrypted, ICredentialTestFunctions } from 'n8n-workflow';
import { microsoft365AppOnlyTest } from '../../../nodes/kit/credentialTests';
import {
	errorAnswer,
	type LoginServer,
	startLoginServer,
	tokenAnswer,
} from '../../core/auth/loginServer';

let login: LoginServer;
let secretNumber = 0;

beforeEach(async () => {
	login = await startLoginServer();
});

afterEach(async () => {
	await login.close();
});

const tenantId = '8eaef023-2b34-4da1-9baa-8bc8c9d6a490';
const jwt = (claims: object) =>
	['e30', Buffer.from(JSON.stringify(claims)).toString('base64url'), 'x'].join('.');

async function test(over: Record<string, string> = {}) {
	return await microsoft365AppOnlyTest.call(
		{} as ICredentialTestFunctions,
		{
			data: {
				environment: 'custom',
				customLoginUrl: login.origin,
				customGraphUrl: 'https://graph.example.com',
				tenantId,
				clientId: 'a-client',
				clientSecret: `tested-${++secretNumber}`,
				...over,
			},
		} as unknown as ICredentialsDecrypted,
	);
}

describe('microsoft365AppOnlyTest', () => {
	it('tells what the app may do', async () => {
		const roles = ['Mail.Read', 'Mail.Send'];
		login.answer(tokenAnswer(jwt({ roles, n: 1 })), tokenAnswer(jwt({ roles, n: 2 })));
		await expect(test()).resolves.toEqual({
			status: 'OK',
			message: 'Connected. The app may: Mail.Read, Mail.Send',
		});
	});

	it('asks Microsoft each time, as the secret may be gone since', async () => {
		const secret = { clientSecret: 'the-same' };
		const roles = ['Mail.Read'];
		login.answer(tokenAnswer(jwt({ roles, n: 1 })), tokenAnswer(jwt({ roles, n: 2 })));
		await expect(test(secret)).resolves.toMatchObject({ status: 'OK' });
		login.answer(errorAnswer(7000215));
		await expect(test(secret)).resolves.toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/^The client secret is wrong\. .*AADSTS7000215/) as string,
		});
	});

	it('says that admin consent is missing, with the link', async () => {
		login.answer(tokenAnswer(jwt({ n: 1 })), tokenAnswer(jwt({ n: 2 })));
		const { status, message } = await test();
		expect(status).toBe('Error');
		expect(message).toMatch(/no application permission that an admin approved/);
		expect(message).toContain(`${login.origin}/${tenantId}/adminconsent?client_id=a-client`);
	});

	it('does not judge a token that it can not read', async () => {
		login.answer(tokenAnswer('opaque'), tokenAnswer('opaque-2'));
		await expect(test()).resolves.toMatchObject({ status: 'OK' });
	});

	it.each([
		[90002, /no such tenant/],
		[700016, /does not know this app/],
	])('tells of AADSTS%i', async (code, text) => {
		login.answer(errorAnswer(code));
		await expect(test()).resolves.toMatchObject({
			status: 'Error',
			message: expect.stringMatching(text) as string,
		});
	});

	it('refuses common with the reason, without asking', async () => {
		await expect(test({ tenantId: 'common' })).resolves.toMatchObject({
			status: 'Error',
			message: expect.stringMatching(/in one tenant/) as string,
		});
		expect(login.requests).toHaveLength(0);
	});
});
