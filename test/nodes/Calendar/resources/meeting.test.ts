import {
	type CalendarSandbox,
	type Json,
	ana,
	at,
	ben,
	byId,
	chloe,
	mondays,
	occurrencesOf,
	person,
	startCalendarSandbox,
	asText,
} from '../calendarSandbox';

let sandbox: CalendarSandbox;
beforeAll(async () => (sandbox = await startCalendarSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const event = (operation: string) => ({ resource: 'event', operation });

async function inboxOf(who: string): Promise<Json[]> {
	const { value } = (await sandbox.as(who, 'GET', '/me/messages?$top=50')) as unknown as {
		value: Json[];
	};
	return value;
}

/** An event of Ben's to which Ana is invited, in Ana's calendar. */
async function invitation(
	properties: Record<string, unknown> = {},
): Promise<{ id: string; organized: string }> {
	const organized = await sandbox.event(
		{ attendees: [person(ana), person(chloe)], ...properties },
		ben,
	);
	const { value } = (await sandbox.as(ana, 'GET', '/me/events')) as unknown as {
		value: Array<Json & { id: string }>;
	};
	const copy = value.find(({ subject }) => asText(subject) === 'Planning');
	sandbox.forget();
	return { id: copy?.id ?? '', organized: organized.id };
}

describe('event: respond', () => {
	it.each([
		['accept', 'accepted', 'Accepted: Planning'],
		['tentativelyAccept', 'tentativelyAccepted', 'Tentative: Planning'],
		['decline', 'declined', 'Declined: Planning'],
	])('%s', async (response, status, subject) => {
		const { id, organized } = await invitation();
		const { json } = await sandbox.run({
			...event('respond'),
			event: byId(id),
			response,
			comment: 'See you',
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: `/v1.0/me/events/${id}/${response}`,
				body: { comment: 'See you', sendResponse: true },
			},
		]);
		expect(json).toEqual([{ success: true, response }]);
		const { attendees } = await sandbox.as(ben, 'GET', `/me/events/${organized}`);
		expect(attendees?.[0]?.['status']).toMatchObject({ response: status });
		expect((await inboxOf(ben)).map((message) => message['subject'])).toContain(subject);
	});

	it('proposes another time, in the workflow zone', async () => {
		const { id, organized } = await invitation();
		await sandbox.run({
			...event('respond'),
			event: byId(id),
			response: 'decline',
			proposedStart: '2026-03-03T14:00:00',
			proposedEnd: '2026-03-03T15:00:00',
		});
		const proposedNewTime = { start: at('2026-03-03T14:00:00'), end: at('2026-03-03T15:00:00') };
		expect(sandbox.requests()[0]?.body).toEqual({
			comment: '',
			sendResponse: true,
			proposedNewTime,
		});
		const { attendees } = await sandbox.as(ben, 'GET', `/me/events/${organized}`);
		expect(attendees?.[0]?.['proposedNewTime']).toEqual(proposedNewTime);
	});

	it.each([
		[{ proposedStart: '2026-03-03T14:00' }, 'Propose New End: is empty'],
		[
			{ proposedStart: '2026-03-03T14:00', proposedEnd: '2026-03-03T15:00', sendResponse: false },
			'Send Response: is off',
		],
	])('refuses %p', async (extra, message) => {
		const parameters = { ...event('respond'), event: byId('AAMkx'), response: 'decline', ...extra };
		await expect(sandbox.run(parameters)).rejects.toThrow(message);
		expect(sandbox.requests()).toEqual([]);
	});

	it('answers for all of a series, by the id of one occurrence', async () => {
		const { id } = await invitation({ recurrence: mondays });
		const [first] = await occurrencesOf(sandbox, id);
		sandbox.forget();
		await sandbox.run({ ...event('respond'), event: byId(first?.id ?? ''), scope: 'all' });
		expect(sandbox.requests().map(({ method, url }) => `${method} ${url}`)).toEqual([
			`GET /v1.0/me/events/${first?.id ?? ''}?$select=seriesMasterId`,
			`POST /v1.0/me/events/${id}/accept`,
		]);
	});

	it("tells the organizer's refusal", async () => {
		const { id } = await sandbox.event();
		await expect(sandbox.run({ ...event('respond'), event: byId(id) })).rejects.toThrow(
			/organizer|respond/i,
		);
	});
});

describe('event: cancel', () => {
	it('cancels with a message to the attendees', async () => {
		const { id } = await sandbox.event({ attendees: [person(ben)] });
		const { json } = await sandbox.run({ ...event('cancel'), event: byId(id), comment: 'Sorry' });
		expect(sandbox.requests()).toEqual([
			{ method: 'POST', url: `/v1.0/me/events/${id}/cancel`, body: { comment: 'Sorry' } },
		]);
		expect(json).toEqual([{ success: true }]);
		const [cancellation] = await inboxOf(ben);
		expect(cancellation).toMatchObject({
			subject: 'Canceled: Planning',
			meetingMessageType: 'meetingCancelled',
		});
	});

	it('is for organizers', async () => {
		const { id } = await invitation();
		await expect(sandbox.run({ ...event('cancel'), event: byId(id) })).rejects.toThrow(/organizer/);
	});
});

describe('event: forward', () => {
	it('sends the invitation to further people', async () => {
		const { id } = await sandbox.event();
		await sandbox.run({
			...event('forward'),
			event: byId(id),
			to: `Ben <${ben}>, ${chloe}`,
			comment: 'Join us',
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: `/v1.0/me/events/${id}/forward`,
				body: {
					toRecipients: [
						{ emailAddress: { address: ben, name: 'Ben' } },
						{ emailAddress: { address: chloe } },
					],
					comment: 'Join us',
				},
			},
		]);
		expect((await inboxOf(chloe))[0]).toMatchObject({ subject: 'FW: Planning' });
	});
});

