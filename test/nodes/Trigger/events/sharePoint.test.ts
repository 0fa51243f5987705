import { ana, startSourceSandbox, type SourceSandbox } from '../../../core/changes/sourceSandbox';
import { byId, testEvent, watchEvent } from './eventSandbox';

// Each asks a Graph of its own many times.
jest.setTimeout(30_000);

let box: SourceSandbox;
beforeAll(async () => (box = await startSourceSandbox()));
beforeEach(() => box.reset());
afterAll(async () => await box.stop());

const place = () => {
	const { sharePoint } = box.sandbox.state;
	const site = sharePoint.sites.find(({ name }) => name === 'finance');
	if (!site) throw new Error('There is no site finance');
	return { site: site.id, list: sharePoint.list(site, 'Invoices').id };
};
const where = () => ({
	site: byId(place().site),
	list: byId(place().list),
});
const items = () => `/sites/${place().site}/lists/${place().list}/items`;
const add = async (fields: object) => (await box.as(ana, 'POST', items(), { fields })).id;
const change = async (id: string, fields: object) =>
	await box.as(ana, 'PATCH', `${items()}/${id}/fields`, fields);
const titles = (found: ReadonlyArray<{ Title?: unknown }>) => found.map(({ Title }) => Title);

it('itemCreated starts the workflow once for each new item, with its columns', async () => {
	await add({ Title: 'Old' });
	const watched = await watchEvent(box, 'itemCreated', where());
	const id = await add({ Title: 'New', Status: 'New' });
	expect(await watched.look()).toMatchObject([{ id, Title: 'New', Status: 'New' }]);
	await change(id, { Title: 'Newer' });
	await watched.restart();
	expect(await watched.look()).toEqual([]);
});

it('asks once for a list in which nothing happens', async () => {
	const watched = await watchEvent(box, 'itemCreated', where());
	await watched.look();
	box.forget();
	await watched.look();
	expect(box.requests()).toHaveLength(1);
});

it('itemUpdated starts the workflow for each change of an old item', async () => {
	const id = await add({ Title: 'Old', Status: 'New' });
	const watched = await watchEvent(box, 'itemUpdated', {
		...where(),
		conditions: { rows: [{ column: 'Status', value: 'paid' }] },
	});
	await add({ Title: 'New', Status: 'Paid' });
	await change(id, { Title: 'Still new' });
	expect(await watched.look()).toEqual([]);
	await change(id, { Status: 'Paid' });
	expect(titles(await watched.look())).toEqual(['Still new']);
	await change(id, { Title: 'Paid twice' });
	expect(titles(await watched.look())).toEqual(['Paid twice']);
	expect(await watched.look()).toEqual([]);
});

it('itemDeleted tells which item it was', async () => {
	const id = await add({ Title: 'Old' });
	const watched = await watchEvent(box, 'itemDeleted', where());
	await box.as(ana, 'DELETE', `${items()}/${id}`);
	const { site, list } = place();
	expect(await watched.look()).toEqual([{ id, siteId: site, listId: list }]);
	expect(await watched.look()).toEqual([]);
});

it('returns items as Graph does, where wanted', async () => {
	const watched = await watchEvent(box, 'itemCreated', { ...where(), simplify: false });
	await add({ Title: 'Raw' });
	expect((await watched.look())[0]).toMatchObject({ fields: { Title: 'Raw' } });
});

it('leaves out what is deleted before it is looked at', async () => {
	const watched = await watchEvent(box, 'itemCreated', where());
	await add({ Title: 'One' });
	await add({ Title: 'Two' });
	box.sandbox.faults.add({ match: 'GET /sites/.*/items/[0-9]', status: 404, times: 1 });
	expect(await watched.look()).toHaveLength(1);
	expect(await watched.look()).toEqual([]);
});

it('says which lists there are where the named one is missing', async () => {
	const list = { __rl: true, mode: 'name', value: 'Nowhere' };
	await expect(watchEvent(box, 'itemCreated', { ...where(), list })).rejects.toThrow(
		'List: the site has no list called "Nowhere"',
	);
});

it('shows the newest item that matches in a test', async () => {
	const first = await add({ Title: 'First', Status: 'Paid' });
	await add({ Title: 'Second', Status: 'New' });
	const conditions = { rows: [{ column: 'Status', value: 'Paid' }] };
	expect((await testEvent(box, 'itemCreated', { ...where(), conditions })).json).toMatchObject([
		{ id: first, Title: 'First' },
	]);
	expect((await testEvent(box, 'itemUpdated', where())).json).toHaveLength(1);
	expect((await testEvent(box, 'itemDeleted', where())).json).toHaveLength(1);
});
