import type { N8nRest } from '../../sandbox/n8n/rest';
import { exampleAsApp, n8nRest, runWorkflow } from './support/n8n';
import { control, recordedRequests } from './support/sandbox';

const support = 'support@contoso.example';

/** As the app itself, so that nobody has to sign in first. */
describe('the mail examples', () => {
	let rest: N8nRest;
	beforeAll(() => {
		rest = n8nRest();
	});

	it('Shared mailbox triage files invoices, flags what is urgent, and leaves the rest', async () => {
		await control('graph', 'POST', 'deliver', { to: support, subject: 'Invoice 31', count: 25 });
		await control('graph', 'POST', 'deliver', { to: support, subject: 'URGENT: no signal' });
		await control('graph', 'POST', 'deliver', { to: support, subject: 'A question' });
		const before = recordedRequests().length;
		const execution = await runWorkflow(
			rest,
			await exampleAsApp(rest, 'shared-mailbox-triage.json'),
			'When You Run It',
		);
		expect(execution.error).toBeUndefined();
		const json = (node: string) => execution.items(node).map((item) => item.json);
		expect(json('Move to Their Folder')).toHaveLength(25);
		const [folder] = json('Make Sure of the Folder');
		expect(folder).toMatchObject({ name: 'Invoices' });
		for (const moved of json('Move to Their Folder')) {
			expect(moved).toMatchObject({
				parentFolderId: folder?.['id'],
				isRead: true,
				categories: ['Invoices'],
			});
		}
		expect(json('Flag for Today')).toMatchObject([
			{ subject: 'URGENT: no signal', flag: 'flagged', categories: ['Urgent'], isRead: false },
		]);
		const left = json('Left for a Person').map(({ subject }) => subject);
		expect(left).toContain('A question');
		const batches = recordedRequests()
			.slice(before)
			.filter(({ url }) => url.endsWith('/$batch'));
		// Categories are read, then written, then the messages are moved: two batches of each.
		expect(batches).toHaveLength(6);
	});

	it('Invoice intake takes the PDFs out and files the mails', async () => {
		await control('graph', 'POST', 'deliver', {
			to: support,
			subject: 'Your invoice 2026-77',
			attachments: [
				{
					name: 'invoice.pdf',
					contentType: 'application/pdf',
					contentBytes: base64('%PDF-1.7 77'),
				},
				{ name: 'terms.txt', contentType: 'text/plain', contentBytes: base64('Terms') },
			],
		});
		const execution = await runWorkflow(
			rest,
			await exampleAsApp(rest, 'invoice-intake.json'),
			'When You Run It',
		);
		expect(execution.error).toBeUndefined();
		const files = execution.items('One Item Per File');
		expect(files.map(({ json }) => json['fileName'])).toEqual(['invoice.pdf']);
		expect(files[0]?.binary?.['data']).toMatchObject({ mimeType: 'application/pdf' });
		const [folder] = execution.items('Make Sure of the Folder');
		expect(execution.items('Move to Invoices').map(({ json }) => json)).toMatchObject([
			{
				subject: 'Your invoice 2026-77',
				parentFolderId: folder?.json['id'],
				categories: ['Invoices'],
				isRead: true,
			},
		]);
	});
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');
