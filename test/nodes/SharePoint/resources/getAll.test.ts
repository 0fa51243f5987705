import { byId, type SharePointSandbox, startSharePointSandbox } from '../sharePointSandbox';

let sandbox: SharePointSandbox;
beforeAll(async () => (sandbox = await startSharePointSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const getAll = async (parameters: object) =>
	await sandbox.run({
		resource: 'item',
		operation: 'getAll',
		site: byId(sandbox.finance.id),
		list: byId(sandbox.invoices.id),
		...parameters,
	});
const itemsUrl = () => {
	const path = `/sites/${sandbox.finance.id}/lists/${sandbox.invoices.id}/items?`;
	const [url] = sandbox
		.requests()
		.map((request) => request.url)
		.filter((each) => each.startsWith(path));
	return url?.slice(path.length);
};
const where = (...rows: Array<[column: string, operator: string, value?: string]>) => ({
	conditions: {
		rows: rows.map(([column, operator, value]) => ({
			column,
			operator,
			...(value !== undefined && { value }),
		})),
	},
});
const anyColumn = { options: { allowNonIndexed: true } };

it('lists all columns in one request, up to the limit', async () => {
	const { json } = await getAll({ limit: 2 });
	expect(sandbox.requests()).toHaveLength(1);
	expect(itemsUrl()).toBe('$expand=fields&$top=2');
	expect(json.map(({ Title, Amount }) => [Title, Amount])).toEqual([
		['Laptops', 5400],
		['Flights', 820.5],
	]);
});

it('reads page after page', async () => {
	for (let index = 0; index < 1500; index++) {
		sandbox.store.addItem(sandbox.finance, sandbox.invoices, {
			by: 10,
			body: { Title: `T${index}` },
		});
	}
	const { json } = await getAll({ returnAll: true });
	expect(json).toHaveLength(1503);
	expect(sandbox.requests()).toHaveLength(2);
	expect(new Set(json.map(({ id }) => id)).size).toBe(1503);
});

it.each([
	[where(['Status', 'eq', 'New']), "fields/Status eq 'New'", ['Laptops']],
	[
		where(['InvoiceNumber', 'startswith', 'R-']),
		"startswith(fields/InvoiceNumber,'R-')",
		['Laptops', 'Flights', 'Chairs'],
	],
	[
		{ ...where(['Status', 'eq', 'New'], ['InvoiceNumber', 'eq', "R'2"]), combine: 'or' },
		"fields/Status eq 'New' or fields/InvoiceNumber eq 'R''2'",
		['Laptops'],
	],
	[
		where(['Status', 'ne', 'New'], ['InvoiceNumber', 'eq', 'R-3']),
		"fields/Status ne 'New' and fields/InvoiceNumber eq 'R-3'",
		['Chairs'],
	],
])('filters by %p', async (conditions, filter, titles) => {
	const { json } = await getAll(conditions);
	expect(itemsUrl()).toBe(`$filter=${filter}&$expand=fields&$top=50`);
	expect(json.map(({ Title }) => Title)).toEqual(titles);
});

it.each([
	[where(['Amount', 'gt', '1000']), 'fields/Amount gt 1000'],
	[where(['Paid', 'eq', 'yes']), 'fields/Paid eq 1'],
	[where(['Vendor', 'eq', 'Fabrikam']), "fields/VendorLookupId eq '1'"],
	[where(['Owner', 'eq', 'ben@contoso.example']), "fields/Owner0LookupId eq '11'"],
	[where(['Due Date', 'le', '2026-03-31']), "fields/DueDate le '2026-03-31T12:00:00Z'"],
	[where(['Notes', 'empty']), 'fields/Notes eq null'],
	[where(['Created', 'ge', '2026-01-01T00:00:00']), "fields/Created ge '2025-12-31T23:00:00Z'"],
])('writes %p as SharePoint takes it', async (conditions, filter) => {
	await getAll({ ...conditions, ...anyColumn });
	expect(itemsUrl()).toBe(`$filter=${filter}&$expand=fields&$top=50`);
	expect(sandbox.recorded().at(-1)?.headers['prefer']).toContain(
		'HonorNonIndexedQueriesWarningMayFailRandomly',
	);
});

it('sorts, and returns chosen columns only', async () => {
	const { json } = await getAll({
		options: { sortBy: 'InvoiceNumber', direction: 'desc', columns: ['Title', 'Vendor', 'Tags'] },
	});
	expect(itemsUrl()).toBe(
		'$orderby=fields/InvoiceNumber desc&$expand=fields($select=Title,Vendor,VendorLookupId,Tags)&$top=50',
	);
	expect(json.map(({ Title }) => Title)).toEqual(['Chairs', 'Flights', 'Laptops']);
	expect(json[1]).toMatchObject({ VendorLookupId: '2' });
	expect(json[1]).not.toHaveProperty('Amount');
});

it('takes a filter of Graph as it is', async () => {
	const { json } = await getAll({ findBy: 'odata', filter: "fields/Status eq 'Paid'" });
	expect(sandbox.requests()).toHaveLength(1);
	expect(json.map(({ Title }) => Title)).toEqual(['Chairs']);
});

describe('without an index', () => {
	it.each([
		[where(['Amount', 'gt', '1000']), 'Conditions: "Amount" has no index'],
		[{ options: { sortBy: 'DueDate' } }, 'Order By: "Due Date" has no index'],
	])('says so before anything is sent: %p', async (parameters, message) => {
		await expect(getAll(parameters)).rejects.toThrow(message);
		expect(itemsUrl()).toBeUndefined();
	});

	it("says what to do where Graph refuses a filter of one's own", async () => {
		await expect(getAll({ findBy: 'odata', filter: 'fields/Amount gt 1' })).rejects.toMatchObject({
			message: expect.stringContaining("Field 'Amount' cannot be referenced") as string,
			description: expect.stringContaining('Allow Columns Without Index') as string,
		});
	});

	it('names the limit of 5,000 items where it is met', async () => {
		for (let index = 0; index < 5000; index++) {
			sandbox.store.addItem(sandbox.finance, sandbox.invoices, { by: 10, body: { Title: 'T' } });
		}
		await expect(getAll({ ...where(['Amount', 'gt', '1']), ...anyColumn })).rejects.toMatchObject({
			description: expect.stringContaining('more than 5,000 items') as string,
		});
		// With an index it is no matter how many there are.
		const { json } = await getAll(where(['Status', 'eq', 'New']));
		expect(json).toHaveLength(1);
	});
});

it.each([
	[where(['Colour', 'eq', 'red']), 'Conditions: the list has no column "Colour"'],
	[where(['', 'eq', 'red']), 'Column: is empty'],
	[
		{ ...where(['Amount', 'startswith', '1']), ...anyColumn },
		'Conditions: only text can begin with something',
	],
	[{ options: { sortBy: 'Tags', allowNonIndexed: true } }, 'Order By: SharePoint can not sort by'],
	[{ options: { columns: ['Colour'] } }, 'Columns: the list has no column "Colour"'],
])('refuses %p', async (parameters, message) => {
	await expect(getAll(parameters)).rejects.toThrow(message);
});
