import { DateTime } from 'luxon';
import { simplePdf } from '../../sandbox/graph/drive/conversions';
import type { N8nRest } from '../../sandbox/n8n/rest';
import {
	byName,
	byPath,
	byUrl,
	contracts,
	fileNodes,
	financeUrl,
	jsonOf,
	runNode,
} from './support/files';
import { exampleAsApp, n8nRest, runWorkflow, type TestNode } from './support/n8n';
import { control, recordedRequests } from './support/sandbox';

const support = 'support@contoso.example';

describe('the examples with files', () => {
	let rest: N8nRest;
	let files: Awaited<ReturnType<typeof fileNodes>>['files'];
	beforeAll(async () => {
		rest = n8nRest();
		({ files } = await fileNodes(rest));
	});

	it('Invoice intake puts the PDFs into a library and mails links that expire', async () => {
		await control('graph', 'POST', 'deliver', {
			to: support,
			subject: 'Your invoice 4711',
			attachments: [
				attachment('invoice: 4711.pdf', 'application/pdf', simplePdf('Invoice 4711')),
				attachment('details.pdf', 'application/pdf', simplePdf('Details')),
				attachment('terms.txt', 'text/plain', Buffer.from('Terms')),
			],
		});
		const execution = await runWorkflow(
			rest,
			await exampleAsApp(rest, 'invoice-intake.json'),
			'When You Run It',
		);
		expect(execution.error).toBeUndefined();
		const uploaded = jsonOf(execution.items('Upload to the Library'));
		const common = { driveId: contracts, type: 'file', mimeType: 'application/pdf' };
		expect(uploaded).toMatchObject([
			{ ...common, path: 'Invoices/invoice- 4711.pdf' },
			{ ...common, path: 'Invoices/details.pdf' },
		]);
		const links = jsonOf(execution.items('Make a Link That Expires'));
		expect(links).toHaveLength(2);
		const days = links.map((link) => {
			expect(link).toMatchObject({ linkType: 'view', linkScope: 'organization' });
			return DateTime.fromISO(String(link['expirationDateTime'])).diffNow('days').days;
		});
		for (const each of days) {
			expect(each).toBeGreaterThan(12);
			expect(each).toBeLessThanOrEqual(14);
		}
		expect(jsonOf(execution.items('Mail the Link'))).toMatchObject([
			{ success: true, to: ['ana@contoso.example'], subject: 'New invoice: invoice- 4711.pdf' },
			{ success: true, to: ['ana@contoso.example'], subject: 'New invoice: details.pdf' },
		]);
		const mails = recordedRequests()
			.filter(({ url }) => url.endsWith('/sendMail'))
			.slice(-2)
			.map(({ body }) => JSON.stringify(body));
		for (const [index, link] of links.entries()) {
			expect(mails[index]).toContain(String(link['linkUrl']));
		}
		expect(jsonOf(execution.items('Move to Invoices'))).toMatchObject([
			{ subject: 'Your invoice 4711', isRead: true },
		]);

		const stored = await runNode(
			rest,
			files('Invoices', {
				resource: 'folder',
				operation: 'getAll',
				location: 'site',
				site: byUrl(financeUrl),
				library: byName('Contracts'),
				item: byPath('Invoices'),
				returnAll: true,
				options: { includeColumns: true },
			}),
		);
		const withColumns = stored.filter(({ name }) => uploaded.some((each) => each['name'] === name));
		expect(withColumns).toHaveLength(2);
		for (const { fields } of withColumns) {
			expect(fields).toMatchObject({
				Project: 'Your invoice 4711',
				Status: 'New',
				DueDate: expect.stringMatching(/^\d{4}-\d\d-\d\d/) as unknown,
			});
		}
	});

	it('Read a shared file finds it by its link and reads its text', async () => {
		await control('graph', 'POST', 'deliver', {
			drive: 'ben@contoso.example',
			path: 'Offers/Offer 12.pdf',
			base64: simplePdf('Offer 12: forty chairs').toString('base64'),
		});
		const [link] = await runNode(
			rest,
			files('Link', {
				resource: 'sharing',
				operation: 'createLink',
				location: 'user',
				user: 'ben@contoso.example',
				item: byPath('Offers/Offer 12.pdf'),
			}),
		);
		const id = await exampleAsApp(rest, 'read-a-shared-file.json');
		await setLink(id, String(link?.['linkUrl']));
		const execution = await runWorkflow(rest, id, 'When You Run It');
		expect(execution.error).toBeUndefined();
		const [found] = jsonOf(execution.items('Find the File'));
		expect(found).toMatchObject({ name: 'Offer 12.pdf', path: 'Offers/Offer 12.pdf' });
		expect(jsonOf(execution.items('Read Its Text'))).toMatchObject([
			{ id: found?.['id'], text: 'Offer 12: forty chairs', isCut: false },
		]);
	});

	/** What a person types into the example's first node. */
	async function setLink(workflowId: string, link: string): Promise<void> {
		const workflow = await rest.call<{ nodes: readonly TestNode[] }>(
			'GET',
			`/workflows/${workflowId}`,
		);
		const text = JSON.stringify(workflow.nodes);
		const placeholder = /https:[^"]*\/EXAMPLE/;
		expect(text).toMatch(placeholder);
		await rest.call('PATCH', `/workflows/${workflowId}`, {
			...workflow,
			nodes: JSON.parse(text.replace(placeholder, link)) as TestNode[],
		});
	}
});

const attachment = (name: string, contentType: string, bytes: Buffer) => ({
	name,
	contentType,
	contentBytes: bytes.toString('base64'),
});
