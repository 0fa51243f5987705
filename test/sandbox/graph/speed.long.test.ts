import { allScopes, ana, startWire, text, type Json, type Wire } from './wire';

let wire: Wire;

beforeAll(async () => {
	wire = await startWire();
});

afterAll(async () => {
	await wire.close();
});

/** Follows the links to the end. */
async function readAll(
	path: string,
	scopes = allScopes,
): Promise<{ items: Json[]; pages: number }> {
	const token = wire.token({ upn: ana, scopes });
	const items: Json[] = [];
	let pages = 0;
	for (let next: string | undefined = path; next !== undefined; pages += 1) {
		const { status, body } = await wire.send('GET', next, { token });
		expect(status).toBe(200);
		items.push(...(body.value as unknown as Json[]));
		next = body['@odata.nextLink'] as unknown as string | undefined;
	}
	return { items, pages };
}

const distinct = (items: readonly Json[]): number => new Set(items.map(({ id }) => id)).size;

async function within<T>(limitMs: number, work: () => T | Promise<T>): Promise<T> {
	const startedAt = Date.now();
	const result = await work();
	expect(Date.now() - startedAt).toBeLessThan(limitMs);
	return result;
}

/** Several times what a busy machine takes; work that grows by the square takes many minutes. */
const limitMs = 60_000;

test(
	'20,000 files of a folder are put and listed in seconds',
	async () => {
		const { drives } = wire.graph.state;
		const user = drives.user(ana);
		if (user === undefined) throw new Error('No Ana');
		const drive = drives.driveOfUser(user);
		await within(limitMs, () => {
			for (let index = 0; index < 20_000; index += 1) {
				drives.put(drive.id, `Many/file-${index}.txt`, Buffer.from('x'), ana);
			}
		});
		const listed = await within(limitMs, () =>
			readAll('/me/drive/root:/Many:/children?$top=1000', 'Files.Read'),
		);
		expect([listed.pages, distinct(listed.items)]).toEqual([20, 20_000]);
		const changed = await within(limitMs, () =>
			readAll('/me/drive/root/delta?$select=id,name&$top=1000', 'Files.Read'),
		);
		expect(distinct(changed.items)).toBe(20_002);
	},
	4 * limitMs,
);

test(
	'30,000 messages are delivered and paged in seconds, in order and by delta',
	async () => {
		const { messages } = await within(limitMs, () =>
			wire.graph.state.deliver({ to: ana, count: 30_000, spacingMs: 0 }),
		);
		expect(new Set(messages.map(({ id }) => id)).size).toBe(30_000);
		const listed = await within(limitMs, () =>
			readAll(
				'/me/messages?$filter=receivedDateTime ge 2020-01-01T00:00:00Z&$orderby=receivedDateTime desc&$select=id&$top=1000',
			),
		);
		expect([listed.pages, distinct(listed.items)]).toEqual([30, 30_000]);
		const changed = await within(limitMs, () =>
			readAll("/me/mailFolders('inbox')/messages/delta?$select=id&$top=1000"),
		);
		expect(distinct(changed.items)).toBe(30_000);
	},
	4 * limitMs,
);

test(
	'20,000 list items are added and paged in seconds',
	async () => {
		const { sharePoint } = wire.graph.state;
		const [site] = sharePoint.sites;
		if (site === undefined) throw new Error('No site');
		const list = sharePoint.addList(site, { displayName: 'Large' });
		await within(limitMs, () => {
			for (let index = 0; index < 20_000; index += 1) {
				sharePoint.addItem(site, list, { body: { Title: `${index}` }, by: 10 });
			}
		});
		const path = `/sites/${site.id}/lists/${text(list.id)}/items?$top=2000&$expand=fields($select=Title)`;
		const listed = await within(limitMs, () => readAll(path, 'Sites.Read.All'));
		expect([listed.pages, distinct(listed.items)]).toEqual([10, 20_000]);
	},
	4 * limitMs,
);
