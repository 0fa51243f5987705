import { type MailSandbox, startMailSandbox } from '../mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const path = '/v1.0/me/mailboxSettings';
const run = async (operation: string, parameters: object = {}) =>
	await sandbox.run({ resource: 'mailbox', operation, ...parameters });
const bodies = () => sandbox.requests().map(({ body }) => body);

describe('mailbox: settings', () => {
	it('gets them as one flat object, or as Graph does', async () => {
		const { json } = await run('getSettings');
		expect(sandbox.requests()).toEqual([{ method: 'GET', url: path }]);
		expect(json).toEqual([
			{
				timeZone: 'UTC',
				language: 'en-US',
				dateFormat: 'M/d/yyyy',
				timeFormat: 'h:mm tt',
				workingDays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
				workingHoursStart: '08:00',
				workingHoursEnd: '17:00',
				workingHoursTimeZone: 'UTC',
				mailboxType: 'user',
				meetingMessagesTo: 'sendToDelegateOnly',
				automaticReplies: 'disabled',
				automaticRepliesAudience: 'all',
				automaticRepliesStart: '2026-01-01T09:00:00+01:00',
				automaticRepliesEnd: '2026-01-02T09:00:00+01:00',
				internalReplyMessage: '',
				externalReplyMessage: '',
			},
		]);
		const raw = await run('getSettings', { simplify: false });
		expect(raw.json[0]).toMatchObject({ language: { locale: 'en-US' } });
	});

	it('changes what was chosen', async () => {
		const { json } = await run('updateSettings', {
			settings: {
				timeZone: 'europe/berlin',
				language: 'de-DE',
				dateFormat: 'dd.MM.yyyy',
				timeFormat: 'HH:mm',
				workingDays: ['monday', 'tuesday'],
				workingHoursStart: '8:30',
				workingHoursTimeZone: 'W. Europe Standard Time',
				meetingMessagesTo: 'sendToDelegateAndPrincipal',
			},
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'PATCH',
				url: path,
				body: {
					dateFormat: 'dd.MM.yyyy',
					timeFormat: 'HH:mm',
					timeZone: expect.stringMatching(/^europe\/berlin$/i) as string,
					language: { locale: 'de-DE' },
					delegateMeetingMessageDeliveryOptions: 'sendToDelegateAndPrincipal',
					workingHours: {
						daysOfWeek: ['monday', 'tuesday'],
						startTime: '08:30:00',
						timeZone: { name: 'W. Europe Standard Time' },
					},
				},
			},
		]);
		expect(json[0]).toMatchObject({ success: true });
		const after = await run('getSettings');
		expect(after.json[0]).toMatchObject({ workingHoursStart: '08:30', workingHoursEnd: '17:00' });
	});

	it.each([
		[{}, 'Settings: is empty'],
		[{ workingHoursStart: 'early' }, 'Working Hours Start: is "early", which is no time'],
		[{ timeZone: 'Moon' }, 'Time Zone: is "Moon", which is no time zone'],
	])('refuses %p before sending', async (settings, message) => {
		await expect(run('updateSettings', { settings })).rejects.toThrow(message);
		expect(sandbox.requests()).toEqual([]);
	});
});

describe('mailbox: setAutomaticReplies', () => {
	it('schedules them in the time zone of the workflow', async () => {
		const { json } = await run('setAutomaticReplies', {
			status: 'scheduled',
			start: '2026-07-01T00:00:00',
			end: '2026-07-15T18:00:00',
			internalMessage: '<p>Back on the 15th</p>',
			audience: 'contactsOnly',
			externalMessage: 'Away',
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'PATCH',
				url: path,
				body: {
					automaticRepliesSetting: {
						status: 'scheduled',
						scheduledStartDateTime: {
							dateTime: '2026-07-01T00:00:00',
							timeZone: 'Europe/Berlin',
						},
						scheduledEndDateTime: { dateTime: '2026-07-15T18:00:00', timeZone: 'Europe/Berlin' },
						internalReplyMessage: '<p>Back on the 15th</p>',
						externalAudience: 'contactsOnly',
						externalReplyMessage: 'Away',
					},
				},
			},
		]);
		expect(json).toEqual([{ success: true, automaticReplies: 'scheduled' }]);
	});

	it('switches them on and off, and keeps the texts that are set', async () => {
		await run('setAutomaticReplies', { status: 'alwaysEnabled', internalMessage: 'Away' });
		await run('setAutomaticReplies', { status: 'disabled' });
		expect(bodies()).toEqual([
			{
				automaticRepliesSetting: {
					status: 'alwaysEnabled',
					internalReplyMessage: 'Away',
					externalAudience: 'none',
				},
			},
			{ automaticRepliesSetting: { status: 'disabled' } },
		]);
		const { json } = await run('getSettings');
		expect(json[0]).toMatchObject({ automaticReplies: 'disabled', internalReplyMessage: 'Away' });
	});

	it.each([
		[{}, 'Start: is empty'],
		[{ start: '2026-07-01' }, 'End: is empty'],
		[{ start: '2026-07-01', end: '2026-07-01' }, 'End: is not after the start'],
	])('refuses the period %p before sending', async (period, message) => {
		await expect(run('setAutomaticReplies', { status: 'scheduled', ...period })).rejects.toThrow(
			message,
		);
		expect(sandbox.requests()).toEqual([]);
	});
});

describe('mailbox: getMailTips', () => {
	it('answers an item for each recipient', async () => {
		const { json } = await run('getMailTips', {
			recipients: 'Ben <ben@contoso.example>, eve@fabrikam.example',
			tips: ['automaticReplies', 'recipientScope'],
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: '/v1.0/me/getMailTips',
				body: {
					EmailAddresses: ['ben@contoso.example', 'eve@fabrikam.example'],
					MailTipsOptions: 'automaticReplies, recipientScope',
				},
			},
		]);
		expect(json).toMatchObject([
			{ address: 'ben@contoso.example', isAway: false, scope: 'internal', members: null },
			{ address: 'eve@fabrikam.example', isAway: false, scope: 'external', members: null },
		]);
		const raw = await run('getMailTips', { recipients: 'ben@contoso.example', simplify: false });
		expect(raw.json[0]).toMatchObject({ recipientScope: 'internal', totalMemberCount: 1 });
	});
});
