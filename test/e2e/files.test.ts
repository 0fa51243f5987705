import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import type { N8nRest } from '../../sandbox/n8n/rest';
import { saveScreenshot } from './support/artifacts';
import { openNode, signedInPage, startBrowser } from './support/browser';
import {
	byId,
	byName,
	byPath,
	byUrl,
	contracts,
	fileNodes,
	financeUrl,
	fromList,
	jsonOf,
} from './support/files';
import { createWorkflow, n8nRest, runWorkflow } from './support/n8n';
import { control, recordedRequests } from './support/sandbox';

describe('files and SharePoint in a real n8n', () => {
	let rest: N8nRest;
	let browser: Browser;
	let page: Page;
	let files: Awaited<ReturnType<typeof fileNodes>>['files'];
	let sharePoint: typeof files;

	beforeAll(async () => {
		rest = n8nRest();
		({ files, sharePoint } = await fileNodes(rest));
		browser = await startBrowser();
		page = await signedInPage(browser);
	});

	afterAll(async () => {
		await browser.close();
	});

	it('20 MB go up and come down again, byte by byte the same', async () => {
		const bytes = Buffer.alloc(20 * 1024 * 1024);
		for (let place = 0; place < bytes.length; place += 4) bytes.writeUInt32LE(place, place);
		await control('graph', 'POST', 'deliver', {
			drive: 'ben@contoso.example',
			path: 'big.bin',
			base64: bytes.toString('base64'),
		});
		const before = recordedRequests().length;
		const workflow = await createWorkflow(rest, 'Up and down', [
			files('Original', {
				resource: 'file',
				operation: 'download',
				location: 'user',
				user: 'ben@contoso.example',
				item: byPath('big.bin'),
			}),
			files('Upload', {
				resource: 'file',
				operation: 'upload',
				location: 'site',
				site: byUrl(financeUrl),
				folder: byPath('Large/Files'),
				options: { fileName: 'copy #1 100%.bin' },
			}),
			files('Download', {
				resource: 'file',
				operation: 'download',
				location: 'drive',
				drive: byId('={{ $json.driveId }}'),
				item: byId('={{ $json.id }}'),
			}),
		]);
		const execution = await runWorkflow(rest, workflow);
		expect(execution.error).toBeUndefined();
		expect(jsonOf(execution.items('Upload'))).toMatchObject([
			{ path: 'Large/Files/copy #1 100%.bin', size: bytes.length },
		]);
		const [item] = execution.items('Download');
		const data = item?.binary?.['data'];
		expect(data).toMatchObject({ fileName: 'copy #1 100%.bin', bytes: bytes.length });
		expect(data?.id).toMatch(/^filesystem/);
		const answer = await rest.fetch(
			`/rest/binary-data?id=${encodeURIComponent(data?.id ?? '')}&action=download`,
		);
		expect(answer.status).toBe(200);
		expect(sha256(Buffer.from(await answer.arrayBuffer()))).toBe(sha256(bytes));
		const sent = recordedRequests().slice(before);
		expect(sent.filter(({ url }) => url.includes('createUploadSession'))).toHaveLength(1);
	});

	it('shows the upload form', async () => {
		const id = await createWorkflow(rest, 'Upload form', [
			files('Upload', {
				resource: 'file',
				operation: 'upload',
				location: 'site',
				site: byUrl(financeUrl),
				library: byName('Contracts'),
				folder: byPath('Invoices'),
				options: {
					columns: { rows: [{ name: 'Project', value: 'Alpha' }] },
					fileName: '',
					cleanName: true,
				},
			}),
		]);
		await page.setViewportSize({ width: 1400, height: 1500 });
		await openNode(page, id, 'Upload');
		await page.getByText('If the Name Is Taken').waitFor();
		await saveScreenshot(page, 'files-upload');
	});

	it('lists libraries and folders to choose from', async () => {
		await control('graph', 'POST', 'deliver', { drive: contracts, path: 'Signed/2026/a.txt' });
		const id = await createWorkflow(rest, 'Pickers', [
			files('Upload', {
				resource: 'file',
				operation: 'upload',
				location: 'site',
				site: byUrl(financeUrl),
				library: fromList,
				folder: fromList,
			}),
		]);
		await openNode(page, id, 'Upload');
		await page.getByTestId('resource-locator-library').getByTestId('rlc-input').click();
		await page.getByTestId('rlc-item').getByText('Contracts', { exact: true }).click();
		await page.getByTestId('resource-locator-folder').getByTestId('rlc-input').click();
		await page.getByTestId('rlc-item').getByText('Signed').first().waitFor();
		await saveScreenshot(page, 'files-pick-folder');
	});

	it("maps a list's own columns, in the form and in a run", async () => {
		const place = { resource: 'item', site: byUrl(financeUrl), list: byName('Invoices') };
		const workflow = await createWorkflow(rest, 'List items', [
			sharePoint('Create', {
				...place,
				operation: 'create',
				columns: {
					mappingMode: 'defineBelow',
					value: {
						Title: 'Desks',
						InvoiceNumber: 'R-900',
						Amount: 99.5,
						DueDate: '2026-07-31T00:00:00',
						Paid: false,
						Status: 'New',
						Tags: 'Urgent; Travel',
						Owner0: 'ana@contoso.example',
						Vendor: 'Northwind',
					},
					matchingColumns: [],
					schema: [],
					attemptToConvertTypes: false,
					convertFieldsToString: false,
				},
			}),
			sharePoint('Get Many', {
				...place,
				operation: 'getAll',
				findBy: 'conditions',
				conditions: {
					rows: [{ column: 'Status', operator: 'eq', value: 'New' }],
				},
				returnAll: true,
			}),
		]);
		const execution = await runWorkflow(rest, workflow);
		expect(execution.error).toBeUndefined();
		const [created] = jsonOf(execution.items('Create'));
		expect(created).toMatchObject({ Title: 'Desks', InvoiceNumber: 'R-900', Amount: 99.5 });
		const listed = jsonOf(execution.items('Get Many'));
		expect(listed.map(({ Status }) => Status)).toEqual(listed.map(() => 'New'));
		expect(listed.find(({ id }) => id === created?.['id'])).toMatchObject({
			Title: 'Desks',
			Tags: ['Urgent', 'Travel'],
		});

		const form = await createWorkflow(rest, 'Item form', [
			sharePoint('Create', {
				...place,
				operation: 'create',
				columns: { mappingMode: 'defineBelow', value: null },
			}),
		]);
		await page.setViewportSize({ width: 1400, height: 2000 });
		await openNode(page, form, 'Create');
		await page.getByText('Invoice Number').first().waitFor();
		await saveScreenshot(page, 'sharepoint-create-item');
		const labels = await page.getByTestId('node-parameters').innerText();
		for (const label of ['Due Date (date)', 'Owner (email address)', 'Paid']) {
			expect(labels).toContain(label);
		}
	});
});

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
