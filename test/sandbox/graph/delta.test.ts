import {
	allScopes,
	ana,
	describeWithMetadata,
	startWire,
	text,
	type Json,
	type Wire,
	type WireAnswer,
} from './wire';

const scopes = `${allScopes} Calendars.ReadWrite Files.ReadWrite.All Sites.ReadWrite.All`;
const immutable = { Prefer: 'IdType="ImmutableId"' };
const inbox = "/me/mailFolders('inbox')/messages/delta";

let wire: Wire;

beforeAll(async () => {
	wire = await startWire();
});

afterAll(async () => {
	await wire.close();
});

beforeEach(() => {
	wire.graph.state.reset();
});

function send(
	method: string,
	path: string,
	options: { body?: unknown; headers?: Readonly<Record<string, string>> } = {},
): Promise<WireAnswer> {
	return wire.send(method, path, { token: wire.token({ upn: ana, scopes }), ...options });
}

async function control(path: string, body: unknown): Promise<WireAnswer> {
	const answer = await wire.send('POST', `${wire.graph.url}/__sandbox__/${path}`, { body });
	expect(answer.body.error).toBeUndefined();
	return answer;
}

/** All pages of a round. */
async function round(
	path: string,
	headers: Readonly<Record<string, string>> = {},
): Promise<{ items: Json[]; link: string; pages: number }> {
	const items: Json[] = [];
	for (let next = path, pages = 1; ; pages += 1) {
		const { status, body } = await send('GET', next, { headers });
		expect([status, body.error]).toEqual([200, undefined]);
		items.push(...(body.value as unknown as Json[]));
		const link = body['@odata.deltaLink'];
		if (link !== undefined) return { items, link: text(link), pages };
		next = text(body['@odata.nextLink']);
	}
}

const subjects = (items: readonly Json[]): unknown[] => items.map(({ subject }) => subject);
const isRemoved = (item: Json): boolean => item['@removed'] !== undefined;

describe('mail', () => {
	it('tells a move out and back as gone under immutable ids, until the message changes', async () => {
		wire.graph.state.deliver({ to: ana, subject: 'One' });
		const first = await round(inbox, immutable);
		const id = text(first.items[0]?.id);
		for (const destinationId of ['archive', 'inbox']) {
			await send('POST', `/me/messages/${id}/move`, {
				body: { destinationId },
				headers: immutable,
			});
		}
		const second = await round(first.link, immutable);
		expect(second.items).toMatchObject([{ id, '@removed': { reason: 'deleted' } }]);
		expect((await round(second.link, immutable)).items).toEqual([]);
		await send('PATCH', `/me/messages/${id}`, { body: { isRead: true }, headers: immutable });
		expect(subjects((await round(second.link, immutable)).items)).toEqual(['One']);
	});

	it('tells the same move as one gone and one new under ids bound to folders', async () => {
		wire.graph.state.deliver({ to: ana, subject: 'One' });
		const first = await round(inbox);
		const id = text(first.items[0]?.id);
		const away = await send('POST', `/me/messages/${id}/move`, {
			body: { destinationId: 'archive' },
		});
		await send('POST', `/me/messages/${text(away.body.id)}/move`, {
			body: { destinationId: 'inbox' },
		});
		await control('delta', { movedReason: 'changed' });
		const { items } = await round(first.link);
		expect(subjects(items.filter((each) => !isRemoved(each)))).toEqual(['One']);
		expect(items.filter(isRemoved)).toMatchObject([{ id, '@removed': { reason: 'changed' } }]);
	});

	it('takes a lower bound of receivedDateTime, and no other filter', async () => {
		for (const day of ['01', '02', '03']) {
			const receivedDateTime = `2026-01-${day}T10:00:00Z`;
			wire.graph.state.deliver({ to: ana, subject: day, receivedDateTime });
		}
		const since = `${inbox}?$filter=receivedDateTime ge 2026-01-02T10:00:00Z`;
		expect(subjects((await round(since)).items)).toEqual(['03', '02']);
		for (const filter of ['receivedDateTime le 2026-01-02T10:00:00Z', 'isRead eq true']) {
			const { status, body } = await send('GET', `${inbox}?$filter=${filter}`);
			expect([status, body.error?.code]).toEqual([400, 'ErrorInvalidUrlQueryFilter']);
		}
	});

	it('replays a round, and forgets tokens, on demand', async () => {
		const start = await round(inbox);
		wire.graph.state.deliver({ to: ana, subject: 'One' });
		const next = await round(start.link);
		expect(subjects(next.items)).toEqual(['One']);
		await control('delta', { replay: 1 });
		expect(subjects((await round(next.link)).items)).toEqual(['One']);
		expect((await round(next.link)).items).toEqual([]);
		await control('delta', { expire: true });
		const gone = await send('GET', next.link);
		expect([gone.status, gone.body.error?.code]).toEqual([410, 'syncStateNotFound']);
	});

	it('shows late what was indexed late, with the time at which it came', async () => {
		const start = await round(inbox);
		await control('indexing', { delayMs: 60_000 });
		const receivedDateTime = '2026-01-01T00:00:00Z';
		wire.graph.state.deliver({ to: ana, subject: 'Late', receivedDateTime });
		wire.graph.state.deliver({ to: ana, subject: 'Prompt', visibleAfterMs: 0 });
		const early = await round(start.link);
		expect(subjects(early.items)).toEqual(['Prompt']);
		await control('clock', { advanceMs: 60_001 });
		const late = await round(early.link);
		expect(late.items).toMatchObject([{ subject: 'Late', receivedDateTime }]);
		expect(subjects((await send('GET', '/me/messages')).body.value as unknown as Json[])).toEqual([
			'Prompt',
			'Late',
		]);
	});
});

