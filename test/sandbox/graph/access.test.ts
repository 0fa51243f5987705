import { allScopes, ana, ben, startWire, support, type Wire, text } from './wire';

let wire: Wire;
beforeAll(async () => {
	wire = await startWire();
});
afterAll(() => wire.close());

describe('authentication', () => {
	it.each([
		['nothing', ''],
		['a strange token', 'Bearer abc'],
	])('refuses %s', async (_name, authorization) => {
		const answer = await wire.send('GET', '/me', { headers: { Authorization: authorization } });
		expect(answer.status).toBe(401);
		expect(answer.body.error?.code).toBe('InvalidAuthenticationToken');
		expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /);
	});

	it('refuses a token for another resource', async () => {
		const token = wire.token({
			upn: ana,
			scopes: allScopes,
			audience: 'https://outlook.office.com',
		});
		expect((await wire.send('GET', '/me', { token })).status).toBe(401);
	});

	it("takes a token for this cloud's Graph, and not once the clock has passed its end", async () => {
		const token = wire.token({
			upn: ana,
			scopes: 'User.Read',
			audience: 'https://graph.microsoft.com/',
			expiresInSeconds: 60,
		});
		expect((await wire.send('GET', '/me', { token })).status).toBe(200);
		wire.clock.advance(61_000);
		const answer = await wire.send('GET', '/me', { token });
		expect(answer.status).toBe(401);
		expect(answer.body.error?.message).toMatch(/expired/);
	});
});

describe('permissions', () => {
	const cases: ReadonlyArray<
		readonly [what: string, method: string, path: string, scopes: string, status: number]
	> = [
		['reads own mail', 'GET', '/me/messages', 'Mail.Read', 200],
		['reads own mail by name', 'GET', `/users/${ana}/messages`, 'Mail.Read', 200],
		['reads own mail with the shared permission', 'GET', '/me/messages', 'Mail.Read.Shared', 200],
		['has no permission for mail', 'GET', '/me/messages', 'User.Read', 403],
		["lacks .Shared for others' mail", 'GET', `/users/${support}/messages`, 'Mail.ReadWrite', 403],
		[
			'reads a mailbox shared with her',
			'GET',
			`/users/${support}/messages`,
			'Mail.Read.Shared',
			200,
		],
		[
			"can't read a mailbox not shared with her",
			'GET',
			`/users/${ben}/messages`,
			'Mail.Read.Shared',
			403,
		],
		['reads settings', 'GET', '/me/mailboxSettings', 'MailboxSettings.Read', 200],
		['has no permission for settings', 'GET', '/me/mailboxSettings', 'Mail.ReadWrite', 403],
		['reads a colleague', 'GET', `/users/${ben}`, 'User.ReadBasic.All', 200],
		["can't read a colleague with User.Read", 'GET', `/users/${ben}`, 'User.Read', 403],
	];
	it.each(cases)('%s', async (_what, method, path, scopes, status) => {
		const answer = await wire.send(method, path, { token: wire.token({ upn: ana, scopes }) });
		expect(answer.status).toBe(status);
		if (status !== 403) return;
		expect(answer.body.error).toMatchObject({
			code: 'ErrorAccessDenied',
			message: 'Access is denied. Check credentials and try again.',
		});
	});

	it('takes write access to draft and another permission to send', async () => {
		const draft = { subject: 'x', toRecipients: [{ emailAddress: { address: ben } }] };
		const token = (scopes: string): string => wire.token({ upn: ana, scopes });
		const read = await wire.send('POST', '/me/messages', {
			body: draft,
			token: token('Mail.Read'),
		});
		expect(read.status).toBe(403);
		const write = await wire.send('POST', '/me/messages', {
			body: draft,
			token: token('Mail.ReadWrite'),
		});
		expect(write.status).toBe(201);
		const path = `/me/messages/${text(write.body.id)}/send`;
		expect((await wire.send('POST', path, { token: token('Mail.ReadWrite') })).status).toBe(403);
		expect((await wire.send('POST', path, { token: token('Mail.Send') })).status).toBe(202);
	});

	it('lets an app into any mailbox that its roles reach, but not into /me', async () => {
		const token = wire.token({ roles: ['Mail.Read'] });
		expect((await wire.send('GET', `/users/${ben}/messages`, { token })).status).toBe(200);
		const none = wire.token({ roles: ['User.Read.All'] });
		expect((await wire.send('GET', `/users/${ben}/messages`, { token: none })).status).toBe(403);
		const me = await wire.send('GET', '/me/messages', { token });
		expect(me.status).toBe(400);
		expect(me.body.error?.message).toMatch(/only valid with delegated authentication/);
	});

	it('says so when a mailbox does not exist', async () => {
		const token = wire.token({ roles: ['Mail.Read', 'User.Read.All'] });
		const mail = await wire.send('GET', '/users/nobody@contoso.example/messages', { token });
		expect([mail.status, mail.body.error?.code]).toEqual([404, 'ErrorInvalidUser']);
		const user = await wire.send('GET', '/users/nobody@contoso.example', { token });
		expect([user.status, user.body.error?.code]).toEqual([404, 'Request_ResourceNotFound']);
	});
});

describe('the frame of answers', () => {
	it('echoes client-request-id and gives a request-id', async () => {
		const answer = await wire.send('GET', '/me', { headers: { 'client-request-id': 'abc' } });
		expect(answer.headers.get('client-request-id')).toBe('abc');
		expect(answer.headers.get('request-id')).toMatch(/^[\da-f-]{36}$/);
		expect(answer.body['@odata.context']).toMatch(/\/v1\.0\/\$metadata#users/);
	});

	it('wants the content type of what is written', async () => {
		const answer = await wire.send('POST', '/me/mailFolders', {
			body: { displayName: 'x' },
			headers: { 'Content-Type': '' },
		});
		expect(answer.status).toBe(400);
		expect(answer.body.error?.message).toMatch(/must contain the Content-Type header/);
	});

	it('refuses requests over 4 MB and other versions', async () => {
		const large = await wire.send('POST', '/me/messages', {
			body: { subject: 'x'.repeat(4 * 1024 * 1024) },
		});
		expect([large.status, large.body.error?.code]).toEqual([413, 'RequestEntityTooLarge']);
		expect((await wire.send('GET', `${wire.graph.url}/beta/me`)).status).toBe(400);
	});

	it('says what it knows but does not model', async () => {
		const answer = await wire.send('GET', '/me/planner');
		expect([answer.status, answer.body.error?.code]).toEqual([501, 'NotImplemented']);
	});
});
