import { type MailSandbox, startMailSandbox } from '../mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const byName = (value: string) => ({ __rl: true, mode: 'name', value });
const path = '/v1.0/me/outlook/masterCategories';
const run = async (operation: string, parameters: object = {}) =>
	await sandbox.run({ resource: 'category', operation, ...parameters });

it('creates a category with a color', async () => {
	const { json } = await run('create', { name: 'Invoices', color: 'preset7' });
	expect(sandbox.requests()).toEqual([
		{ method: 'POST', url: path, body: { displayName: 'Invoices', color: 'preset7' } },
	]);
	expect(json[0]).toMatchObject({ name: 'Invoices', color: 'Blue', preset: 'preset7' });
});

it('lists them by the names of their colors, or as Graph does', async () => {
	const { json } = await run('getAll');
	expect(sandbox.requests()).toEqual([{ method: 'GET', url: `${path}?$top=100` }]);
	expect(json.map(({ name, color }) => [name, color])).toEqual([
		['Red category', 'Red'],
		['Blue category', 'Blue'],
		['Green category', 'Green'],
	]);
	const raw = await run('getAll', { simplify: false });
	expect(raw.json[0]).toMatchObject({ displayName: 'Red category', color: 'preset0' });
});

it('changes the color of one that is given by name, and looks it up once a run', async () => {
	const { json } = await sandbox.run(
		{
			resource: 'category',
			operation: 'update',
			category: byName('red CATEGORY'),
			color: 'preset15',
		},
		{ items: [{}, {}] },
	);
	const id = json[0]?.['id'] as string;
	expect(sandbox.requests()).toEqual([
		{ method: 'GET', url: `${path}?$top=100` },
		{ method: 'PATCH', url: `${path}/${id}`, body: { color: 'preset15' } },
		{ method: 'PATCH', url: `${path}/${id}`, body: { color: 'preset15' } },
	]);
	expect(json[1]).toMatchObject({ name: 'Red category', color: 'Dark Red' });
});

it('deletes one by id', async () => {
	const { json } = await run('getAll');
	const id = json[0]?.['id'] as string;
	sandbox.forget();
	// A bare text, as an agent or an expression answers it.
	const deleted = await run('delete', { category: id });
	expect(sandbox.requests()).toEqual([{ method: 'DELETE', url: `${path}/${id}` }]);
	expect(deleted.json).toEqual([{ success: true, id }]);
});

it('names the categories that exist when one does not', async () => {
	await expect(run('delete', { category: byName('Invoices') })).rejects.toMatchObject({
		message: 'Category: the mailbox has no category "Invoices"',
		description: 'It has: Red category, Blue category, Green category.',
	});
});

it('offers them in the list', async () => {
	const { results } = await sandbox.search('searchCategories', { typed: 'BLUE' });
	expect(results.map(({ name }) => name)).toEqual(['Blue category — Blue']);
});
