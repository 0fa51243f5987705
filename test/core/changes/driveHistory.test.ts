import fc from 'fast-check';
import { driveChanges } from '../../../core/changes/driveChanges';
import type { DriveChangesOptions } from '../../../core/changes/driveScope';
import { path } from '../../../core/graph/path';
import type { StoredDriveItem } from '../../../sandbox/graph/drive/types';
import { ana, startSourceSandbox, type SourceSandbox, Watcher } from './sourceSandbox';

let box: SourceSandbox;
beforeAll(async () => (box = await startSourceSandbox()));
afterAll(async () => await box.stop());

const driveId = 'b!sandbox-onedrive-0001';
const drive = () => box.sandbox.state.drives.driveById(driveId);

type Happening = DriveChangesOptions['happening'];
const happenings: readonly Happening[] = ['created', 'updated', 'deleted', 'moved'];

interface State {
	readonly place: string;
	readonly changes: number;
	readonly content: number;
}

/** What is in the watched folder, by id. */
function inScope(folder: StoredDriveItem, recursive: boolean): Map<string, State> {
	const found = recursive ? drive().descendants(folder) : drive().children(folder);
	return new Map(
		found
			.filter(({ isFolder }) => !isFolder)
			.map((item) => [
				item.id,
				{
					place: `${item.parentId ?? ''}/${item.name}`,
					changes: item.changes,
					content: item.versions.length,
				},
			]),
	);
}

/** What each event has to tell, by what was and what is. */
function expected(
	before: ReadonlyMap<string, State>,
	after: ReadonlyMap<string, State>,
): Record<Happening, string[]> {
	const exists = new Set(drive().items.keys());
	const told: Record<Happening, string[]> = { created: [], updated: [], deleted: [], moved: [] };
	for (const [id, state] of after) {
		const was = before.get(id);
		if (!was) told.created.push(id);
		else {
			// The sandbox gives a file another cTag with whatever is changed.
			if (was.changes !== state.changes) told.updated.push(id);
			if (was.place !== state.place) told.moved.push(id);
		}
	}
	for (const id of before.keys()) {
		if (after.has(id)) continue;
		if (exists.has(id)) {
			// A file that leaves with its folder keeps its own.
			if (drive().item(id).parentId !== before.get(id)?.place.split('/')[0]) told.moved.push(id);
		} else told.deleted.push(id);
	}
	return told;
}

const operation = fc.record({
	what: fc.constantFrom(
		'put',
		'put',
		'put',
		'change',
		'moveFile',
		'moveFolder',
		'rename',
		'remove',
		'removeFolder',
	),
	which: fc.nat(1000),
	where: fc.nat(1000),
});
type Operation = typeof operation extends fc.Arbitrary<infer Value> ? Value : never;

let serial = 0;
function perform({ what, which, where }: Operation): void {
	const all = drive().descendants(drive().root);
	const files = all.filter(({ isFolder }) => !isFolder);
	const folders = [drive().root, ...all.filter(({ isFolder }) => isFolder)];
	const pick = <T>(list: readonly T[], number: number): T | undefined =>
		list[number % Math.max(1, list.length)];
	const folder = pick(folders, where) ?? drive().root;
	const put = (item: string) =>
		box.sandbox.state.drives.put(driveId, item, Buffer.from(`${(serial += 1)}`), ana, 'text/plain');
	const move = (item: StoredDriveItem, to: StoredDriveItem, name: string) => {
		if (to === item || drive().descendants(item).includes(to)) return;
		drive().move(item, { parent: to, name, conflict: 'rename', by: ana });
	};
	const file = pick(files, which);
	const other = pick(
		folders.filter((each) => each !== drive().root && each.name !== 'Watched'),
		which,
	);
	switch (what) {
		case 'put':
			put([...drive().pathOf(folder), `${(serial += 1)}.txt`].join('/'));
			break;
		case 'change':
			if (file) put(drive().pathOf(file).join('/'));
			break;
		case 'moveFile':
			if (file) move(file, folder, file.name);
			break;
		case 'moveFolder':
			if (other) move(other, folder, other.name);
			break;
		case 'rename':
			if (file) move(file, drive().item(file.parentId ?? 'root'), `${(serial += 1)}.txt`);
			break;
		case 'remove':
			if (file) drive().remove(file);
			break;
		default:
			if (other) drive().remove(other);
	}
}

const history = fc.array(
	fc.record({
		operations: fc.array(operation, { maxLength: 6 }),
		isLinkLost: fc.boolean(),
	}),
	{ minLength: 1, maxLength: 5 },
);

it.each([
	['a whole drive', true, true],
	['a folder and all below it', false, true],
	['a folder alone', false, false],
])(
	'tells each thing that happens in %s once, whatever happens',
	async (_, isTop, recursive) => {
		await fc.assert(
			fc.asyncProperty(history, async (rounds) => {
				box.reset();
				for (const name of ['Watched/A/B', 'Other/C']) {
					drive().ensureFolder(drive().root, name.split('/'), ana);
				}
				for (let index = 0; index < 4; index++) {
					perform({ what: 'put', which: index, where: index * 7 });
				}
				const folder = isTop ? drive().root : drive().byPath(drive().root, 'Watched');
				const watchers = await Promise.all(
					happenings.map(
						async (happening) =>
							await new Watcher(
								box.graph,
								driveChanges({
									key: happening,
									drive: path`/drives/${driveId}`,
									folderId: folder.id,
									folderPath: drive().pathOf(folder).join('/'),
									isTop,
									recursive,
									of: 'file',
									happening,
									now: () => box.clock.now(),
									note: () => undefined,
								}),
							).start(),
					),
				);
				const keys = new Set<string>();
				for (const { operations, isLinkLost } of rounds) {
					const before = inScope(folder, recursive);
					for (const each of operations) perform(each);
					if (isLinkLost) drive().epoch += 1;
					const told: Partial<Record<Happening, string[]>> = {};
					for (const [place, happening] of happenings.entries()) {
						const changes = (await watchers[place]?.look()) ?? [];
						for (const { id, version } of changes) {
							// The second of two equal keys would be taken for a repetition.
							const key = [happening, id, version].join(' ');
							expect(keys).not.toContain(key);
							keys.add(key);
						}
						told[happening] = changes.map(({ id, item }) => (item as { id?: string }).id ?? id);
					}
					const wanted = expected(before, inScope(folder, recursive));
					for (const happening of happenings) {
						const ids = (told[happening] ?? []).sort();
						// With the link the ids of what is gone are lost, too.
						if (isLinkLost && happening === 'deleted') {
							expect(ids).toHaveLength(wanted.deleted.length);
						} else expect([happening, ids]).toEqual([happening, wanted[happening].sort()]);
					}
				}
				for (const watcher of watchers) expect(await watcher.look()).toEqual([]);
			}),
			{ numRuns: 8 },
		);
	},
	120_000,
);