describe('event: addAttendees, removeAttendees', () => {
	it('adds to those who are there, who keep their response', async () => {
		const { id } = await sandbox.event({ attendees: [person(ben)] });
		const { value } = (await sandbox.as(ben, 'GET', '/me/events')) as unknown as {
			value: Array<{ id: string }>;
		};
		await sandbox.as(ben, 'POST', `/me/events/${value[0]?.id ?? ''}/accept`, {});
		sandbox.forget();
		const { json } = await sandbox.run({
			...event('addAttendees'),
			event: byId(id),
			optionalAttendees: `${chloe}, BEN@contoso.example`,
			rooms: 'room1@contoso.example',
		});
		expect(sandbox.requests()).toEqual([
			{ method: 'GET', url: `/v1.0/me/events/${id}?$select=attendees` },
			{
				method: 'PATCH',
				url: `/v1.0/me/events/${id}`,
				body: {
					attendees: [
						{ type: 'optional', emailAddress: { address: ben, name: ben } },
						person(chloe, 'optional'),
						person('room1@contoso.example', 'resource'),
					],
				},
			},
		]);
		expect(json[0]?.['attendees']).toMatchObject([
			{ address: ben, response: 'accepted', type: 'optional' },
			{ address: chloe, response: 'none' },
			{ address: 'room1@contoso.example', response: 'accepted' },
		]);
	});

	it('removes by address, and tells who was not there', async () => {
		const { id } = await sandbox.event({ attendees: [person(ben), person(chloe)] });
		const { json, hints } = await sandbox.run({
			...event('removeAttendees'),
			event: byId(id),
			attendees: `${chloe}, nobody@contoso.example`,
		});
		expect(sandbox.requests()[1]?.body).toEqual({
			attendees: [{ type: 'required', emailAddress: { address: ben, name: ben } }],
		});
		expect(json[0]?.['attendees']).toMatchObject([{ address: ben }]);
		expect(hints).toEqual(['Not among the attendees: nobody@contoso.example']);
		expect((await inboxOf(chloe))[0]).toMatchObject({ subject: 'Canceled: Planning' });
	});

	it('refuses to remove whom nobody invited', async () => {
		const { id } = await sandbox.event({ attendees: [person(ben)] });
		const parameters = { ...event('removeAttendees'), event: byId(id), attendees: chloe };
		await expect(sandbox.run(parameters)).rejects.toThrow(`the event has no attendee ${chloe}`);
	});
});

