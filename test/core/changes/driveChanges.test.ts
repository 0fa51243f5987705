import { driveChanges } from '../../../core/changes/driveChanges';
import type { DriveChangesOptions } from '../../../core/changes/driveScope';
import type { Change } from '../../../core/changes/types';
import { path } from '../../../core/graph/path';
import type { StoredDriveItem } from '../../../sandbox/graph/drive/types';
import { ana, startSourceSandbox, type SourceSandbox, Watcher } from './sourceSandbox';

// Each asks a Graph of its own many times.
jest.setTimeout(30_000);

let box: SourceSandbox;
beforeAll(async () => (box = await startSourceSandbox()));
beforeEach(() => {
	box.reset();
	notes.length = 0;
});
afterAll(async () => await box.stop());

const driveId = 'b!sandbox-onedrive-0001';
const minuteMs = 60_000;
const notes: string[] = [];
const drive = () => box.sandbox.state.drives.driveById(driveId);
const put = (name: string, content = 'content'): StoredDriveItem =>
	box.sandbox.state.drives.put(driveId, name, Buffer.from(content), ana, 'text/plain');
const folder = (name: string): StoredDriveItem =>
	drive().ensureFolder(drive().root, name.split('/'), ana);
const find = (name: string): StoredDriveItem => drive().byPath(drive().root, name);
const move = (item: StoredDriveItem, to: StoredDriveItem, name?: string) => {
	drive().move(item, {
		parent: to,
		conflict: 'fail',
		by: ana,
		...(name !== undefined && { name }),
	});
};

type Where = Partial<Omit<DriveChangesOptions, 'happening'>>;
const watch = async (happening: DriveChangesOptions['happening'], where: Where = {}) =>
	await new Watcher(
		box.graph,
		driveChanges({
			key: 'drive',
			drive: path`/drives/${driveId}`,
			folderId: drive().root.id,
			folderPath: '',
			isTop: true,
			recursive: true,
			of: 'file',
			happening,
			now: () => box.clock.now(),
			note: (text) => notes.push(text),
			...where,
		}),
	).start();
const inFolder = (item: StoredDriveItem, recursive: boolean): Where => ({
	folderId: item.id,
	folderPath: drive().pathOf(item).join('/'),
	isTop: false,
	recursive,
});
const names = (changes: readonly Change[]) => changes.map(({ item }) => item['name']).sort();

