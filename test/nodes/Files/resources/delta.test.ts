import { anasDrive, type FilesSandbox, startFilesSandbox, textAt } from '../filesSandbox';

let sandbox: FilesSandbox;
beforeAll(async () => (sandbox = await startFilesSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const basics = { resource: 'change', operation: 'getAll' };
interface Answer {
	readonly changes: ReadonlyArray<{ change: string; name: string; id: string }>;
	readonly deltaToken: string;
	readonly isResync: boolean;
}
const changes = async (parameters: object) =>
	(await sandbox.run({ ...basics, ...parameters })).json[0] as unknown as Answer;

it('begins now, then tells what is new, changed and deleted', async () => {
	sandbox.put('old.txt');
	const start = await changes({ since: 'now' });
	expect(start).toMatchObject({ changes: [], isResync: false });
	expect(sandbox.requests()[0]?.url).toMatch(/^\/v1.0\/me\/drive\/root\/delta\?token=latest&/);
	const made = sandbox.put('new.txt', 'one');
	sandbox.put('new.txt', 'two');
	const drive = sandbox.drives.driveById(anasDrive);
	drive.remove(drive.byPath(drive.root, 'old.txt'));
	const next = await changes({ deltaToken: start.deltaToken });
	expect(next.changes.map(({ change, name }) => [change, name])).toEqual([
		['changed', 'new.txt'],
		['deleted', ''],
	]);
	expect(next.changes[0]?.id).toBe(made.id);
	const last = await changes({ deltaToken: next.deltaToken });
	expect(last.changes).toEqual([]);
	expect(last.deltaToken).not.toBe('');
});

it('reads all pages from the beginning', async () => {
	for (let index = 0; index < 450; index++) sandbox.put(`${index}.txt`, '');
	const all = await changes({ since: 'beginning' });
	expect(all.changes).toHaveLength(450);
	expect(sandbox.requests().length).toBe(3);
});

it('starts anew by itself where Microsoft 365 has forgotten the token', async () => {
	sandbox.put('a.txt');
	const { deltaToken } = await changes({ since: 'now' });
	sandbox.drives.driveById(anasDrive).epoch += 1;
	const { json, hints } = await sandbox.run({ ...basics, deltaToken });
	expect(json[0]).toMatchObject({ isResync: true, changes: [{ name: 'a.txt' }] });
	expect(hints.join()).toContain('forgotten');
	const after = await changes({ deltaToken: textAt(json[0], 'deltaToken') });
	expect(after).toMatchObject({ isResync: false, changes: [] });
});

it('gives an item for each change where wanted', async () => {
	sandbox.put('a.txt');
	sandbox.put('b.txt');
	const { json } = await sandbox.run({ ...basics, since: 'beginning', split: true });
	expect(json.map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
	expect(new Set(json.map(({ deltaToken }) => deltaToken)).size).toBe(1);
});

it('sends no token to another host', async () => {
	await expect(
		changes({ deltaToken: 'https://evil.example/v1.0/me/drive/root/delta?token=1' }),
	).rejects.toThrow("isn't the credential's Graph host");
	await expect(changes({ deltaToken: 'abc' })).rejects.toThrow(
		'Delta Token: is no token of this operation',
	);
	expect(sandbox.requests()).toEqual([]);
});
