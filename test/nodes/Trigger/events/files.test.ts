import type { StoredDriveItem } from '../../../../sandbox/graph/drive/types';
import {
	ana,
	ben,
	startSourceSandbox,
	type SourceSandbox,
} from '../../../core/changes/sourceSandbox';
import { byId, byPath, testEvent, watchEvent } from './eventSandbox';

// Each asks a Graph of its own many times.
jest.setTimeout(30_000);

let box: SourceSandbox;
beforeAll(async () => (box = await startSourceSandbox()));
beforeEach(() => box.reset());
afterAll(async () => await box.stop());

const driveId = 'b!sandbox-onedrive-0001';
const drive = () => box.sandbox.state.drives.driveById(driveId);
const put = (path: string, content = 'content', by = ana): StoredDriveItem =>
	box.sandbox.state.drives.put(driveId, path, Buffer.from(content), by, 'text/plain');
const folder = (path: string) => drive().ensureFolder(drive().root, path.split('/'), ana);
const find = (path: string) => drive().byPath(drive().root, path);
const move = (item: StoredDriveItem, parent: StoredDriveItem, name = item.name) => {
	drive().move(item, { parent, name, conflict: 'fail', by: ana });
};
const names = (found: ReadonlyArray<{ name?: unknown }>) => found.map(({ name }) => name).sort();
const inbox = { item: byPath('/Inbox') };

describe('fileCreated', () => {
	it('starts the workflow once for each new file, also across a restart', async () => {
		put('Inbox/old.txt');
		const watched = await watchEvent(box, 'fileCreated', inbox);
		const file = put('Inbox/Deep/new.txt', 'hello');
		put('Elsewhere/other.txt');
		const [item, ...others] = await watched.look();
		expect(others).toEqual([]);
		expect(item).toMatchObject({
			id: file.id,
			driveId,
			name: 'new.txt',
			path: 'Inbox/Deep/new.txt',
			size: 5,
			type: 'file',
		});
		await watched.restart();
		expect(await watched.look()).toEqual([]);
	});

	it('asks once for a drive in which nothing happens', async () => {
		put('Inbox/old.txt');
		const watched = await watchEvent(box, 'fileCreated', inbox);
		await watched.look();
		box.forget();
		await watched.look();
		expect(box.requests()).toHaveLength(1);
	});

	it('takes a file that is moved in for new, each time', async () => {
		folder('Inbox');
		folder('Done');
		const file = put('Elsewhere/old.txt');
		const watched = await watchEvent(box, 'fileCreated', inbox);
		for (let time = 0; time < 2; time++) {
			move(file, find('Inbox'));
			expect(names(await watched.look())).toEqual(['old.txt']);
			move(file, find('Done'));
			expect(await watched.look()).toEqual([]);
		}
	});

	it('filters by name and by person, and leaves subfolders out', async () => {
		folder('Inbox/Sub');
		const watched = await watchEvent(box, 'fileCreated', {
			...inbox,
			recursive: false,
			filters: { namePatterns: '*.pdf, invoice-*', changedBy: ben },
		});
		put('Inbox/a.pdf', 'content', ben);
		put('Inbox/invoice-1.txt', 'content', ben);
		put('Inbox/b.txt', 'content', ben);
		put('Inbox/c.pdf', 'content', ana);
		put('Inbox/Sub/d.pdf', 'content', ben);
		expect(names(await watched.look())).toEqual(['a.pdf', 'invoice-1.txt']);
	});

	it('watches a library of a site', async () => {
		const library = 'b!sandbox-site-2-documents';
		const watched = await watchEvent(box, 'fileCreated', {
			location: 'drive',
			drive: byId(library),
		});
		box.sandbox.state.drives.put(library, 'a.txt', Buffer.from('a'), ben, 'text/plain');
		expect(await watched.look()).toMatchObject([{ name: 'a.txt', driveId: library }]);
	});

	it('returns files as Graph does, with their columns, where wanted', async () => {
		const watched = await watchEvent(box, 'fileCreated', {
			item: byPath('/'),
			simplify: false,
			options: { includeColumns: true },
		});
		put('a.txt');
		const [item] = await watched.look();
		expect(item).toMatchObject({ name: 'a.txt', listItem: { fields: { FileLeafRef: 'a.txt' } } });
		expect(item?.['cTag']).toBeDefined();
	});

	it('refuses a file, and a folder that is not there, before anything is watched', async () => {
		put('a.txt');
		await expect(watchEvent(box, 'fileCreated', { item: byPath('/a.txt') })).rejects.toThrow(
			'Folder: "a.txt" is a file',
		);
		await expect(watchEvent(box, 'fileCreated', { item: byPath('/Nowhere') })).rejects.toThrow(
			'could not be found',
		);
	});

	it('leaves out what is deleted before it is looked at', async () => {
		const watched = await watchEvent(box, 'fileCreated', { item: byPath('/') });
		put('a.txt');
		put('b.txt');
		box.sandbox.faults.add({ match: 'GET /me/drive/items/', status: 404, times: 1 });
		expect(await watched.look()).toHaveLength(1);
		expect(await watched.look()).toEqual([]);
	});

	it('asks again later where Graph can not answer', async () => {
		const watched = await watchEvent(box, 'fileCreated', { item: byPath('/') });
		put('a.txt');
		box.sandbox.faults.add({ match: 'GET /v1.0/drives/.*/delta', status: 403, times: 1 });
		await expect(watched.look()).rejects.toThrow();
		expect(names(await watched.look())).toEqual(['a.txt']);
	});
});

