import type { Browser } from 'playwright-core';
import type { N8nRest } from '../../sandbox/n8n/rest';
import { saveScreenshot } from './support/artifacts';
import { openNode, signedInPage, startBrowser } from './support/browser';
import { mailControl } from './support/mailServers';
import {
	createWorkflow,
	n8nRest,
	runWorkflow,
	sandboxCredential,
	type TestNode,
} from './support/n8n';
import { sandbox } from './support/sandbox';

const ben = 'ben@contoso.example';
const byPath = (value: string) => ({ __rl: true, mode: 'path', value });
const hasImap = sandbox().imap !== undefined;
if (!hasImap) console.warn('The IMAP node is left out: Dovecot is not installed.');

(hasImap ? describe : describe.skip)('the IMAP node in n8n', () => {
	let rest: N8nRest;
	let browser: Browser;
	beforeAll(async () => {
		rest = n8nRest();
		browser = await startBrowser();
	});
	afterAll(async () => await browser.close());

	const imapNode = async (name: string, parameters: object): Promise<TestNode> => {
		const { id, name: credential } = await sandboxCredential(rest, 'microsoft365MailOAuth2Api');
		return {
			name,
			type: 'n8n-nodes-microsoft365.microsoft365Imap',
			parameters: { resource: 'message', ...parameters },
			credentials: { microsoft365MailOAuth2Api: { id, name: credential } },
		};
	};
	const deliver = async (subject: string) => {
		const mime = `From: ${ben}\nTo: ana@contoso.example\nSubject: ${subject}\n\nText of ${subject}\n`;
		await mailControl('POST', '/deliver', { mailbox: 'ana@contoso.example', mime });
	};

	it('finds new mail, marks it, moves it to another folder, and reads it there', async () => {
		for (const number of [1, 2, 3]) await deliver(`Order ${number}`);
		await deliver('Something else');
		const workflow = await createWorkflow(rest, 'Orders by IMAP', [
			await imapNode('Find', { operation: 'getAll', search: { subject: 'Order', read: 'no' } }),
			await imapNode('Mark', { operation: 'setFlags', flags: ['\\Seen', '\\Flagged'] }),
			await imapNode('Move', { operation: 'move', targetFolder: byPath('\\Archive') }),
			await imapNode('Read', {
				operation: 'get',
				folder: byPath('Archive'),
				uid: '={{ $json.newUid }}',
			}),
		]);
		const execution = await runWorkflow(rest, workflow);
		expect(execution.error).toBeUndefined();
		const subjects = ['Order 3', 'Order 2', 'Order 1'];
		expect(execution.items('Find').map(({ json }) => json['subject'])).toEqual(subjects);
		expect(execution.items('Mark').every(({ json }) => json['isRead'] === true)).toBe(true);
		expect(execution.items('Read').map(({ json }) => json)).toMatchObject(
			subjects.map((subject) => ({
				subject,
				folder: 'Archive',
				text: `Text of ${subject}\n`,
				isFlagged: true,
			})),
		);
		// Each node signed in for itself, and left.
		expect(await mailControl('GET', '/imap/sessions')).toEqual([]);
	});

	it('writes a draft with a file', async () => {
		const workflow = await createWorkflow(rest, 'Draft by IMAP', [
			{
				name: 'File',
				type: 'n8n-nodes-base.convertToFile',
				typeVersion: 1.1,
				parameters: { operation: 'toJson', options: { fileName: 'data.json' } },
			},
			await imapNode('Append', {
				operation: 'append',
				to: `Ben <${ben}>`,
				subject: 'A draft by IMAP',
				body: '<p>Hello</p>',
				attachments: 'data',
			}),
			await imapNode('Files', {
				operation: 'downloadAttachments',
				folder: byPath('\\Drafts'),
			}),
		]);
		const execution = await runWorkflow(rest, workflow);
		expect(execution.error).toBeUndefined();
		expect(execution.items('Append')[0]?.json).toMatchObject({
			folder: 'Drafts',
			flags: ['\\Draft', '\\Seen'],
		});
		expect(execution.items('Files')[0]).toMatchObject({
			json: { subject: 'A draft by IMAP', attachments: [{ fileName: 'data.json' }] },
			binary: { data_0: { fileName: 'data.json' } },
		});
	});

	it('says what to do where a folder does not exist', async () => {
		const workflow = await createWorkflow(rest, 'No such folder', [
			await imapNode('Find', { operation: 'getAll', folder: byPath('Archiv') }),
		]);
		const execution = await runWorkflow(rest, workflow);
		expect(execution.error).toMatchObject({
			message: 'The mailbox has no folder "Archiv"',
			description: expect.stringContaining('Choose it from the list') as string,
		});
	});

	it('lists the folders in the form', async () => {
		const workflow = await createWorkflow(rest, 'The IMAP form', [
			await imapNode('IMAP', {
				operation: 'getAll',
				folder: { __rl: true, mode: 'list', value: '' },
			}),
		]);
		const page = await signedInPage(browser);
		await openNode(page, workflow, 'IMAP');
		await page.getByTestId('resource-locator-folder').getByTestId('rlc-input').click();
		await page.getByText('Sent Items').first().waitFor();
		await saveScreenshot(page, 'imap-form');
		await page.close();
	});
});
