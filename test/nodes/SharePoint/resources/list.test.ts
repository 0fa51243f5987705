import { byId, byName, type SharePointSandbox, startSharePointSandbox } from '../sharePointSandbox';

let sandbox: SharePointSandbox;
beforeAll(async () => (sandbox = await startSharePointSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const run = async (resource: string, operation: string, parameters: object = {}) =>
	await sandbox.run({ resource, operation, site: byId(sandbox.finance.id), ...parameters });
const at = () => `/sites/${sandbox.finance.id}/lists`;
const invoices = () => ({ list: byId(sandbox.invoices.id) });

describe('list', () => {
	it('create makes a list with columns', async () => {
		const { json } = await run('list', 'create', {
			name: 'Trips',
			description: 'Where to',
			columns: {
				rows: [
					{ displayName: 'Due Date', type: 'date', required: true },
					{ displayName: 'Status', type: 'multiChoice', choices: 'New, Done', indexed: true },
					{ displayName: 'Стоимость', type: 'currency' },
				],
			},
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: at(),
				body: {
					displayName: 'Trips',
					description: 'Where to',
					list: { template: 'genericList' },
					columns: [
						{
							name: 'DueDate',
							displayName: 'Due Date',
							required: true,
							dateTime: { format: 'dateOnly' },
						},
						{
							name: 'Status',
							displayName: 'Status',
							indexed: true,
							choice: { allowTextEntry: false, choices: ['New', 'Done'], displayAs: 'checkBoxes' },
						},
						{
							name: expect.stringMatching(/^Column[\da-f]{8}$/) as string,
							displayName: 'Стоимость',
							currency: { locale: 'en-us' },
						},
					],
				},
			},
		]);
		expect(json[0]).toMatchObject({ name: 'Trips', template: 'genericList', isLibrary: false });
	});

	it('create says that a name is taken', async () => {
		await expect(run('list', 'create', { name: 'Invoices' })).rejects.toThrow(
			'Name already exists',
		);
	});

	it('get takes a name', async () => {
		const { json } = await run('list', 'get', { list: byName('invoices') });
		expect(sandbox.requests().map(({ url }) => url)).toEqual([
			`${at()}?$select=id,name,displayName,webUrl,list&$top=200`,
			`${at()}/${sandbox.invoices.id}`,
		]);
		expect(json[0]).toMatchObject({ name: 'Invoices', description: 'Incoming invoices' });
	});

	it('getAll lists what people see, or all', async () => {
		const { json } = await run('list', 'getAll', { returnAll: true });
		const found = json.map(({ name, isLibrary }) => [name, isLibrary]);
		expect(found).toContainEqual(['Documents', true]);
		expect(found).toContainEqual(['Invoices', false]);
		expect(json.map(({ name }) => name)).not.toContain('User Information List');
		const all = await run('list', 'getAll', { returnAll: true, options: { includeSystem: true } });
		expect(all.json.map(({ name }) => name)).toContain('User Information List');
		expect(sandbox.requests().map(({ url }) => url)).toEqual([
			`${at()}?$top=200`,
			`${at()}?$select=id,name,displayName,description,webUrl,createdDateTime,lastModifiedDateTime,list,system&$top=200`,
		]);
	});

	it('update renames', async () => {
		const changes = { displayName: 'Bills' };
		const { json } = await run('list', 'update', { ...invoices(), changes });
		expect(sandbox.requests()).toEqual([
			{
				method: 'PATCH',
				url: `${at()}/${sandbox.store.list(sandbox.finance, 'Bills').id}`,
				body: changes,
			},
		]);
		expect(json[0]).toMatchObject({ name: 'Bills', urlName: 'Invoices' });
		await expect(run('list', 'update', { list: byName('Bills'), changes: {} })).rejects.toThrow(
			'Changes: is empty',
		);
	});

	it('delete deletes', async () => {
		const { id } = sandbox.invoices;
		const { json } = await run('list', 'delete', { list: byId(id) });
		expect(sandbox.requests()).toEqual([{ method: 'DELETE', url: `${at()}/${id}` }]);
		expect(json).toEqual([{ success: true, id }]);
	});
});

describe('column', () => {
	it('getAll tells types, choices and what can be written', async () => {
		const { json } = await run('column', 'getAll', invoices());
		expect(sandbox.requests()).toEqual([
			{ method: 'GET', url: `${at()}/${sandbox.invoices.id}/columns?$top=500` },
		]);
		const types = Object.fromEntries(json.map(({ name, type }) => [name, type]));
		expect(types).toEqual({
			Title: 'text',
			Modified: 'dateTime',
			Created: 'dateTime',
			Author: 'person',
			Editor: 'person',
			ID: 'number',
			InvoiceNumber: 'text',
			Notes: 'note',
			Amount: 'currency',
			Positions: 'number',
			DueDate: 'date',
			ReceivedAt: 'dateTime',
			Paid: 'boolean',
			Status: 'choice',
			Tags: 'multiChoice',
			Owner0: 'person',
			Approvers: 'multiPerson',
			Vendor: 'lookup',
			OtherVendors: 'multiLookup',
			Scan: 'link',
			Total: 'calculated',
			Department: 'unsupported',
		});
		expect(json.find(({ name }) => name === 'Status')).toMatchObject({
			choices: ['New', 'Approved', 'Paid'],
			isIndexed: true,
			isWritable: true,
		});
		expect(json.filter(({ isWritable }) => !isWritable).map(({ name }) => name)).toEqual(
			expect.arrayContaining(['Author', 'Total', 'Department']),
		);
	});

	it('create makes a lookup', async () => {
		const vendors = sandbox.store.list(sandbox.finance, 'Vendors');
		const { json } = await run('column', 'create', {
			...invoices(),
			displayName: 'Paid To',
			type: 'lookup',
			lookupList: byName('Vendors'),
			options: { indexed: true },
		});
		expect(sandbox.requests().at(-1)).toEqual({
			method: 'POST',
			url: `${at()}/${sandbox.invoices.id}/columns`,
			body: {
				name: 'PaidTo',
				displayName: 'Paid To',
				indexed: true,
				lookup: { listId: vendors.id, columnName: 'Title', allowMultipleValues: false },
			},
		});
		expect(json[0]).toMatchObject({ name: 'PaidTo', type: 'lookup', lookupListId: vendors.id });
	});

	it.each([
		['text', {}, { text: { maxLength: 255 } }],
		['note', {}, { text: { allowMultipleLines: true, linesForEditing: 6, textType: 'plain' } }],
		['number', {}, { number: {} }],
		['boolean', {}, { boolean: {} }],
		['dateTime', {}, { dateTime: { format: 'dateTime' } }],
		['link', {}, { hyperlinkOrPicture: { isPicture: false } }],
		[
			'person',
			{},
			{ personOrGroup: { allowMultipleSelection: false, chooseFromType: 'peopleOnly' } },
		],
		[
			'multiPerson',
			{},
			{ personOrGroup: { allowMultipleSelection: true, chooseFromType: 'peopleOnly' } },
		],
		[
			'choice',
			{ choices: 'A, B' },
			{ choice: { allowTextEntry: false, choices: ['A', 'B'], displayAs: 'dropDownMenu' } },
		],
	])('create makes one of type %s', async (type, parameters, facet) => {
		await run('column', 'create', { ...invoices(), displayName: 'New one', type, ...parameters });
		expect(sandbox.requests()[0]?.body).toEqual({
			name: 'NewOne',
			displayName: 'New one',
			...facet,
		});
	});

	it('create gives unique values an index', async () => {
		await run('column', 'create', {
			...invoices(),
			displayName: 'Code',
			options: { unique: true, required: true, defaultValue: 'x', name: 'Code1' },
		});
		expect(sandbox.requests()[0]?.body).toEqual({
			name: 'Code1',
			displayName: 'Code',
			required: true,
			indexed: true,
			enforceUniqueValues: true,
			defaultValue: { value: 'x' },
			text: { maxLength: 255 },
		});
	});

	it('create asks for choices', async () => {
		await expect(
			run('column', 'create', { ...invoices(), displayName: 'X', type: 'choice' }),
		).rejects.toThrow('Choices: is empty');
	});
});

it('contentType getAll lists the ids', async () => {
	const { json } = await run('contentType', 'getAll', { list: byName('Documents') });
	expect(sandbox.requests().at(-1)?.url).toBe(
		`${at()}/${sandbox.finance.documents.listId}/contentTypes?$top=200`,
	);
	expect(json.map(({ id, name }) => [id, name])).toEqual([
		['0x0101', 'Document'],
		['0x0120', 'Folder'],
	]);
});
