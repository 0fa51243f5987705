import {
	type CalendarSandbox,
	ana,
	ben,
	byId,
	startCalendarSandbox,
	asText,
} from '../calendarSandbox';

let sandbox: CalendarSandbox;
beforeAll(async () => (sandbox = await startCalendarSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const calendar = (operation: string) => ({ resource: 'calendar', operation });

async function holidays(): Promise<string> {
	const { id } = await sandbox.as(ana, 'POST', '/me/calendars', { name: 'Holidays' });
	sandbox.forget();
	return asText(id);
}

async function shareWithBen(role = 'read'): Promise<string> {
	const { id } = await sandbox.as(ana, 'POST', '/me/calendar/calendarPermissions', {
		emailAddress: { address: ben },
		role,
	});
	sandbox.forget();
	return asText(id);
}

it('create', async () => {
	const { json } = await sandbox.run({
		...calendar('create'),
		name: 'Holidays',
		options: { color: 'lightTeal' },
	});
	expect(sandbox.requests()).toEqual([
		{ method: 'POST', url: '/v1.0/me/calendars', body: { name: 'Holidays', color: 'lightTeal' } },
	]);
	expect(json[0]).toMatchObject({
		name: 'Holidays',
		color: 'lightTeal',
		owner: ana,
		isDefault: false,
	});
});

it('get', async () => {
	const { json } = await sandbox.run({ ...calendar('get') });
	expect(sandbox.requests()).toEqual([{ method: 'GET', url: '/v1.0/me/calendar' }]);
	expect(json[0]).toMatchObject({ name: 'Calendar', isDefault: true, canEdit: true });
});

it('update', async () => {
	const id = await holidays();
	const { json } = await sandbox.run({
		...calendar('update'),
		calendar: byId(id),
		changes: { name: 'Time off' },
	});
	expect(sandbox.requests()).toEqual([
		{ method: 'PATCH', url: `/v1.0/me/calendars/${id}`, body: { name: 'Time off' } },
	]);
	expect(json[0]).toMatchObject({ id, name: 'Time off' });
});

it('update asks for a change', async () => {
	await expect(sandbox.run({ ...calendar('update'), changes: {} })).rejects.toThrow(
		'Changes: is empty',
	);
});

it('delete', async () => {
	const id = await holidays();
	const { json } = await sandbox.run({ ...calendar('delete'), calendar: byId(id) });
	expect(sandbox.requests()).toEqual([{ method: 'DELETE', url: `/v1.0/me/calendars/${id}` }]);
	expect(json).toEqual([{ success: true }]);
});

describe('getAll', () => {
	const names = async (source: string, extra = {}) => {
		const { json } = await sandbox.run({ ...calendar('getAll'), source, ...extra });
		return json.map(({ name, owner }) => `${asText(name)} of ${asText(owner)}`);
	};

	it('tells own calendars from shared ones', async () => {
		await holidays();
		await sandbox.as(ben, 'POST', '/me/calendar/calendarPermissions', {
			emailAddress: { address: ana },
			role: 'write',
		});
		expect(await names('own')).toEqual([`Calendar of ${ana}`, `Holidays of ${ana}`]);
		expect(await names('shared')).toEqual([`Calendar of ${ben}`]);
		expect(await names('mailbox')).toHaveLength(3);
		expect(await names('mailbox', { limit: 2 })).toHaveLength(2);
	});

	it("lists those of the person's groups, in one batch", async () => {
		const { json } = await sandbox.run({ ...calendar('getAll'), source: 'group' });
		expect(sandbox.requests().map(({ url }) => url)).toEqual([
			expect.stringMatching(/^\/v1\.0\/me\/memberOf\/microsoft\.graph\.group\?/),
			expect.stringContaining('/groups/0a0a0a0a-0000-4000-8000-000000000001/calendar'),
		]);
		expect(json).toMatchObject([
			{
				id: 'group:0a0a0a0a-0000-4000-8000-000000000001',
				groupName: 'Marketing',
				owner: 'marketing@contoso.example',
			},
		]);
	});
});

describe('sharing', () => {
	it('share', async () => {
		const { json } = await sandbox.run({
			...calendar('share'),
			person: `Ben Okafor <${ben}>`,
			role: 'write',
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: '/v1.0/me/calendar/calendarPermissions',
				body: { emailAddress: { address: ben, name: 'Ben Okafor' }, role: 'write' },
			},
		]);
		expect(json[0]).toMatchObject({ address: ben, role: 'write', isRemovable: true });
		const { value } = (await sandbox.as(ben, 'GET', '/me/calendars')) as unknown as {
			value: Array<Record<string, unknown>>;
		};
		expect(value[1]).toMatchObject({ canEdit: true, owner: { address: ana } });
	});

	it('getPermissions', async () => {
		await shareWithBen();
		const { json } = await sandbox.run({ ...calendar('getPermissions') });
		expect(sandbox.requests()[0]?.url).toMatch(/^\/v1\.0\/me\/calendar\/calendarPermissions\?/);
		expect(json).toMatchObject([
			{ address: '', name: 'My Organization', role: 'freeBusyRead' },
			{ address: ben, role: 'read' },
		]);
	});

	it('updatePermission, by address', async () => {
		const id = await shareWithBen();
		const { json } = await sandbox.run({
			...calendar('updatePermission'),
			permission: 'Ben@contoso.example',
			role: 'delegateWithPrivateEventAccess',
		});
		expect(sandbox.requests()[1]).toEqual({
			method: 'PATCH',
			url: `/v1.0/me/calendar/calendarPermissions/${id}`,
			body: { role: 'delegateWithPrivateEventAccess' },
		});
		expect(json[0]).toMatchObject({ role: 'delegateWithPrivateEventAccess' });
	});

	it('deletePermission, by ID', async () => {
		const id = await shareWithBen();
		await sandbox.run({ ...calendar('deletePermission'), permission: id });
		expect(sandbox.requests()).toEqual([
			{ method: 'DELETE', url: `/v1.0/me/calendar/calendarPermissions/${id}` },
		]);
	});

	it('names whom the calendar is not shared with', async () => {
		await expect(sandbox.run({ ...calendar('deletePermission'), permission: ben })).rejects.toThrow(
			`Person: the calendar is not shared with ${ben}`,
		);
	});
});