describe('events', () => {
	const time = (dateTime: string) => ({ dateTime, timeZone: 'UTC' });
	const event = (subject: string, day: string, extra = {}) => ({
		subject,
		start: time(`2030-01-${day}T10:00:00`),
		end: time(`2030-01-${day}T11:00:00`),
		...extra,
	});
	const view =
		'/me/calendarView/delta?startDateTime=2030-01-01T00:00:00Z&endDateTime=2030-01-15T00:00:00Z';

	it('tells what is new, changed, gone and out of the window', async () => {
		const made = wire.graph.state.deliverEvent({ calendar: ana, event: event('Own', '02') });
		const far = wire.graph.state.deliverEvent({ calendar: ana, event: event('Far', '20') });
		const first = await round(view);
		expect(subjects(first.items)).toEqual(['Own']);
		expect(first.link).not.toMatch(/startDateTime/);
		expect((await round(first.link)).items).toEqual([]);

		await send('PATCH', `/me/events/${made.id}`, { body: { subject: 'Changed' } });
		await send('PATCH', `/me/events/${far.id}`, {
			body: { start: time('2030-01-03T10:00:00'), end: time('2030-01-03T11:00:00') },
		});
		const second = await round(first.link, { Prefer: 'odata.maxpagesize=1' });
		expect([subjects(second.items), second.pages]).toEqual([['Changed', 'Far'], 2]);

		await send('DELETE', `/me/events/${made.id}`);
		await send('PATCH', `/me/events/${far.id}`, {
			body: { start: time('2030-02-03T10:00:00'), end: time('2030-02-03T11:00:00') },
		});
		const third = await round(second.link);
		expect(third.items).toHaveLength(2);
		expect(third.items.every(isRemoved)).toBe(true);
		expect(new Set(third.items.map(({ id }) => id))).toEqual(new Set([made.id, far.id]));
	});

	it('gives a series as its master, plain occurrences and exceptions', async () => {
		const recurrence = {
			pattern: { type: 'daily', interval: 1 },
			range: { type: 'numbered', startDate: '2030-01-02', numberOfOccurrences: 3 },
		};
		wire.graph.state.deliverEvent({ calendar: ana, event: event('Daily', '02', { recurrence }) });
		const first = await round(view);
		expect(first.items.map(({ type }) => type)).toEqual([
			'seriesMaster',
			'occurrence',
			'occurrence',
			'occurrence',
		]);
		const [master, one, two] = first.items;
		expect(Object.keys(one ?? {}).sort()).toEqual(
			['@odata.type', 'end', 'id', 'seriesMasterId', 'start', 'type'].sort(),
		);
		await send('PATCH', `/me/events/${text(one?.id)}`, { body: { subject: 'Other' } });
		await send('DELETE', `/me/events/${text(two?.id)}`);
		const second = await round(first.link);
		expect(second.items).toHaveLength(3);
		expect(second.items).toContainEqual(expect.objectContaining({ id: master?.id }));
		expect(second.items).toContainEqual(
			expect.objectContaining({ id: one?.id, type: 'exception', subject: 'Other' }),
		);
		expect(second.items).toContainEqual(
			expect.objectContaining({ id: two?.id, '@removed': { reason: 'deleted' } }),
		);
	});

	it("works in a calendar by its id; refuses Graph's unsupported options, and expired tokens", async () => {
		const calendars = await send('GET', '/me/calendars');
		const id = text(calendars.body.value?.[0]?.id);
		wire.graph.state.deliverEvent({ calendar: ana, event: event('Own', '02') });
		const { items, link } = await round(view.replace('/me/', `/users/${ana}/calendars/${id}/`));
		expect(subjects(items)).toEqual(['Own']);
		const refused = await send('GET', `${view}&$select=subject`);
		expect(refused.body.error?.code).toBe('ErrorInvalidUrlQuery');
		expect((await send('GET', '/me/calendarView/delta')).status).toBe(400);
		await control('delta', { expire: true });
		expect((await send('GET', link)).status).toBe(410);
	});
});

