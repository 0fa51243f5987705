import type { Browser, Page } from 'playwright-core';
import type { N8nRest, SavedCredential } from '../../sandbox/n8n/rest';
import { saveScreenshot } from './support/artifacts';
import {
	connectAccount,
	openCredential,
	openNode,
	openWorkflow,
	signedInPage,
	startBrowser,
	waitUntilConnected,
} from './support/browser';
import {
	createWorkflow,
	findWorkflow,
	n8nRest,
	newCredential,
	runWorkflow,
	sandboxCredential,
} from './support/n8n';
import { advanceClock, control, person, recordedRequests } from './support/sandbox';

const mail = 'n8n-nodes-microsoft365.microsoft365Mail';
const twoHours = 2 * 3_600_000;

describe('mail in a real n8n', () => {
	let rest: N8nRest;
	let browser: Browser;
	let page: Page;
	let delegated: SavedCredential;

	beforeAll(async () => {
		rest = n8nRest();
		browser = await startBrowser();
		page = await signedInPage(browser);
		delegated = await sandboxCredential(rest, 'microsoft365OAuth2Api');
	});

	afterAll(async () => {
		await browser.close();
	});

	it('says what is missing while nobody has connected the credential', async () => {
		const id = await findWorkflow(rest, 'Send a report by mail');
		const execution = await runWorkflow(rest, id, 'When You Run It');
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toBe(
			'Nobody has finished connecting an account with this credential',
		);
		expect(execution.error?.description).toContain('Tenant, Client ID and client secret are right');
		expect(execution.error?.description).toContain('/adminconsent?client_id=');
	});

	it('tells a wrong secret by our text, in the node as well', async () => {
		const wrong = await newCredential(rest, 'microsoft365OAuth2Api', 'Wrong secret, delegated', {
			clientSecret: 'not-the-secret',
		});
		const id = await createWorkflow(rest, 'Wrong secret', [
			{
				name: 'Mail',
				type: mail,
				parameters: { resource: 'folder', operation: 'getAll' },
				credentials: { microsoft365OAuth2Api: { id: wrong.id, name: wrong.name } },
			},
		]);
		const execution = await runWorkflow(rest, id);
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toMatch(/secret/i);
		expect(execution.error?.description).toContain('AADSTS7000215');
		await openNode(page, id, 'Mail');
		await page.getByTestId('node-execute-button').click();
		await page
			.getByText(/AADSTS7000215/)
			.first()
			.waitFor();
		await saveScreenshot(page, 'mail-wrong-secret');
	});

	it('sends 8 MB as the person who connected', async () => {
		await openCredential(page, delegated.id);
		await connectAccount(page, { as: person('Ana') });
		await waitUntilConnected(page);
		const before = recordedRequests().length;
		const id = await findWorkflow(rest, 'Send a report by mail');
		await openWorkflow(page, id);
		await saveScreenshot(page, 'mail-workflow');
		const execution = await runWorkflow(rest, id, 'When You Run It');
		expect(execution.error).toBeUndefined();
		expect(execution.items('Send It')).toEqual([
			expect.objectContaining({
				json: expect.objectContaining({
					success: true,
					to: ['ben@contoso.example'],
					attachments: ['report.csv'],
				}) as unknown,
			}),
		]);
		const sent = recordedRequests().slice(before);
		expect(sent.map(({ method, url, status }) => `${method} ${withoutIds(url)} ${status}`)).toEqual(
			[
				'POST /v1.0/me/messages 201',
				'POST /v1.0/me/messages/*/attachments/createUploadSession 201',
				'POST /v1.0/me/messages/*/send 202',
			],
		);
	});

	it("lists the recipient's mailbox as the app itself", async () => {
		const id = await findWorkflow(rest, 'List any mailbox');
		const execution = await runWorkflow(rest, id, 'When You Run It');
		expect(execution.error).toBeUndefined();
		const [newest] = execution.items('Inbox of Ben');
		expect(newest?.json).toMatchObject({
			subject: expect.stringContaining('Report of ') as unknown,
			from: 'ana@contoso.example',
			to: ['ben@contoso.example'],
			hasAttachments: true,
			isRead: false,
		});
		await openNode(page, id, 'Inbox of Ben');
		await page.getByTestId('node-execute-button').click();
		await page.getByText('Report of ').first().waitFor();
		await saveScreenshot(page, 'mail-list');
	});

	it('downloads those 8 MB again, unchanged in size', async () => {
		const appOnly = await sandboxCredential(rest, 'microsoft365AppOnlyApi');
		const credentials = { microsoft365AppOnlyApi: { id: appOnly.id, name: appOnly.name } };
		const common = { authentication: 'application', mailbox: 'ben@contoso.example' };
		const id = await createWorkflow(rest, 'Download', [
			{
				name: 'List',
				type: mail,
				parameters: { ...common, resource: 'message', operation: 'getAll', limit: 1 },
				credentials,
			},
			{
				name: 'Download',
				type: mail,
				parameters: {
					...common,
					resource: 'attachment',
					operation: 'download',
					messageId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				},
				credentials,
			},
		]);
		const execution = await runWorkflow(rest, id);
		expect(execution.error).toBeUndefined();
		const [item] = execution.items('Download');
		const files = Object.values(item?.binary ?? {});
		expect(files).toEqual([expect.objectContaining({ fileName: 'report.csv', bytes: 8_388_608 })]);
	});

	it('renews a token that has expired, and stores the new one', async () => {
		const id = await findWorkflow(rest, 'Send a report by mail');
		const refusals = () => recordedRequests().filter(({ status }) => status === 401).length;
		const before = refusals();
		await advanceClock(twoHours);
		expect((await runWorkflow(rest, id, 'When You Run It')).error).toBeUndefined();
		expect(refusals()).toBe(before + 1);
		// This run reads the credential anew: with the old token it would be refused as well.
		expect((await runWorkflow(rest, id, 'When You Run It')).error).toBeUndefined();
		expect(refusals()).toBe(before + 1);
	});

	it('names the permission that is missing', async () => {
		await control('graph', 'POST', 'faults', {
			match: 'GET /v1.0/users/ben%40contoso.example/mailFolders.*',
			status: 403,
			body: {
				error: {
					code: 'ErrorAccessDenied',
					message: 'Access is denied. Check credentials and try again.',
				},
			},
		});
		const appOnly = await sandboxCredential(rest, 'microsoft365AppOnlyApi');
		const id = await createWorkflow(rest, 'Refused', [
			{
				name: 'Mail',
				type: mail,
				parameters: {
					authentication: 'application',
					resource: 'folder',
					operation: 'getAll',
					mailbox: 'ben@contoso.example',
				},
				credentials: { microsoft365AppOnlyApi: { id: appOnly.id, name: appOnly.name } },
			},
		]);
		const execution = await runWorkflow(rest, id);
		await control('graph', 'DELETE', 'faults');
		expect(execution.error?.message).toMatch(/^Microsoft 365 refused ".*": access is denied$/);
		expect(execution.error?.description).toContain('application permission Mail.Read');
		expect(execution.error?.description).toMatch(/\[ErrorAccessDenied, request-id .+\]/);
	});
});

const withoutIds = (url: string): string => url.replace(/(?<=messages\/)[^/]{20,}/, '*');
