import {
	byId,
	byName,
	byUrl,
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

describe('get', () => {
	it('answers the columns beside what the item tells', async () => {
		const { json } = await sandbox.run(item('get', { item: byId('1') }));
		expect(sandbox.requests()).toEqual([{ method: 'GET', url: `${at()}/items/1?$expand=fields` }]);
		expect(json).toEqual([
			{
				id: '1',
				contentType: 'Item',
				created: expect.any(String) as string,
				createdBy: 'ben@contoso.example',
				modified: expect.any(String) as string,
				modifiedBy: 'ben@contoso.example',
				webUrl: expect.stringContaining('/sites/finance/Lists/Invoices/') as string,
				Title: 'Laptops',
				InvoiceNumber: 'R-1',
				Amount: 5400,
				Status: 'New',
				VendorLookupId: '1',
			},
		]);
	});

	it('answers as Graph does without simplification', async () => {
		const { json } = await sandbox.run(item('get', { item: byId('1'), simplify: false }));
		expect(json[0]).toMatchObject({ fields: { Title: 'Laptops', LinkTitle: 'Laptops' } });
	});

	it('takes the address of the list and of a form', async () => {
		await sandbox.run({
			resource: 'item',
			operation: 'get',
			site: byUrl('https://contoso.sharepoint.example/sites/finance/Lists/Invoices/AllItems.aspx'),
			list: byUrl('https://contoso.sharepoint.example/sites/finance/Lists/Invoices/AllItems.aspx'),
			item: byUrl(`${sandbox.invoices.webUrl}/DispForm.aspx?ID=2&e=x`),
		});
		expect(sandbox.requests().map(({ url }) => url)).toEqual([
			'/sites/contoso.sharepoint.example:/sites/finance?$select=id',
			`/sites/${sandbox.finance.id}/lists?$select=id,name,displayName,webUrl,list&$top=200`,
			`${at()}/items/2?$expand=fields`,
		]);
	});

	it.each([
		[{ item: byId('two') }, 'Item: is "two", not the number of an item'],
		[{ item: byUrl('https://contoso.example/x') }, 'Item: the address names no item'],
		[{ item: byId('1'), list: byName('Bills') }, 'List: the site has no list called "Bills"'],
		[{ item: byId('1'), list: byUrl('https://x.example/y') }, 'List: the site has no list at'],
	])('refuses %p', async (parameters, message) => {
		await expect(sandbox.run(item('get', parameters))).rejects.toThrow(message);
	});
});

describe('update', () => {
	it('changes what was filled in, and clears what was named', async () => {
		const { json } = await sandbox.run(
			item('update', {
				item: byId('1'),
				columns: defined({ Status: 'Paid', Notes: '', Amount: null }),
				clear: ['Vendor', 'Tags'],
			}),
		);
		expect(writes()).toEqual([
			{
				method: 'PATCH',
				url: `${at()}/items/1/fields`,
				body: {
					Status: 'Paid',
					VendorLookupId: null,
					'Tags@odata.type': 'Collection(Edm.String)',
					Tags: [],
				},
			},
		]);
		expect(json).toEqual([
			{ id: '1', Title: 'Laptops', InvoiceNumber: 'R-1', Amount: 5400, Status: 'Paid', Tags: [] },
		]);
	});

	it.each([
		[{ columns: defined({}) }, 'Columns: no column has a value'],
		[{ columns: defined({}), clear: ['Title'] }, 'Columns to Clear: "Title" is required'],
		[{ columns: defined({}), clear: ['Nope'] }, 'Columns to Clear: the list has no column "Nope"'],
	])('refuses %p', async (parameters, message) => {
		await expect(sandbox.run(item('update', { item: byId('1'), ...parameters }))).rejects.toThrow(
			message,
		);
	});
});

describe('upsert', () => {
	it('updates what is there and creates what is not, in order', async () => {
		const given = [
			{ InvoiceNumber: 'R-2', Title: 'Trains' },
			{ InvoiceNumber: "R'9", Title: 'Desk' },
			{ InvoiceNumber: "R'9", Title: 'Desk, again' },
		];
		const { json } = await sandbox.run(item('upsert', { columns: fromInput('InvoiceNumber') }), {
			items: given.map((each) => ({ json: each })),
		});
		expect(json.map(({ result, id, Title }) => [result, id, Title])).toEqual([
			['updated', '2', 'Trains'],
			['created', '4', 'Desk'],
			['updated', '4', 'Desk, again'],
		]);
		const reads = sandbox.requests().filter(({ url }) => url.includes('$filter'));
		expect(reads.map(({ url }) => url)).toEqual(
			['R-2', "R''9", "R''9"].map(
				(text) => `${at()}/items?$filter=fields/InvoiceNumber eq '${text}'&$select=id&$top=2`,
			),
		);
	});

	it('matches a person, and a column without index where it is allowed', async () => {
		sandbox.store.addItem(sandbox.finance, sandbox.invoices, {
			by: 10,
			body: { Title: 'Mine', Owner0LookupId: 11 },
		});
		const columns = defined({ Title: 'Yours', Owner0: 'ben@contoso.example' }, 'Owner0');
		await expect(sandbox.run(item('upsert', { columns }))).rejects.toThrow(
			'Column to Match: "Owner" has no index',
		);
		const options = { allowNonIndexed: true };
		const { json } = await sandbox.run(item('upsert', { columns, options }));
		expect(json).toEqual([expect.objectContaining({ result: 'updated', id: '4', Title: 'Yours' })]);
		const read = sandbox.requests().find(({ url }) => url.includes('Owner0LookupId eq'));
		expect(read?.url).toContain("$filter=fields/Owner0LookupId eq '11'");
	});

	it.each([
		[
			defined({ Title: 'A' }, 'InvoiceNumber'),
			'Columns: the column to match, "Invoice Number", has no value',
		],
		[defined({ Title: 'A' }), 'Columns: no column to match is chosen'],
	])('refuses %p', async (columns, message) => {
		await expect(sandbox.run(item('upsert', { columns }))).rejects.toThrow(message);
		expect(writes()).toEqual([]);
	});

	it('changes nothing where several items match', async () => {
		const columns = defined({ Title: 'C', Status: 'New' }, 'Status');
		sandbox.store.addItem(sandbox.finance, sandbox.invoices, {
			by: 10,
			body: { Title: 'D', Status: 'New' },
		});
		await expect(sandbox.run(item('upsert', { columns }))).rejects.toThrow(
			'Column to Match: several items have the same value in "Status"',
		);
		expect(writes()).toEqual([]);
	});
});

it('delete deletes', async () => {
	const { json } = await sandbox.run(item('delete', { item: byId('3') }));
	expect(sandbox.requests()).toEqual([{ method: 'DELETE', url: `${at()}/items/3` }]);
	expect(json).toEqual([{ success: true, id: '3' }]);
	expect(sandbox.invoices.items.has(3)).toBe(false);
});

it('getVersions answers the newest first, with the values it had', async () => {
	await sandbox.run(item('update', { item: byId('1'), columns: defined({ Status: 'Paid' }) }));
	sandbox.forget();
	const { json } = await sandbox.run(item('getVersions', { item: byId('1') }));
	expect(sandbox.requests()).toEqual([
		{ method: 'GET', url: `${at()}/items/1/versions?$expand=fields&$top=50` },
	]);
	expect(json.map(({ version, Status, modifiedBy }) => [version, Status, modifiedBy])).toEqual([
		['2.0', 'Paid', 'ana@contoso.example'],
		['1.0', 'New', 'ben@contoso.example'],
	]);
});
