import { ana, startWire, type Json, type Wire, text } from './wire';

let wire: Wire;
beforeAll(async () => {
	wire = await startWire();
});
beforeEach(() => {
	wire.graph.state.reset();
});
afterAll(() => wire.close());

const list = (body: Json): readonly Json[] => body.value as unknown as readonly Json[];
const names = (body: Json): unknown[] => list(body).map(({ displayName }) => displayName);

async function createFolder(displayName: string, below = ''): Promise<string> {
	const path = below === '' ? '/me/mailFolders' : `/me/mailFolders/${below}/childFolders`;
	const { status, body } = await wire.send('POST', path, { body: { displayName } });
	expect(status).toBe(201);
	return text(body.id);
}

describe('folders', () => {
	it('lists the visible ones, and hidden ones on request', async () => {
		const visible = await wire.send('GET', '/me/mailFolders?$top=100');
		expect(names(visible.body)).toContain('Inbox');
		expect(names(visible.body)).not.toContain('Clutter');
		const all = await wire.send('GET', '/me/mailFolders?includeHiddenFolders=true&$top=100');
		expect(names(all.body)).toContain('Clutter');
	});

	it('nests, counts, renames, moves and copies', async () => {
		const project = await createFolder('Project', 'inbox');
		const sub = await createFolder('Sub', project);
		wire.graph.state.deliver({ to: ana, subject: 'x', folder: sub, count: 3 });
		const inbox = await wire.send(
			'GET',
			'/me/mailFolders/inbox?$expand=childFolders($select=displayName)',
		);
		expect(inbox.body).toMatchObject({
			childFolderCount: 1,
			childFolders: [{ displayName: 'Project' }],
		});
		const deep = `/me/mailFolders/inbox/childFolders/${project}/childFolders/${sub}`;
		expect((await wire.send('GET', deep)).body).toMatchObject({
			totalItemCount: 3,
			unreadItemCount: 3,
		});
		expect((await wire.send('GET', `${deep}/messages?$top=2`)).body.value).toHaveLength(2);

		await wire.send('PATCH', `/me/mailFolders/${sub}`, { body: { displayName: 'Renamed' } });
		const moved = await wire.send('POST', `/me/mailFolders/${sub}/move`, {
			body: { destinationId: 'archive' },
		});
		expect(moved.body).toMatchObject({ id: sub, displayName: 'Renamed' });
		const copied = await wire.send('POST', `/me/mailFolders/${sub}/copy`, {
			body: { destinationId: 'inbox' },
		});
		expect(copied.body).toMatchObject({ displayName: 'Renamed', totalItemCount: 3 });
	});

	it('refuses a name twice, and what is Exchange’s own', async () => {
		await createFolder('Project');
		const twice = await wire.send('POST', '/me/mailFolders', { body: { displayName: 'project' } });
		expect([twice.status, twice.body.error?.code]).toEqual([409, 'ErrorFolderExists']);
		expect((await wire.send('DELETE', '/me/mailFolders/inbox')).status).toBe(403);
		const outer = await createFolder('Outer');
		const inner = await createFolder('Inner', outer);
		const cycle = await wire.send('POST', `/me/mailFolders/${outer}/move`, {
			body: { destinationId: inner },
		});
		expect(cycle.status).toBe(400);
	});

	it('goes to Deleted Items first, and from there for good', async () => {
		const folder = await createFolder('Old');
		await wire.send('DELETE', `/me/mailFolders/${folder}`);
		const deleted = await wire.send('GET', '/me/mailFolders/deleteditems/childFolders');
		expect(names(deleted.body)).toEqual(['Old']);
		await wire.send('DELETE', `/me/mailFolders/${folder}`);
		expect((await wire.send('GET', `/me/mailFolders/${folder}`)).status).toBe(404);
	});
});

describe('delta', () => {
	const start = '/me/mailFolders/inbox/messages/delta';
	const prefer = { Prefer: 'IdType="ImmutableId"' };

	/** All pages of a round; the delta link at the end. */
	async function round(
		url: string,
		headers: Record<string, string> = prefer,
	): Promise<{ items: Json[]; link: string; pages: number }> {
		const items: Json[] = [];
		for (let pages = 1, next = url; ; pages += 1) {
			const { status, body } = await wire.send('GET', next, { headers });
			expect(status).toBe(200);
			items.push(...list(body));
			if (body['@odata.deltaLink'] !== undefined) {
				return { items, pages, link: text(body['@odata.deltaLink']) };
			}
			next = text(body['@odata.nextLink']);
		}
	}

	it('gives everything once, then what is new, changed and gone', async () => {
		wire.graph.state.deliver({ to: ana, subject: 'Old', count: 5 });
		const first = await round(`${start}?$select=subject,isRead`, {
			Prefer: 'IdType="ImmutableId", odata.maxpagesize=2',
		});
		expect([first.items.length, first.pages]).toEqual([5, 3]);
		expect((await round(first.link)).items).toEqual([]);

		const [one, two] = first.items;
		await wire.send('PATCH', `/me/messages/${text(one?.id)}`, { body: { isRead: true } });
		await wire.send('POST', `/me/messages/${text(two?.id)}/move`, {
			body: { destinationId: 'archive' },
		});
		wire.graph.state.deliver({ to: ana, subject: 'New' });
		const second = await round(first.link);
		expect(second.items).toHaveLength(3);
		expect(second.items).toContainEqual(expect.objectContaining({ id: one?.id, isRead: true }));
		expect(second.items).toContainEqual(expect.objectContaining({ subject: 'New' }));
		expect(second.items).toContainEqual(
			expect.objectContaining({ id: two?.id, '@removed': { reason: 'deleted' } }),
		);
		expect((await round(second.link)).items).toEqual([]);
	});

	it('gives only what came, for changeType=created', async () => {
		const { link } = await round(`${start}?changeType=created`);
		wire.graph.state.deliver({ to: ana, subject: 'New' });
		const next = await round(link);
		expect(next.items).toMatchObject([{ subject: 'New' }]);
		await wire.send('PATCH', `/me/messages/${text(next.items[0]?.id)}`, {
			body: { isRead: true },
		});
		expect((await round(next.link)).items).toEqual([]);
	});

	it('forgets its state: with time, and for what it never gave', async () => {
		const { link } = await round(start);
		const unknown = await wire.send('GET', `${start}?$deltatoken=nonsense`);
		expect([unknown.status, unknown.body.error?.code]).toEqual([410, 'syncStateNotFound']);
		const other = link.replace('/inbox/', '/archive/');
		expect((await wire.send('GET', other)).status).toBe(410);
		wire.clock.advance(31 * 24 * 3_600_000);
		expect((await wire.send('GET', link)).status).toBe(410);
	});

	it.each(['$search="x"', "$filter=subject eq 'x'"])('refuses %s', async (query) => {
		expect((await wire.send('GET', `${start}?${query}`)).status).toBe(400);
	});

	it('follows folders', async () => {
		const { link } = await round('/me/mailFolders/delta');
		const folder = await createFolder('New');
		const next = await round(link);
		expect(next.items).toMatchObject([{ id: folder, displayName: 'New' }]);
		await wire.send('POST', `/me/mailFolders/${folder}/permanentDelete`);
		const last = await round(next.link);
		expect(last.items).toMatchObject([{ id: folder, '@removed': { reason: 'deleted' } }]);
	});
});
