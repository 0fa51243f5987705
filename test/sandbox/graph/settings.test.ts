import { ana, ben, startWire, type Wire, text } from './wire';

let wire: Wire;
beforeAll(async () => {
	wire = await startWire();
});
beforeEach(() => {
	wire.graph.state.reset();
});
afterAll(() => wire.close());

describe('mailbox settings', () => {
	it('changes what is given and keeps the rest', async () => {
		const changes = {
			timeZone: 'W. Europe Standard Time',
			automaticRepliesSetting: { status: 'alwaysEnabled', internalReplyMessage: 'Away' },
		};
		expect((await wire.send('PATCH', '/me/mailboxSettings', { body: changes })).status).toBe(200);
		const all = await wire.send('GET', '/me/mailboxSettings');
		expect(all.body).toMatchObject({
			timeZone: 'W. Europe Standard Time',
			dateFormat: 'M/d/yyyy',
			automaticRepliesSetting: { externalAudience: 'all', internalReplyMessage: 'Away' },
		});
		const part = await wire.send('GET', '/me/mailboxSettings/automaticRepliesSetting');
		expect(part.body).toMatchObject({ status: 'alwaysEnabled' });
		expect((await wire.send('GET', '/me/mailboxSettings/timeZone')).body.value).toBe(
			'W. Europe Standard Time',
		);
	});

	it('shows automatic replies as mail tips', async () => {
		const token = wire.token({ upn: ben, scopes: 'MailboxSettings.ReadWrite' });
		const body = {
			automaticRepliesSetting: { status: 'alwaysEnabled', internalReplyMessage: 'Away' },
		};
		await wire.send('PATCH', '/me/mailboxSettings', { body, token });
		const tips = await wire.send('POST', '/me/getMailTips', {
			body: { EmailAddresses: [ben], MailTipsOptions: 'automaticReplies, recipientScope' },
		});
		expect(tips.body.value).toMatchObject([
			{
				emailAddress: { address: ben },
				automaticReplies: { message: 'Away' },
				recipientScope: 'internal',
			},
		]);
	});
});

describe('categories', () => {
	const path = '/me/outlook/masterCategories';

	it('creates, recolours and deletes', async () => {
		const created = await wire.send('POST', path, {
			body: { displayName: 'Work', color: 'preset9' },
		});
		expect(created.status).toBe(201);
		const one = `${path}/${text(created.body.id)}`;
		expect((await wire.send('PATCH', one, { body: { color: 'preset1' } })).body.color).toBe(
			'preset1',
		);
		expect((await wire.send('PATCH', one, { body: { displayName: 'Play' } })).status).toBe(400);
		expect((await wire.send('POST', path, { body: { displayName: 'Work' } })).status).toBe(409);
		expect(
			(await wire.send('POST', path, { body: { displayName: 'x', color: 'red' } })).status,
		).toBe(400);
		expect((await wire.send('DELETE', one)).status).toBe(204);
		expect((await wire.send('GET', one)).status).toBe(404);
	});
});

describe('rules', () => {
	const path = '/me/mailFolders/inbox/messageRules';

	it('work on what arrives', async () => {
		const rule = await wire.send('POST', path, {
			body: {
				displayName: 'Invoices',
				conditions: { subjectContains: ['invoice'] },
				actions: { moveToFolder: 'archive', markAsRead: true, assignCategories: ['Work'] },
			},
		});
		expect(rule.body).toMatchObject({ sequence: 1, isEnabled: true });
		wire.graph.state.deliver({ to: ana, subject: 'Your Invoice' });
		wire.graph.state.deliver({ to: ana, subject: 'Hello' });
		const archive = await wire.send('GET', '/me/mailFolders/archive/messages');
		expect(archive.body.value).toMatchObject([
			{ subject: 'Your Invoice', isRead: true, categories: ['Work'] },
		]);
		const one = `${path}/${text(rule.body.id)}`;
		expect((await wire.send('PATCH', one, { body: { isEnabled: false } })).body.isEnabled).toBe(
			false,
		);
		wire.graph.state.deliver({ to: ana, subject: 'Invoice again' });
		expect((await wire.send('GET', '/me/mailFolders/inbox/messages')).body.value).toHaveLength(2);
		expect((await wire.send('DELETE', one)).status).toBe(204);
		expect((await wire.send('GET', path)).body.value).toEqual([]);
	});

	it('belong to the inbox', async () => {
		expect((await wire.send('GET', '/me/mailFolders/archive/messageRules')).status).toBe(400);
	});
});

describe('people', () => {
	it('lists and filters them', async () => {
		const answer = await wire.send(
			'GET',
			"/users?$filter=startswith(displayName,'b')&$select=displayName,mail",
		);
		expect(answer.body.value).toEqual([
			{ id: expect.any(String) as unknown, displayName: 'Ben Okafor', mail: ben },
		]);
	});
});