describe('created', () => {
	it('tells a new file once, and nothing that was there', async () => {
		put('old.txt');
		const watcher = await watch('created');
		expect(await watcher.look()).toEqual([]);
		put('new.txt');
		put('Deep/down/below.txt');
		expect(names(await watcher.look())).toEqual(['below.txt', 'new.txt']);
		put('new.txt', 'changed');
		expect(await watcher.look()).toEqual([]);
	});

	it('asks once where nothing has happened', async () => {
		put('old.txt');
		const watcher = await watch('created');
		box.forget();
		await watcher.look();
		expect(box.requests()).toHaveLength(1);
		expect(box.requests()[0]).toContain(`GET /v1.0/drives/${driveId}/root/delta?`);
	});

	it('tells what is copied or moved in, however old', async () => {
		const old = put('Elsewhere/old.txt');
		put('Inbox/known.txt');
		box.clock.advance(1_000 * minuteMs);
		const watcher = await watch('created', inFolder(find('Inbox'), true));
		move(old, find('Inbox'));
		const job = await box.graph.startJob({
			method: 'POST',
			path: path`/drives/${driveId}/items/${find('Inbox/known.txt').id}/copy`,
			body: {
				name: 'copy.txt',
				parentReference: { driveId, id: folder('Inbox/Copies').id },
			},
		});
		while ((await job.status()).state === 'running');
		expect(names(await watcher.look())).toEqual(['copy.txt', 'old.txt']);
		expect(await watcher.look()).toEqual([]);
	});

	it('tells what comes in with a folder that is moved in', async () => {
		put('Elsewhere/Case/a.txt');
		put('Elsewhere/Case/Deep/b.txt');
		put('Inbox/known.txt');
		const files = await watch('created', inFolder(find('Inbox'), true));
		const folders = await watch('created', { ...inFolder(find('Inbox'), true), of: 'folder' });
		const flat = await watch('created', inFolder(find('Inbox'), false));
		move(find('Elsewhere/Case'), find('Inbox'));
		expect(names(await files.look())).toEqual(['a.txt', 'b.txt']);
		expect(names(await folders.look())).toEqual(['Case', 'Deep']);
		expect(await flat.look()).toEqual([]);
		expect(await files.look()).toEqual([]);
	});

	it('looks into the folder alone where subfolders do not count', async () => {
		folder('Inbox/Sub');
		const watcher = await watch('created', inFolder(find('Inbox'), false));
		const top = await watch('created', { recursive: false });
		put('Inbox/here.txt');
		put('Inbox/Sub/below.txt');
		put('top.txt');
		expect(names(await watcher.look())).toEqual(['here.txt']);
		expect(names(await top.look())).toEqual(['top.txt']);
	});

	it('tells what went and came back anew', async () => {
		const file = put('Inbox/letter.txt');
		const inbox = find('Inbox');
		folder('Done');
		const watcher = await watch('created', inFolder(inbox, true));
		const versions: string[] = [];
		for (let time = 0; time < 2; time++) {
			move(file, find('Done'));
			expect(await watcher.look()).toEqual([]);
			move(file, inbox);
			versions.push(...(await watcher.look()).map(({ version }) => version));
		}
		expect(versions).toHaveLength(2);
		expect(new Set(versions).size).toBe(2);
	});

	it('waits for the content of an upload that shows as empty at first', async () => {
		const watcher = await watch('created');
		const updates = await watch('updated');
		put('upload.bin', '');
		put('empty.txt', '');
		expect(await watcher.look()).toEqual([]);
		expect(await updates.look()).toEqual([]);
		box.clock.advance(minuteMs);
		put('upload.bin', 'all of it');
		const [upload] = await watcher.look();
		expect(upload?.item).toMatchObject({ name: 'upload.bin', size: 9 });
		expect(await updates.look()).toEqual([]);
		box.clock.advance(2 * minuteMs);
		expect(names(await watcher.look())).toEqual(['empty.txt']);
		expect(await updates.look()).toEqual([]);
		expect(await watcher.look()).toEqual([]);
		put('upload.bin', 'more of it');
		expect(names(await updates.look())).toEqual(['upload.bin']);
	});
});

it('tells folders apart from files', async () => {
	const watcher = await watch('created', { of: 'folder' });
	put('Cases/1/a.txt');
	expect(names(await watcher.look())).toEqual(['1', 'Cases']);
	const deleted = await watch('deleted', { of: 'folder' });
	drive().remove(find('Cases/1'));
	expect(names(await deleted.look())).toEqual(['1']);
});

it('tells new content, not a new name or place', async () => {
	const file = put('a.txt');
	folder('Sub');
	const watcher = await watch('updated');
	put('b.txt');
	expect(await watcher.look()).toEqual([]);
	put('a.txt', 'other');
	const [first] = await watcher.look();
	expect(first).toMatchObject({ id: file.id, item: { name: 'a.txt' } });
	put('a.txt', 'content');
	const [second] = await watcher.look();
	expect(second?.version).not.toBe(first?.version);
});

it('tells what was renamed or moved, from where', async () => {
	put('Inbox/a.txt');
	put('Inbox/b.txt');
	folder('Inbox/Sub');
	folder('Done');
	const watcher = await watch('moved', inFolder(find('Inbox'), true));
	move(find('Inbox/a.txt'), find('Inbox'), 'renamed.txt');
	move(find('Inbox/b.txt'), find('Done'));
	put('Inbox/new.txt');
	const changes = await watcher.look();
	expect(changes.map(({ item }) => [item['name'], item['previous']])).toEqual([
		['renamed.txt', { name: 'a.txt', parentPath: 'Inbox' }],
		['b.txt', { name: 'b.txt', parentPath: 'Inbox' }],
	]);
	move(find('Inbox/renamed.txt'), find('Inbox/Sub'));
	const [again] = await watcher.look();
	expect(again?.item['previous']).toEqual({ name: 'renamed.txt', parentPath: 'Inbox' });
	expect(await watcher.look()).toEqual([]);
});

