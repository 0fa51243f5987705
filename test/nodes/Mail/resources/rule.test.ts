import { type MailSandbox, startMailSandbox } from '../mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const ana = 'ana@contoso.example';
const path = '/v1.0/me/mailFolders/inbox/messageRules';
const run = async (operation: string, parameters: object = {}) =>
	await sandbox.run({ resource: 'rule', operation, ...parameters });
const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const simple = { name: 'Invoices', actions: { markAsRead: true } };

it('creates a rule from the form, which then works', async () => {
	const folder = await sandbox.createFolder(ana, ['inbox', 'Invoices']);
	const { json } = await run('create', {
		name: 'Invoices',
		conditions: {
			subjectContains: 'invoice, receipt',
			fromAddresses: 'Ben <ben@contoso.example>',
			is: ['hasAttachments'],
			minimumSize: 10,
			categories: '',
		},
		exceptions: { importance: 'low' },
		filing: 'moveToFolder',
		folder: { __rl: true, mode: 'path', value: 'Inbox/Invoices' },
		actions: { markAsRead: true, assignCategories: 'Invoices', forwardTo: '' },
		options: { sequence: 2 },
	});
	expect(sandbox.requests().at(-1)).toEqual({
		method: 'POST',
		url: path,
		body: {
			displayName: 'Invoices',
			sequence: 2,
			isEnabled: true,
			conditions: {
				subjectContains: ['invoice', 'receipt'],
				fromAddresses: [{ emailAddress: { address: 'ben@contoso.example', name: 'Ben' } }],
				hasAttachments: true,
				withinSizeRange: { minimumSize: 10, maximumSize: 2_147_483_647 },
			},
			exceptions: { importance: 'low' },
			actions: { markAsRead: true, assignCategories: ['Invoices'], moveToFolder: folder },
		},
	});
	expect(json[0]).toMatchObject({
		name: 'Invoices',
		sequence: 2,
		isEnabled: true,
		hasError: false,
		exceptions: { importance: 'low' },
	});
});

it('gives a rule the id of a standard folder', async () => {
	await run('create', {
		name: 'Old',
		filing: 'copyToFolder',
		folder: { __rl: true, mode: 'id', value: 'archive' },
	});
	const [look, create] = sandbox.requests();
	expect(look).toEqual({ method: 'GET', url: '/v1.0/me/mailFolders/archive?$select=id' });
	expect(create?.body).toMatchObject({
		actions: { copyToFolder: await sandbox.createFolder(ana, ['archive']) },
	});
});

it('creates a rule from JSON', async () => {
	await run('create', {
		name: 'Newsletters',
		defineBy: 'json',
		ruleJson: '{"conditions":{"headerContains":["List-Id"]},"actions":{"delete":true}}',
	});
	expect(sandbox.requests()[0]?.body).toEqual({
		displayName: 'Newsletters',
		sequence: 1,
		isEnabled: true,
		conditions: { headerContains: ['List-Id'] },
		actions: { delete: true },
	});
	await expect(run('create', { name: 'X', defineBy: 'json', ruleJson: '[1]' })).rejects.toThrow(
		'Rule (JSON): is no object',
	);
});

it('asks for an action', async () => {
	await expect(run('create', { name: 'X' })).rejects.toThrow('Actions: is empty');
	expect(sandbox.requests()).toEqual([]);
});

it('changes, gets and deletes a rule by its name', async () => {
	const created = await run('create', simple);
	const id = created.json[0]?.['id'] as string;
	const rule = byName('invoices');
	sandbox.forget();
	const updated = await run('update', {
		rule,
		name: 'Bills',
		conditions: { senderContains: '@fabrikam.example' },
		options: { isEnabled: false },
	});
	expect(sandbox.requests()).toEqual([
		{ method: 'GET', url: `${path}?$top=100` },
		{
			method: 'PATCH',
			url: `${path}/${encodeURIComponent(id)}`,
			body: {
				displayName: 'Bills',
				conditions: { senderContains: ['@fabrikam.example'] },
				isEnabled: false,
			},
		},
	]);
	expect(updated.json[0]).toMatchObject({ id, name: 'Bills', isEnabled: false });
	const { json } = await run('get', { rule: id });
	expect(json[0]).toMatchObject({ name: 'Bills', actions: { markAsRead: true } });
	const raw = await run('get', { rule: id, simplify: false });
	expect(raw.json[0]).toMatchObject({ displayName: 'Bills' });
	const deleted = await run('delete', { rule: byName('Bills') });
	expect(deleted.json).toEqual([{ success: true, id }]);
	await expect(run('delete', { rule: byName('Bills') })).rejects.toThrow(
		'Rule: the Inbox has no rule "Bills"',
	);
});

it('asks for a change', async () => {
	const created = await run('create', simple);
	await expect(run('update', { rule: created.json[0]?.['id'] as string })).rejects.toThrow(
		'Update: has nothing to change',
	);
});

it('lists the rules in their order, and offers them by name', async () => {
	await run('create', { ...simple, name: 'Second', options: { sequence: 2 } });
	await run('create', { ...simple, name: 'First', options: { sequence: 1, isEnabled: false } });
	await run('create', { ...simple, name: 'Second', options: { sequence: 3 } });
	const { json } = await run('getAll');
	expect(json.map(({ name }) => name)).toEqual(['First', 'Second', 'Second']);
	const { results } = await sandbox.search('searchRules', { typed: 'fir' });
	expect(results.map(({ name }) => name)).toEqual(['First (off)']);
	await expect(run('delete', { rule: byName('Second') })).rejects.toThrow(
		'2 rules have the name "Second"',
	);
});
