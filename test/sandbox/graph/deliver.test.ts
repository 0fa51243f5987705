import {
	allScopes,
	ana,
	ben,
	recipient,
	startWire,
	type Json,
	type Wire,
	type WireAnswer,
} from './wire';

const scopes = `${allScopes} Calendars.ReadWrite Files.ReadWrite.All`;

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

function send(method: string, path: string): Promise<WireAnswer> {
	return wire.send(method, path, { token: wire.token({ upn: ana, scopes }) });
}

async function control(path: string, body: unknown): Promise<WireAnswer> {
	const answer = await wire.send('POST', `${wire.graph.url}/__sandbox__/${path}`, { body });
	expect(answer.body.error).toBeUndefined();
	return answer;
}

const subjects = (items: readonly Json[]): unknown[] => items.map(({ subject }) => subject);

it('an invitation with its mail, an update, an answer and a cancellation', async () => {
	const start = { dateTime: '2030-01-01T10:00:00', timeZone: 'UTC' };
	const end = { dateTime: '2030-01-01T11:00:00', timeZone: 'UTC' };
	const outside = 'carol@fabrikam.example';
	const { id } = wire.graph.state.deliverEvent({
		calendar: ana,
		from: outside,
		event: { subject: 'Review', start, end },
	});
	const invited = await send('GET', `/me/events/${id}`);
	expect(invited.body).toMatchObject({
		subject: 'Review',
		isOrganizer: false,
		organizer: recipient(outside),
		responseStatus: { response: 'notResponded' },
	});
	wire.graph.state.deliverEvent({ calendar: ana, eventId: id, update: { subject: 'Audit' } });
	expect((await send('GET', `/me/events/${id}`)).body.subject).toBe('Audit');
	wire.graph.state.deliverEvent({ calendar: ana, eventId: id, cancel: true });
	expect((await send('GET', `/me/events/${id}`)).body.isCancelled).toBe(true);

	const own = wire.graph.state.deliverEvent({
		calendar: ana,
		event: { subject: 'Plan', start, end, attendees: [recipient(ben)] },
	});
	wire.graph.state.deliverEvent({ calendar: ana, eventId: own.id, answer: 'declined', by: ben });
	const { attendees } = (await send('GET', `/me/events/${own.id}`)).body;
	expect(attendees?.[0]?.status?.response).toBe('declined');
	const mails = (await send('GET', '/me/messages?$orderby=receivedDateTime')).body.value;
	expect(new Set(subjects(mails as unknown as Json[]))).toEqual(
		new Set(['Review', 'Audit', 'Canceled: Audit', 'Declined: Plan']),
	);
});

it('files that keep their old times, copies and folders', async () => {
	const { deliverFile } = wire.graph.state;
	const old = '2020-01-01T00:00:00Z';
	deliverFile({ drive: ben, path: 'old.txt', text: 'old', createdDateTime: old });
	deliverFile({ drive: ana, path: 'In', folder: true });
	const { id } = deliverFile({
		drive: ana,
		path: 'In/copy.txt',
		copyFrom: { drive: ben, path: 'old.txt' },
	});
	const { body } = await send('GET', `/me/drive/items/${id}`);
	expect(body.fileSystemInfo?.createdDateTime).toBe(old);
	expect(body.createdDateTime).not.toBe(old);
	expect((await send('GET', '/me/drive/root:/In')).body).toMatchObject({
		folder: { childCount: 1 },
	});
});

it('mail in bursts with one time', async () => {
	const receivedDateTime = '2026-02-01T08:00:00Z';
	const { body } = await control('deliver', {
		to: ana,
		count: 50,
		spacingMs: 0,
		receivedDateTime,
	});
	expect(body.messages as unknown as Json[]).toHaveLength(50);
	const filter = `$filter=receivedDateTime eq ${receivedDateTime}&$top=100`;
	const found = await send('GET', `/me/messages?${filter}`);
	expect(found.body.value as unknown as Json[]).toHaveLength(50);
});
