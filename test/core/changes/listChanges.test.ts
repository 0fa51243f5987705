import { IdRanges } from '../../../core/changes/idRanges';
import { listChanges, type ListHappening } from '../../../core/changes/listChanges';
import type { Change } from '../../../core/changes/types';
import { path } from '../../../core/graph/path';
import { ana, startSourceSandbox, type SourceSandbox, Watcher } from './sourceSandbox';

// Each asks a Graph of its own many times.
jest.setTimeout(30_000);

let box: SourceSandbox;
beforeAll(async () => (box = await startSourceSandbox()));
beforeEach(() => box.reset());
afterAll(async () => await box.stop());

const minuteMs = 60_000;
const place = () => {
	const { sharePoint } = box.sandbox.state;
	const site = sharePoint.sites.find(({ name }) => name === 'finance');
	if (!site) throw new Error('There is no site finance');
	return { site: site.id, list: sharePoint.list(site, 'Invoices').id };
};
const items = () => `/sites/${place().site}/lists/${place().list}/items`;
const watch = async (happening: ListHappening) => {
	const { site, list } = place();
	const source = listChanges({
		key: 'list',
		items: path`/sites/${site}/lists/${list}/items`,
		happening,
	});
	return await new Watcher(box.graph, source).start();
};
const add = async (title: string) =>
	(await box.as(ana, 'POST', items(), { fields: { Title: title } })).id;
const change = async (id: string, title: string) =>
	await box.as(ana, 'PATCH', `${items()}/${id}/fields`, { Title: title });
const remove = async (id: string) => await box.as(ana, 'DELETE', `${items()}/${id}`);
const ids = (changes: readonly Change[]) => changes.map(({ id }) => id);

it('tells a new item once, whatever happens to it then', async () => {
	await add('Old');
	const watcher = await watch('created');
	expect(await watcher.look()).toEqual([]);
	const id = await add('New');
	await change(id, 'Newer');
	expect(ids(await watcher.look())).toEqual([id]);
	await change(id, 'Newest');
	expect(await watcher.look()).toEqual([]);
});

it('begins in an empty list, and asks once where nothing has happened', async () => {
	const watcher = await watch('created');
	box.forget();
	await watcher.look();
	expect(box.requests()).toHaveLength(1);
	expect(box.requests()[0]).toContain('/items/delta?');
	const id = await add('First');
	expect(ids(await watcher.look())).toEqual([id]);
});

it('tells each change of an old item once', async () => {
	const id = await add('Old');
	const watcher = await watch('updated');
	await add('New');
	expect(await watcher.look()).toEqual([]);
	await change(id, 'Changed');
	const [first] = await watcher.look();
	await change(id, 'Changed again');
	const [second] = await watcher.look();
	expect([first?.id, second?.id]).toEqual([id, id]);
	expect(first?.version).not.toBe(second?.version);
	expect(await watcher.look()).toEqual([]);
});

it('tells what is deleted of what was known', async () => {
	const id = await add('Old');
	const watcher = await watch('deleted');
	await remove(id);
	const later = await add('Later');
	expect(ids(await watcher.look())).toEqual([id]);
	await remove(later);
	expect(ids(await watcher.look())).toEqual([later]);
	expect(await watcher.look()).toEqual([]);
});

it('tells the same, and nothing old, where Graph has forgotten the link', async () => {
	const made: string[] = [];
	for (let index = 0; index < 30; index++) made.push(await add(`Old ${index}`));
	box.clock.advance(60 * minuteMs);
	await add('Last');
	const [created, updated, deleted] = [
		await watch('created'),
		await watch('updated'),
		await watch('deleted'),
	];
	// The marks of the time are taken from the list, not from this machine.
	await Promise.all([created.look(), updated.look(), deleted.look()]);
	box.clock.advance(minuteMs);
	const fresh = await add('New');
	await change(made[3] ?? '', 'Changed');
	await remove(made[7] ?? '');
	await box.expireDeltas();
	expect(ids(await created.look())).toEqual([fresh]);
	expect(ids(await updated.look())).toContain(made[3]);
	expect(ids(await deleted.look())).toEqual([made[7]]);
	for (const watcher of [created, updated, deleted]) expect(await watcher.look()).toEqual([]);
});

it('offers the newest items for a test', async () => {
	await add('One');
	const two = await add('Two');
	const { source } = await watch('created');
	expect(ids(await source.newest(box.graph, 1))).toEqual([two]);
});

it('keeps the ids of a list in a few characters', () => {
	expect(IdRanges.of([5, 3, 4, 9, 1, 4]).toString()).toBe('1,3-5,9');
	expect([...IdRanges.parse('1,3-5,9')]).toEqual([1, 3, 4, 5, 9]);
	expect([...IdRanges.parse('')]).toEqual([]);
	const many = Array.from({ length: 20_000 }, (_, index) => index + 1);
	expect(IdRanges.of(many).toString()).toBe('1-20000');
});
