import { column } from '../../../../sandbox/graph/sharepoint/columns';
import {
	byId,
	defined,
	fromInput,
	type SharePointSandbox,
	startSharePointSandbox,
} from '../sharePointSandbox';

let sandbox: SharePointSandbox;
beforeAll(async () => (sandbox = await startSharePointSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const place = () => ({ site: byId(sandbox.finance.id), list: byId(sandbox.invoices.id) });
const at = () => `/sites/${sandbox.finance.id}/lists/${sandbox.invoices.id}`;
const item = (operation: string, parameters: object) => ({
	resource: 'item',
	operation,
	...place(),
	...parameters,
});
const writes = () => sandbox.requests().filter(({ method }) => method !== 'GET');

describe('create', () => {
	it('writes a column of every kind as Graph takes it', async () => {
		const columns = defined({
			Title: 'Monitors',
			InvoiceNumber: 'R-9',
			Notes: 'Two lines\nof text',
			Amount: '1250.50',
			Positions: 3,
			DueDate: '2026-03-31',
			ReceivedAt: '2026-03-01T09:30:00',
			Paid: 'yes',
			Status: 'New',
			Tags: 'Urgent; Hardware',
			Owner0: 'ben@contoso.example',
			Approvers: 'ana@contoso.example, chloe@contoso.example',
			Vendor: 'Northwind',
			OtherVendors: '1; Tailspin',
			Scan: 'https://contoso.example/scan.pdf, The scan',
		});
		const { json } = await sandbox.run(item('create', { columns }));
		const [write, ...others] = writes();
		expect(others).toEqual([]);
		expect(write).toEqual({
			method: 'POST',
			url: `${at()}/items`,
			body: {
				fields: {
					Title: 'Monitors',
					InvoiceNumber: 'R-9',
					Notes: 'Two lines\nof text',
					Amount: 1250.5,
					Positions: 3,
					DueDate: '2026-03-31T12:00:00Z',
					ReceivedAt: '2026-03-01T08:30:00Z',
					Paid: true,
					Status: 'New',
					'Tags@odata.type': 'Collection(Edm.String)',
					Tags: ['Urgent', 'Hardware'],
					Owner0LookupId: 11,
					'ApproversLookupId@odata.type': 'Collection(Edm.Int32)',
					ApproversLookupId: [10, 12],
					VendorLookupId: 2,
					'OtherVendorsLookupId@odata.type': 'Collection(Edm.Int32)',
					OtherVendorsLookupId: [1, 3],
					Scan: { Url: 'https://contoso.example/scan.pdf', Description: 'The scan' },
				},
			},
		});
		const prefer = sandbox.recorded().at(-1)?.headers['prefer'];
		expect(prefer).toContain('apiversion=2.1');
		expect(json).toEqual([
			expect.objectContaining({
				id: '4',
				Title: 'Monitors',
				createdBy: 'ana@contoso.example',
				Owner0LookupId: '11',
				Tags: ['Urgent', 'Hardware'],
				OtherVendors: [
					{ LookupId: 1, LookupValue: 'Fabrikam' },
					{ LookupId: 3, LookupValue: 'Tailspin' },
				],
			}),
		]);
		expect(json[0]).not.toHaveProperty('@odata.etag');
	});

	it('finds people in the hidden list of the site, once each', async () => {
		const parameters = (index: number) =>
			item('create', {
				columns: defined({ Title: `T${index}`, Owner0: 'Ben@contoso.example' }),
			});
		await sandbox.run(parameters, { items: [{}, {}, {}] });
		const people = sandbox.store.people(sandbox.finance).id;
		expect(sandbox.requests().filter(({ method }) => method === 'GET')).toEqual([
			{ method: 'GET', url: `${at()}/columns?$top=500` },
			{
				method: 'GET',
				url: `/sites/${sandbox.finance.id}/lists?$select=id,name,list,system&$top=200`,
			},
			{
				method: 'GET',
				url: `/sites/${sandbox.finance.id}/lists/${people}/items?$filter=fields/EMail eq 'Ben@contoso.example' or fields/UserName eq 'Ben@contoso.example'&$select=id&$top=1`,
			},
		]);
		expect(sandbox.batched().map(({ body }) => body)).toEqual(
			[0, 1, 2].map((index) => ({ fields: { Title: `T${index}`, Owner0LookupId: 11 } })),
		);
	});

	it("finds a subsite's people in its site collection", async () => {
		const audit = sandbox.store.sites.find(({ name }) => name === 'audit');
		if (!audit) throw new Error('no subsite');
		const list = sandbox.store.addList(audit, {
			displayName: 'Findings',
			columns: [column('Owner0', 'person')],
		});
		await sandbox.run({
			resource: 'item',
			operation: 'create',
			site: byId(audit.id),
			list: byId(list.id),
			columns: defined({ Title: 'A', Owner0: 'ben@contoso.example' }),
		});
		expect(writes()[0]?.body).toEqual({ fields: { Title: 'A', Owner0LookupId: 11 } });
	});

	it.each([
		[{ Owner0: 'support@contoso.example' }, 'Owner: SharePoint knows nobody with the address'],
		[{ Status: 'Lost' }, 'Status: has no choice "Lost"'],
		[{ Tags: 'Urgent; Lost' }, 'Tags: has no choice "Lost"'],
		[{ Amount: 'much' }, 'Amount: is "much", not a number'],
		[{ DueDate: 'soon' }, 'Due Date: is "soon", which is no date and time'],
		[{ Paid: 'perhaps' }, 'Paid: is "perhaps", not true or false'],
		[{ Vendor: 'Nobody' }, 'Vendor: no item of the list that it looks up is called "Nobody"'],
		[{ Scan: 'scan.pdf' }, 'Scan: is "scan.pdf", which is no web address'],
		[{ Total: '5' }, 'Columns: the column "Total" is read-only: SharePoint calculates it'],
		[{ Department: 'HR' }, 'Columns: the column "Department" is of a kind'],
		[{ Colour: 'red' }, 'Columns: the list has no column "Colour"'],
		[{ Title: '' }, 'Columns: no column has a value'],
	])('refuses %p before anything is written', async (value, message) => {
		const columns = defined(value);
		await expect(sandbox.run(item('create', { columns }))).rejects.toThrow(message);
		expect(writes()).toEqual([]);
	});

	it('maps the input by internal and displayed names, and leaves the rest alone', async () => {
		const json = { Title: 'Desk', 'Due Date': '2026-05-01', Total: 7, id: '1', unrelated: true };
		await sandbox.run(item('create', { columns: fromInput() }), { items: [{ json }] });
		expect(writes()[0]?.body).toEqual({
			fields: { Title: 'Desk', DueDate: '2026-05-01T12:00:00Z' },
		});
	});

	it('takes a plain object, as an AI agent answers it', async () => {
		await sandbox.run(item('create', { columns: { Title: 'Lamp', Status: 'New' } }));
		expect(writes()[0]?.body).toEqual({ fields: { Title: 'Lamp', Status: 'New' } });
	});

	it('writes back what it has read', async () => {
		const value = { Title: 'A', Owner0: 'ben@contoso.example', Approvers: 'ana@contoso.example' };
		const { json } = await sandbox.run(item('create', { columns: defined(value) }));
		sandbox.forget();
		await sandbox.run(item('create', { columns: fromInput() }), {
			items: json.map((each) => ({ json: each })),
		});
		expect(writes()[0]?.body).toEqual({
			fields: {
				Title: 'A',
				Owner0LookupId: 11,
				'ApproversLookupId@odata.type': 'Collection(Edm.Int32)',
				ApproversLookupId: [10],
			},
		});
	});

	it('sets the content type', async () => {
		await sandbox.run(
			item('create', {
				columns: defined({ Title: 'A' }),
				options: { contentTypeId: '0x01' },
			}),
		);
		expect(writes()[0]?.body).toEqual({ fields: { Title: 'A' }, contentType: { id: '0x01' } });
	});
});

describe('createMany', () => {
	const rows = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ Title: `Row ${index}` }));

	it('puts twenty input items into a batch', async () => {
		const { json } = await sandbox.run(item('createMany', { columns: fromInput() }), {
			items: rows(45).map((json) => ({ json })),
		});
		expect(writes().map(({ url }) => url)).toEqual(['/$batch', '/$batch', '/$batch']);
		expect(sandbox.batched()).toHaveLength(45);
		expect(json.map(({ Title }) => Title)).toEqual(rows(45).map(({ Title }) => Title));
	});

	it('takes the rows of a list in one item', async () => {
		const { json, items } = await sandbox.run(
			item('createMany', { rowsFrom: 'list', rows: JSON.stringify(rows(25)) }),
		);
		expect(writes().map(({ url }) => url)).toEqual(['/$batch', '/$batch']);
		expect(json).toHaveLength(25);
		expect(items.every(({ pairedItem }) => (pairedItem as { item: number }).item === 0)).toBe(true);
	});

	it('lets a row of the input fail alone', async () => {
		const given = [{ Title: 'A', InvoiceNumber: 'R-1' }, { Title: 'B' }, { Amount: 5 }];
		const { json } = await sandbox.run(item('createMany', { columns: fromInput() }), {
			items: given.map((each) => ({ json: each })),
			continueOnFail: true,
		});
		expect(json).toEqual([
			expect.objectContaining({ error: expect.stringContaining("isn't unique") as string }),
			expect.objectContaining({ Title: 'B' }),
			expect.objectContaining({ error: expect.stringContaining("'Title' is required") as string }),
		]);
	});

	it('says which rows of a list failed after all were tried', async () => {
		const list = JSON.stringify([{ Title: 'A' }, { Title: 'B', Status: 'Lost' }, { Title: 'C' }]);
		const error = await sandbox.run(item('createMany', { rowsFrom: 'list', rows: list })).then(
			() => undefined,
			(reason: unknown) => reason as { message: string; description: string },
		);
		expect(error?.message).toContain('Status: has no choice "Lost"');
		expect(error?.description).toContain('Of 3 rows 2 were created; these were not: 2');
		expect(sandbox.invoices.items.size).toBe(5);
	});

	it('returns failed rows where it is wanted', async () => {
		const list = JSON.stringify([{ Title: 'A' }, { Title: 'B', InvoiceNumber: 'R-1' }]);
		const { json } = await sandbox.run(
			item('createMany', { rowsFrom: 'list', rows: list, options: { returnFailed: true } }),
		);
		expect(json).toEqual([
			expect.objectContaining({ Title: 'A' }),
			{
				error: expect.stringContaining("isn't unique") as string,
				row: { Title: 'B', InvoiceNumber: 'R-1' },
			},
		]);
	});
});