it('fileUpdated starts the workflow for new content', async () => {
	put('Inbox/a.txt');
	const watched = await watchEvent(box, 'fileUpdated', inbox);
	put('Inbox/new.txt');
	expect(await watched.look()).toEqual([]);
	put('Inbox/a.txt', 'other');
	expect(names(await watched.look())).toEqual(['a.txt']);
	put('Inbox/a.txt', 'content');
	expect(names(await watched.look())).toEqual(['a.txt']);
	expect(await watched.look()).toEqual([]);
});

it('fileDeleted tells what was deleted, and where', async () => {
	const file = put('Inbox/Deep/a.pdf');
	put('Inbox/b.txt');
	const watched = await watchEvent(box, 'fileDeleted', {
		...inbox,
		filters: { namePatterns: '*.pdf' },
	});
	drive().remove(find('Inbox/Deep'));
	drive().remove(find('Inbox/b.txt'));
	expect(await watched.look()).toEqual([{ id: file.id, name: 'a.pdf', path: 'Inbox/Deep/a.pdf' }]);
	expect(await watched.look()).toEqual([]);
});

it('fileMovedOrRenamed tells from where, also back and forth', async () => {
	const file = put('Inbox/a.txt');
	folder('Done');
	const watched = await watchEvent(box, 'fileMovedOrRenamed', { item: byPath('/') });
	put('Inbox/new.txt');
	const paths: unknown[] = [];
	const go = async (parent: string, name: string) => {
		move(file, find(parent), name);
		for (const item of await watched.look()) paths.push([item['previousPath'], item['path']]);
	};
	await go('Inbox', 'b.txt');
	await go('Done', 'b.txt');
	await go('Inbox', 'b.txt');
	await go('Done', 'b.txt');
	expect(paths).toEqual([
		['Inbox/a.txt', 'Inbox/b.txt'],
		['Inbox/b.txt', 'Done/b.txt'],
		['Done/b.txt', 'Inbox/b.txt'],
		['Inbox/b.txt', 'Done/b.txt'],
	]);
});

it('folder events start the workflow for folders alone', async () => {
	folder('Cases/1');
	const watch = async (event: string) => await watchEvent(box, event, { item: byPath('/Cases') });
	const created = await watch('folderCreated');
	const updated = await watch('folderUpdated');
	const deleted = await watch('folderDeleted');
	const moved = await watch('folderMovedOrRenamed');
	const first = folder('Cases/1');
	put('Cases/2/a.txt');
	drive().touch(first, ana);
	expect(names(await created.look())).toEqual(['2']);
	expect(names(await updated.look())).toEqual(['1']);
	expect(await deleted.look()).toEqual([]);
	expect(await moved.look()).toEqual([]);
	move(find('Cases/2'), find('Cases'), 'Two');
	drive().remove(first);
	expect(await deleted.look()).toMatchObject([{ name: '1', path: 'Cases/1' }]);
	expect(await moved.look()).toMatchObject([{ name: 'Two', type: 'folder', previousName: '2' }]);
	expect(await created.look()).toEqual([]);
});

describe('a test', () => {
	it('takes the file that was changed last, with its content where wanted', async () => {
		put('Inbox/old.txt');
		box.clock.advance(60_000);
		put('Inbox/Sub/new.txt', 'hello');
		const parameters = { item: byPath('/Inbox'), download: true, binaryField: 'file' };
		const result = await testEvent(box, 'fileCreated', parameters);
		expect(result.json).toMatchObject([{ name: 'new.txt', path: 'Inbox/Sub/new.txt' }]);
		expect((await result.file(0, 'file')).toString()).toBe('hello');
		expect(result.items[0]?.binary?.['file']).toMatchObject({
			fileName: 'new.txt',
			mimeType: 'text/plain',
		});
	});

	it.each(['fileUpdated', 'fileMovedOrRenamed', 'fileDeleted'])(
		'of %s shows a file as the event would',
		async (event) => {
			put('Inbox/a.txt');
			const { json } = await testEvent(box, event, { item: byPath('/Inbox') });
			expect(json).toMatchObject([{ name: 'a.txt', path: 'Inbox/a.txt' }]);
			if (event === 'fileMovedOrRenamed') expect(json[0]?.['previousPath']).toBe('Inbox/a.txt');
		},
	);

	it('of a folder event shows a folder', async () => {
		put('Inbox/Sub/a.txt');
		const { json } = await testEvent(box, 'folderCreated', { item: byPath('/Inbox') });
		expect(json).toMatchObject([{ name: 'Sub', type: 'folder' }]);
	});

	it('says what to do where no file matches', async () => {
		put('Inbox/a.txt');
		const parameters = { item: byPath('/Inbox'), filters: { namePatterns: '*.pdf' } };
		await expect(testEvent(box, 'fileCreated', parameters)).rejects.toThrow(
			'There is nothing yet that would start this trigger',
		);
	});
});