describe('event: reminders', () => {
	const reminders = async () =>
		(await sandbox.as(
			ana,
			'GET',
			"/me/reminderView(startDateTime='2026-03-01T00:00:00Z',endDateTime='2026-03-05T00:00:00Z')",
		)) as unknown as { value: Json[] };

	it('snoozes to a time in the workflow zone', async () => {
		const { id } = await sandbox.event();
		await sandbox.run({
			...event('snoozeReminder'),
			event: byId(id),
			remindAt: '2026-03-02T08:55:00',
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: `/v1.0/me/events/${id}/snoozeReminder`,
				body: { newReminderTime: at('2026-03-02T08:55:00') },
			},
		]);
		expect((await reminders()).value).toMatchObject([
			{ reminderFireTime: { dateTime: '2026-03-02T07:55:00.0000000', timeZone: 'UTC' } },
		]);
	});

	it('dismisses', async () => {
		const { id } = await sandbox.event();
		expect((await reminders()).value).toHaveLength(1);
		const { json } = await sandbox.run({ ...event('dismissReminder'), event: byId(id) });
		expect(sandbox.requests()).toEqual([
			{ method: 'POST', url: `/v1.0/me/events/${id}/dismissReminder` },
		]);
		expect(json).toEqual([{ success: true }]);
		expect((await reminders()).value).toEqual([]);
	});
});

describe('event: attachments', () => {
	const small = { fileName: 'agenda.txt', mimeType: 'text/plain', content: Buffer.from('Agenda') };
	const large = {
		fileName: 'slides.pptx',
		mimeType: 'application/octet-stream',
		content: Buffer.alloc(4 * 1024 * 1024, 'slides '),
	};

	it('adds small ones in one request and large ones by session, and downloads them', async () => {
		const { id } = await sandbox.event();
		const { json } = await sandbox.run(
			{ ...event('addAttachment'), event: byId(id), attachments: '*' },
			{ items: [{ files: { small, large } }] },
		);
		expect(json).toEqual([{ success: true, attached: ['agenda.txt', 'slides.pptx'] }]);
		expect(sandbox.requests().map(({ method, url }) => `${method} ${url}`)).toEqual([
			`POST /v1.0/me/events/${id}/attachments`,
			`POST /v1.0/me/events/${id}/attachments/createUploadSession`,
		]);
		expect(sandbox.uploads().filter(({ method }) => method === 'PUT').length).toBeGreaterThan(1);

		const listed = await sandbox.run({ ...event('getAttachments'), event: byId(id) });
		expect(listed.json).toMatchObject([
			{ name: 'agenda.txt', kind: 'file', contentType: 'text/plain' },
			{ name: 'slides.pptx', kind: 'file' },
		]);

		const downloaded = await sandbox.run({
			...event('downloadAttachments'),
			event: byId(id),
			options: { namePatterns: '*.pptx', fieldPrefix: 'file_' },
		});
		expect(downloaded.json).toMatchObject([
			{ attachments: [{ name: 'slides.pptx', field: 'file_0' }] },
		]);
		expect((await downloaded.file(0, 'file_0')).equals(large.content)).toBe(true);
	});

	it('names the binary field that is missing', async () => {
		const parameters = { ...event('addAttachment'), event: byId('AAMkx'), attachments: 'data' };
		await expect(sandbox.run(parameters)).rejects.toThrow('the item has no binary field "data"');
		expect(sandbox.requests()).toEqual([]);
	});
});
