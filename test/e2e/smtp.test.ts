import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';
import type { Browser, Page } from 'playwright-core';
import type { N8nRest, SavedCredential } from '../../sandbox/n8n/rest';
import { saveScreenshot } from './support/artifacts';
import {
	chooseOption,
	connectAccount,
	createCredentialInPanel,
	fillField,
	signedInPage,
	startBrowser,
	waitUntilConnected,
} from './support/browser';
import { mailControl, receivedMail } from './support/mailServers';
import {
	createWorkflow,
	findWorkflow,
	n8nRest,
	runWorkflow,
	sandboxCredential,
} from './support/n8n';
import { person, sandbox } from './support/sandbox';

const ana = 'ana@contoso.example';
const ben = 'ben@contoso.example';
const smtpNode = 'n8n-nodes-microsoft365.microsoft365Smtp';

describe('the SMTP node in n8n', () => {
	let rest: N8nRest;
	beforeAll(() => {
		rest = n8nRest();
	});
	beforeEach(async () => {
		await mailControl('POST', '/smtp/reset');
	});

	const withReadyCredential = async () => {
		const { id, name } = await sandboxCredential(rest, 'microsoft365MailOAuth2Api');
		return { microsoft365MailOAuth2Api: { id, name } };
	};

	it('Alert mail by SMTP sends one mail for each server that runs short', async () => {
		const workflow = await findWorkflow(rest, 'Alert mail by SMTP');
		const execution = await runWorkflow(rest, workflow, 'When You Run It');
		expect(execution.error).toBeUndefined();
		const subjects = ['files-01 has only 4 % free space', 'mail-archive has only 8 % free space'];
		expect(execution.items('Send an Alert').map(({ json }) => json['accepted'])).toEqual([
			[ben],
			[ben],
		]);
		const received = await receivedMail();
		expect(received.map(({ raw }) => /^Subject: (.*)\r$/m.exec(raw ?? '')?.[1])).toEqual(subjects);
		expect(received[0]?.raw).toContain('Importance: High\r\n');
		// Both through one session.
		expect(await mailControl('GET', '/smtp/signins')).toEqual([
			{ mailbox: ana, outcome: 'accepted' },
		]);
	});

	it('sends a file of 20 MB, which arrives in the mailbox', async () => {
		const sizeBytes = 20 * 1024 * 1024;
		const workflow = await createWorkflow(rest, 'A large file by SMTP', [
			{
				name: 'Text',
				type: 'n8n-nodes-base.set',
				typeVersion: 3.4,
				parameters: {
					assignments: {
						assignments: [
							{
								id: 'a',
								name: 'text',
								type: 'string',
								value: `={{ '0123456789abcdef'.repeat(${sizeBytes / 16}) }}`,
							},
						],
					},
				},
			},
			{
				name: 'File',
				type: 'n8n-nodes-base.convertToFile',
				typeVersion: 1.1,
				parameters: {
					operation: 'toText',
					sourceProperty: 'text',
					options: { fileName: 'large.txt' },
				},
			},
			{
				name: 'Send',
				type: smtpNode,
				parameters: {
					resource: 'message',
					operation: 'send',
					to: ben,
					subject: 'A large file',
					body: '<p>Here it is.</p>',
					attachments: 'data',
				},
				credentials: await withReadyCredential(),
			},
		]);
		const execution = await runWorkflow(rest, workflow);
		expect(execution.error).toBeUndefined();
		const [sent] = execution.items('Send');
		expect(sent?.json).toMatchObject({ accepted: [ben], rejected: [] });
		const [received] = await receivedMail();
		const sha256 = createHash('sha256')
			.update('0123456789abcdef'.repeat(sizeBytes / 16))
			.digest('hex');
		expect(received?.attachments).toEqual([{ fileName: 'large.txt', sizeBytes, sha256 }]);
		if (sandbox().imap) expect(await sizeInMailbox('A large file')).toBe(received?.sizeBytes);
	}, 120_000);

	it('says in the editor what an admin has to do where SMTP is switched off', async () => {
		await mailControl('POST', '/smtp/refuse', { refusal: 'tenantDisabled' });
		const workflow = await createWorkflow(rest, 'SMTP is off', [
			{
				name: 'Verify',
				type: smtpNode,
				parameters: { resource: 'connection', operation: 'verify' },
				credentials: await withReadyCredential(),
			},
		]);
		const execution = await runWorkflow(rest, workflow);
		expect(execution.error).toMatchObject({
			message: expect.stringContaining('switched off for the organization') as string,
			description: expect.stringContaining('Authenticated SMTP') as string,
		});
	});

	it('sends as the app itself', async () => {
		const { id, name } = await sandboxCredential(rest, 'microsoft365AppOnlyApi');
		const workflow = await createWorkflow(rest, 'SMTP as the app', [
			{
				name: 'Send',
				type: smtpNode,
				parameters: {
					authentication: 'application',
					mailbox: 'support@contoso.example',
					resource: 'message',
					operation: 'send',
					to: ben,
					subject: 'From the app',
					bodyType: 'text',
					body: 'Hello',
				},
				credentials: { microsoft365AppOnlyApi: { id, name } },
			},
		]);
		const execution = await runWorkflow(rest, workflow);
		expect(execution.error).toBeUndefined();
		expect((await receivedMail())[0]).toMatchObject({ user: 'support@contoso.example' });
	});

	describe('with a sign-in in the browser', () => {
		let browser: Browser;
		let page: Page;
		beforeAll(async () => {
			browser = await startBrowser();
			page = await signedInPage(browser);
		});
		afterAll(async () => {
			await browser.close();
		});

		it('connects a person for sending alone, and sends', async () => {
			const { loginUrl, graphUrl, smtp, tenantId, clientId, clientSecret } = sandbox();
			await createCredentialInPanel(page, 'Microsoft 365 Mail (IMAP and SMTP) OAuth2 API');
			await page.getByTestId('parameter-input-purpose').click();
			await page.getByRole('option').filter({ hasText: 'Send Mail (SMTP)' }).click();
			await chooseOption(page, 'environment', 'Custom');
			for (const [property, value] of Object.entries({
				customLoginUrl: loginUrl,
				customGraphUrl: graphUrl,
				customSmtpHost: `${smtp.host}:${smtp.port}`,
				tenantId,
				clientId,
				clientSecret,
			})) {
				await fillField(page, property, value);
			}
			await saveScreenshot(page, 'smtp-credential');
			await connectAccount(page, { as: person('Ben'), screenshots: 'smtp-connect' });
			await waitUntilConnected(page);
			const credentials = await rest.call<SavedCredential[]>('GET', '/credentials');
			const made = credentials.find(({ name }) => name.startsWith('Microsoft 365 Mail (IMAP'));
			if (!made) throw new Error(`n8n has no new credential: ${JSON.stringify(credentials)}`);
			const workflow = await createWorkflow(rest, 'SMTP after a sign-in', [
				{
					name: 'Send',
					type: smtpNode,
					parameters: {
						resource: 'message',
						operation: 'send',
						to: ana,
						subject: 'From Ben',
						bodyType: 'text',
						body: 'Hello Ana',
					},
					credentials: { microsoft365MailOAuth2Api: { id: made.id, name: made.name } },
				},
			]);
			const execution = await runWorkflow(rest, workflow);
			expect(execution.error).toBeUndefined();
			expect((await receivedMail())[0]).toMatchObject({ user: ben, from: ben, to: [ana] });
		}, 120_000);
	});
});

/** By IMAP, as Ben's mail program sees it. */
async function sizeInMailbox(subject: string): Promise<number | undefined> {
	const { imap, caFile } = sandbox();
	const { token } = await mailControl<{ token: string }>('POST', '/token', {
		user: ben,
		scopes: ['IMAP.AccessAsUser.All'],
	});
	const client = new ImapFlow({
		host: imap?.host ?? '',
		port: imap?.port ?? 0,
		secure: true,
		tls: { ca: readFileSync(caFile, 'utf8') },
		auth: { user: ben, accessToken: token },
		logger: false,
	});
	await client.connect();
	try {
		await client.mailboxOpen('INBOX');
		const uids = await client.search({ subject }, { uid: true });
		const [message] = await client.fetchAll(
			Array.isArray(uids) ? uids : [],
			{ size: true },
			{ uid: true },
		);
		return message?.size;
	} finally {
		await client.logout();
	}
}
