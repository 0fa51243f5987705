import { mapperField } from '../../../nodes/SharePoint/pickers/columns';
import { byId, byUrl, type SharePointSandbox, startSharePointSandbox } from './sharePointSandbox';

let sandbox: SharePointSandbox;
beforeAll(async () => (sandbox = await startSharePointSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const item = (operation: string) => ({
	resource: 'item',
	operation,
	site: byUrl('https://contoso.sharepoint.example/sites/finance'),
	list: byId(sandbox.invoices.id),
});
const names = (results: ReadonlyArray<{ name: string }>) => results.map(({ name }) => name);

it('searchSites shows the name of a site, or its path where it has no title', async () => {
	const results = await sandbox.search('searchSites', {});
	expect(names(results)).toEqual(['Audit 2026', 'Contoso', 'Finance', 'Marketing', 't-1044']);
	expect(results[2]).toEqual({
		name: 'Finance',
		value: sandbox.finance.id,
		url: 'https://contoso.sharepoint.example/sites/finance',
	});
	expect(names(await sandbox.search('searchSites', {}, 'fin'))).toEqual(['Audit 2026', 'Finance']);
});

it('searchLists lists the lists of the chosen site', async () => {
	const all = names(await sandbox.search('searchLists', item('get')));
	expect(all).toEqual(expect.arrayContaining(['Documents', 'Invoices', 'Vendors']));
	expect(all).toEqual([...all].sort());
	expect(all).not.toContain('User Information List');
	expect(names(await sandbox.search('searchLists', item('get'), 'inv'))).toEqual(['Invoices']);
});

it('searchItems lists the newest first', async () => {
	const results = await sandbox.search('searchItems', item('get'));
	expect(names(results)).toEqual(['Chairs — 3', 'Flights — 2', 'Laptops — 1']);
	expect(names(await sandbox.search('searchItems', item('get'), 'lap'))).toEqual(['Laptops — 1']);
});

it('searchPages lists titles and files', async () => {
	const parameters = { resource: 'page', operation: 'get', site: byId(sandbox.finance.id) };
	expect(names(await sandbox.search('searchPages', parameters))).toEqual(['Home — Home.aspx']);
});

it('asks for a site that has a value', async () => {
	const site = byId('={{ $json.site }}');
	await expect(sandbox.search('searchLists', { ...item('get'), site })).rejects.toThrow(
		'Site: is an expression without a value yet',
	);
});

it('getColumnNames lists the columns that people see', async () => {
	const options = await sandbox.columnNames(item('getAll'));
	expect(options.find(({ value }) => value === 'Owner0')).toEqual({
		name: 'Owner',
		value: 'Owner0',
		description: 'Owner0, person',
	});
	expect(options.map(({ value }) => value)).not.toContain('_UIVersionString');
});

describe('the columns of the form', () => {
	const field = async (method: Parameters<SharePointSandbox['columns']>[0], operation: string) => {
		const fields = await sandbox.columns(method, item(operation));
		return (id: string) => fields.find((each) => each.id === id);
	};

	it('have their types, with required ones marked', async () => {
		const column = await field('getColumns', 'create');
		expect(column('Title')).toMatchObject({ displayName: 'Title', type: 'string', required: true });
		expect(column('Amount')).toMatchObject({ displayName: 'Amount (currency)', type: 'number' });
		expect(column('DueDate')).toMatchObject({ displayName: 'Due Date (date)', type: 'dateTime' });
		expect(column('Paid')).toMatchObject({
			type: 'boolean',
			required: false,
			removed: false,
			defaultValue: false,
		});
		expect(column('Status')).toMatchObject({
			type: 'options',
			options: ['New', 'Approved', 'Paid'].map((value) => ({ name: value, value })),
		});
		expect(column('Tags')?.displayName).toBe('Tags (Urgent; Travel; Hardware)');
		expect(column('Owner0')?.displayName).toBe('Owner (email address)');
		expect(column('Vendor')?.displayName).toBe('Vendor (ID or text)');
	});

	it('show what can not be written as such', async () => {
		const column = await field('getColumns', 'create');
		expect(column('Author')).toMatchObject({
			displayName: 'Created By (read-only)',
			readOnly: true,
			removed: true,
		});
		expect(column('Total')).toMatchObject({
			displayName: 'Total (calculated, read-only)',
			readOnly: true,
		});
		expect(column('Department')).toMatchObject({
			displayName: 'Department (can not be written by Microsoft Graph)',
			readOnly: true,
			required: false,
		});
		expect(column('_HiddenTag')).toBeUndefined();
		expect(column('ContentType')).toBeUndefined();
	});

	it('of an update are none required; of an upsert some can be matched', async () => {
		const update = await field('getColumnsToUpdate', 'update');
		expect(update('Title')).toMatchObject({ required: false });
		const upsert = await field('getColumnsToUpsert', 'upsert');
		expect(upsert('InvoiceNumber')).toMatchObject({ canBeUsedToMatch: true, defaultMatch: true });
		expect(upsert('Tags')).toMatchObject({ canBeUsedToMatch: false });
		expect(upsert('Paid')).toMatchObject({ removed: true });
		expect(upsert('Total')).toMatchObject({ canBeUsedToMatch: false });
	});
});

it('a switch begins as SharePoint has it', () => {
	const column = { name: 'Active', boolean: {}, defaultValue: { value: '1' } };
	expect(mapperField(column, 'create')).toMatchObject({ type: 'boolean', defaultValue: true });
});
