import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
} from 'n8n-workflow';
import { microsoft365MailTest } from '../../../nodes/kit/credentialTests';
import { describeWithDovecot, type MailServers, startMailServers } from '../../support/mailServers';

const ana = 'ana@contoso.example';

describeWithDovecot('the test of a mail credential', () => {
	let servers: MailServers;
	beforeAll(async () => {
		servers = await startMailServers();
	}, 60_000);
	afterAll(async () => {
		await servers.close();
	});
	afterEach(async () => {
		await servers.reset();
	});

	async function test(over: ICredentialDataDecryptedObject = {}) {
		const { imap, smtp, loginUrl, directory } = servers;
		const data = {
			environment: 'custom',
			customLoginUrl: loginUrl,
			customGraphUrl: 'https://graph.example.com',
			customImapHost: `${imap.host}:${imap.port}`,
			customSmtpHost: `${smtp.host}:${smtp.port}`,
			tenantId: directory.tenantId,
			clientId: 'a-client',
			clientSecret: 'a-secret',
			purpose: 'both',
			oauthTokenData: { access_token: await servers.token({ user: ana }) },
			...over,
		};
		return await microsoft365MailTest.call(
			{} as ICredentialTestFunctions,
			{ data } as unknown as ICredentialsDecrypted,
		);
	}

	it('signs in to both servers', async () => {
		await expect(test()).resolves.toEqual({
			status: 'OK',
			message: `Connected: IMAP at 127.0.0.1 as ${ana}, SMTP at 127.0.0.1 as ${ana}`,
		});
		expect(await servers.signIns()).toEqual([{ mailbox: ana, outcome: 'accepted' }]);
		await expect(servers.log()).resolves.toContain(`Login: user=<${ana}>`);
	});

	it('signs in to the server of its purpose alone', async () => {
		await expect(test({ purpose: 'read', customSmtpHost: '' })).resolves.toEqual({
			status: 'OK',
			message: `Connected: IMAP at 127.0.0.1 as ${ana}`,
		});
		expect(await servers.signIns()).toEqual([]);
	});

	it('tells what an admin has to do', async () => {
		await servers.refuse('tenantDisabled');
		await expect(test()).resolves.toEqual({
			status: 'Error',
			message: expect.stringMatching(
				/^Sending by SMTP is switched off for the organization.*Set-CASMailbox/,
			) as string,
		});
	});

	it('tells that nobody has connected yet', async () => {
		await expect(test({ oauthTokenData: {} })).resolves.toMatchObject({
			status: 'Error',
			message: expect.stringContaining('Nobody has finished connecting') as string,
		});
	});
});
