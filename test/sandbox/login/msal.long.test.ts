import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { makeCertificate, type TestCertificate } from '../../core/auth/certificates';
import {
	app,
	callback,
	claimsOf,
	domain,
	graph,
	newPerson,
	openId,
	outlook,
	tenantId,
	turn,
	type Person,
} from './person';
import { startStandalone, type StandaloneLogin } from './standalone';

const hourMs = 60 * 60 * 1000;
const anaId = '00000000-0000-4000-8000-000000000001';
let login: StandaloneLogin;
let person: Person;
let registered: TestCertificate;
let stranger: TestCertificate;

beforeAll(async () => {
	const validity = {
		notBefore: new Date(Date.now() - hourMs),
		notAfter: new Date(Date.now() + hourMs),
	};
	login = await startStandalone();
	person = await newPerson(login);
	registered = await makeCertificate(validity);
	stranger = await makeCertificate(validity);
	const certificates = [registered.certificate];
	await turn(login, person.browser, { clientId: app.clientId, certificates }, 'apps');
}, 60_000);

afterAll(async () => await login.stop());

async function msal(request: Record<string, unknown>): Promise<Record<string, unknown>> {
	return await new Promise((resolve, reject) => {
		const child = execFile(
			process.execPath,
			[join(__dirname, 'msalClient.mjs')],
			{ env: { ...process.env, NODE_EXTRA_CA_CERTS: login.caFile } },
			(error, stdout) => {
				if (error) reject(new Error(error.message));
				else resolve(JSON.parse(stdout) as Record<string, unknown>);
			},
		);
		child.stdin?.end(JSON.stringify(request));
	});
}

const appOnly = (more: Record<string, unknown>): Record<string, unknown> => ({
	authority: `${login.url}/${tenantId}`,
	clientId: app.clientId,
	scopes: [`${graph}/.default`],
	...more,
});

it('gets app-only tokens with a secret', async () => {
	const result = await msal(appOnly({ secret: app.clientSecret }));
	expect(claimsOf(result['accessToken'])).toMatchObject({
		aud: graph,
		idtyp: 'app',
		// Those of Exchange are in tokens for Outlook.
		roles: app.applicationPermissions.filter((role) => !/^(IMAP|SMTP)\./.test(role)),
	});
	expect(result['isNew']).toBe(true);
});

it('gets app-only tokens with a certificate, again with the same assertion', async () => {
	const result = await msal(appOnly({ ...registered, scopes: [`${outlook}/.default`] }));
	expect(claimsOf(result['accessToken'])).toMatchObject({ aud: outlook, idtyp: 'app' });
	expect(result['isNew']).toBe(true);
});

it("takes a certificate's assertion though the sandbox's clock is ahead", async () => {
	await turn(login, person.browser, { advanceMs: 5 * hourMs }, 'clock');
	const result = await msal(appOnly({ ...registered }));
	expect(result).toHaveProperty('accessToken');
});

it('refuses a certificate that is not registered, and a key that is not of its certificate', async () => {
	const unknown = await msal(appOnly({ ...stranger }));
	expect(unknown['errorMessage']).toContain('AADSTS700027');
	const foreignKey = await msal(appOnly({ ...registered, privateKey: stranger.privateKey }));
	expect(foreignKey['errorMessage']).toContain('AADSTS700027');
});

it("gives MSAL the code of Entra's error", async () => {
	const result = await msal(appOnly({ secret: 'wrong' }));
	expect(result['errorCode']).toBe('invalid_client');
	expect(result['errorMessage']).toContain('AADSTS7000215');
});

it('signs a user in through MSAL, on common and on the tenant, and refreshes', async () => {
	for (const tenant of ['common', tenantId]) {
		const { params } = await person.connect('ana', { scope: `${openId} User.Read Mail.Read` });
		const result = await msal({
			authority: `${login.url}/${tenant}`,
			clientId: app.clientId,
			secret: app.clientSecret,
			scopes: ['Mail.Read'],
			code: params.get('code'),
			redirectUri: callback,
		});
		expect(result).toMatchObject({
			username: `ana@${domain}`,
			homeAccountId: `${anaId}.${tenantId}`,
			isNew: true,
		});
	}
});