describe('list items', () => {
	it('tells what is new, changed and gone since a token, and 410 with Location', async () => {
		const { sharePoint } = wire.graph.state;
		const [site] = sharePoint.sites;
		if (site === undefined) throw new Error('No site');
		const list = sharePoint.addList(site, { displayName: 'Watched' });
		const add = (Title: string) =>
			wire.graph.state.deliverListItem({ site: site.id, list: 'Watched', fields: { Title } }).id;
		const [one, two] = [add('One'), add('Two')];
		const path = `/sites/${site.id}/lists/${list.id}/items/delta`;
		const latest = await round(`${path}?token=latest`);
		expect(latest.items).toEqual([]);
		const all = await round(`${path}?$expand=fields($select=Title)&$top=1`);
		expect([all.pages, all.items.map(({ fields }) => fields?.Title)]).toEqual([2, ['One', 'Two']]);

		wire.graph.state.deliverListItem({
			site: site.id,
			list: list.id,
			itemId: one,
			fields: { Title: 'Changed' },
		});
		wire.graph.state.deliverListItem({ site: site.id, list: list.id, itemId: two, delete: true });
		const three = add('Three');
		const next = await round(latest.link);
		expect(next.items.map(({ id }) => id)).toEqual([one, two, three]);
		expect(next.items[1]).toEqual({ id: two, deleted: { state: 'deleted' } });
		expect((await round(next.link)).items).toEqual([]);

		await control('delta', { expire: true });
		const gone = await send('GET', next.link);
		expect(gone.status).toBe(410);
		expect(gone.headers.get('location')).toContain(`/lists/${list.id}/items/delta`);
		expect((await round(text(gone.headers.get('location')))).items).toHaveLength(2);
	});
});

describe('drives', () => {
	const changed = async (link: string) => await round(link);

	it('tells of moves, renames and deletions, the root first and parents without a path', async () => {
		const deliver = wire.graph.state.deliverFile;
		const { id } = deliver({ drive: ana, path: 'In/a.txt', text: 'a' });
		const gone = deliver({ drive: ana, path: 'In/b.txt' }).id;
		const latest = await round('/me/drive/root/delta?token=latest');
		expect(latest.items).toEqual([]);
		deliver({ drive: ana, path: 'In/a.txt', moveTo: 'Out/c.txt' });
		deliver({ drive: ana, path: 'In/b.txt', delete: true });
		const { items } = await changed(latest.link);
		expect(items[0]).toMatchObject({ root: {} });
		expect(items).toContainEqual({ id: gone, deleted: { state: 'deleted' } });
		const moved = items.find((each) => (each.id as unknown) === id);
		expect(moved).toMatchObject({ name: 'c.txt' });
		expect(moved?.parentReference?.path).toBeUndefined();
		expect(items.find((each) => (each.name as unknown) === 'Out')?.id).toBe(
			text(moved?.parentReference?.id),
		);
	});

	it('loses nothing of a folder that is deleted, however the pages fall', async () => {
		const { deliverFile } = wire.graph.state;
		deliverFile({ drive: ana, path: 'Big/f{n}.txt', count: 12 });
		const latest = await round('/me/drive/root/delta?token=latest&$top=5');
		deliverFile({ drive: ana, path: 'Big', delete: true });
		const { items, pages } = await changed(latest.link);
		expect(items.filter(({ deleted }) => deleted !== undefined)).toHaveLength(13);
		expect(pages).toBe(3);
	});
});

describeWithMetadata('clouds', () => {
	it.each([
		['usGovL4', 200, 200],
		['china', 400, 200],
	] as const)('%s: mail %i, calendar %i', async (cloud, mail, calendar) => {
		const other = await startWire({ cloud });
		try {
			const token = other.token({ upn: ana, scopes });
			const window = 'startDateTime=2030-01-01T00:00:00Z&endDateTime=2030-01-15T00:00:00Z';
			expect((await other.send('GET', inbox, { token })).status).toBe(mail);
			const view = await other.send('GET', `/me/calendarView/delta?${window}`, { token });
			expect(view.status).toBe(calendar);
		} finally {
			await other.close();
		}
	});
});