describe('deleted', () => {
	it('tells what it was and where, once, and nothing that only moved', async () => {
		const file = put('Inbox/Sub/a.txt');
		put('Inbox/moved.txt');
		put('elsewhere.txt');
		folder('Done');
		const watcher = await watch('deleted', inFolder(find('Inbox'), true));
		drive().remove(file);
		drive().remove(find('elsewhere.txt'));
		move(find('Inbox/moved.txt'), find('Done'));
		const [change, ...others] = await watcher.look();
		expect(others).toEqual([]);
		expect(change).toMatchObject({
			id: file.id,
			item: { id: file.id, name: 'a.txt', parentPath: 'Inbox/Sub' },
		});
		expect(await watcher.look()).toEqual([]);
	});

	it('tells all that was in a folder, also where Graph tells the folder alone', async () => {
		put('Case/a.txt');
		put('Case/Deep/b.txt');
		put('c.txt');
		const watcher = await watch('deleted');
		const children = drive().descendants(find('Case'));
		drive().remove(find('Case'));
		for (const child of children) drive().tombstones.delete(child.id);
		expect(names(await watcher.look())).toEqual(['a.txt', 'b.txt']);
		expect(await watcher.look()).toEqual([]);
	});
});

describe('where Graph has forgotten the link', () => {
	const disturb = async () => {
		put('Inbox/stays.txt');
		put('Inbox/goes.txt');
		put('Inbox/changes.txt');
		put('Inbox/moves.txt');
		folder('Inbox/Sub');
		for (let index = 0; index < 250; index++) put(`Bulk/${index}.txt`);
		const watchers = {
			created: await watch('created'),
			updated: await watch('updated'),
			deleted: await watch('deleted'),
			moved: await watch('moved'),
			inFolder: await watch('created', inFolder(find('Inbox'), true)),
		};
		put('Inbox/comes.txt');
		put('Inbox/changes.txt', 'other');
		drive().remove(find('Inbox/goes.txt'));
		move(find('Inbox/moves.txt'), find('Inbox/Sub'));
		return watchers;
	};

	it('tells what has happened all the same, and nothing else', async () => {
		const watchers = await disturb();
		drive().epoch += 1;
		expect(names(await watchers.created.look())).toEqual(['comes.txt']);
		expect(names(await watchers.updated.look())).toEqual(expect.arrayContaining(['changes.txt']));
		expect(names(await watchers.deleted.look())).toEqual(['goes.txt']);
		expect(names(await watchers.moved.look())).toEqual(['moves.txt']);
		expect(names(await watchers.inFolder.look())).toEqual(['comes.txt']);
		for (const watcher of Object.values(watchers)) expect(await watcher.look()).toEqual([]);
	});
});

describe('a drive with more items than are remembered', () => {
	it('tells what is created and updated by their dates', async () => {
		for (let index = 0; index < 12; index++) put(`Inbox/${index}.txt`);
		put('Elsewhere/a.txt');
		box.clock.advance(60 * minuteMs);
		const where = { ...inFolder(find('Inbox'), true), mostItems: 10 };
		const created = await watch('created', where);
		const updated = await watch('updated', where);
		const top = await watch('created', { mostItems: 10 });
		box.clock.advance(minuteMs);
		put('Inbox/Sub/new.txt');
		put('Elsewhere/other.txt');
		put('Inbox/3.txt', 'other');
		expect(names(await created.look())).toEqual(['new.txt']);
		expect(names(await updated.look())).toEqual(['3.txt']);
		expect(names(await top.look())).toEqual(['new.txt', 'other.txt']);
		put('Inbox/Sub/new.txt', 'changed');
		expect(await created.look()).toEqual([]);
		expect(names(await updated.look())).toEqual(['new.txt']);
		expect(notes[0]).toContain('more than 10 items');
	});

	it('says what to do where that does not suffice', async () => {
		for (let index = 0; index < 12; index++) put(`${index}.txt`);
		await expect(watch('deleted', { mostItems: 10 })).rejects.toThrow('more than 10 items');
	});
});

it('offers what was changed last for a test', async () => {
	put('Inbox/old.txt');
	put('Inbox/Sub/deep.txt');
	box.clock.advance(minuteMs);
	put('Inbox/Sub/newest.txt');
	const watcher = await watch('created', inFolder(find('Inbox'), true));
	expect((await watcher.source.newest(box.graph, 1)).map(({ item }) => item['name'])).toEqual([
		'newest.txt',
	]);
	expect(await watcher.source.newest(box.graph, 50)).toHaveLength(3);
});
