import { ana, ben, recipient, startWire, support, type Json, type Wire, text } from './wire';

let wire: Wire;
beforeAll(async () => {
	wire = await startWire();
});
beforeEach(() => {
	wire.graph.state.reset();
});
afterAll(() => wire.close());

const immutable = { Prefer: 'IdType="ImmutableId"' };
const asBen = (): { token: string } => ({
	token: wire.token({ upn: ben, scopes: 'Mail.ReadWrite Mail.Send' }),
});

async function first(path: string, options: object = {}): Promise<Json> {
	const { body } = await wire.send('GET', path, options);
	const message = body.value?.[0];
	if (message === undefined) throw new Error(`Nothing in ${path}: ${JSON.stringify(body)}`);
	return message;
}

describe('ids', () => {
	it('change on move by default, and stay when immutable', async () => {
		wire.graph.state.deliver({ to: ana, subject: 'x' });
		const bound = await first('/me/messages');
		const stable = await first('/me/messages', { headers: immutable });
		expect(bound.id).not.toBe(stable.id);
		// Each kind is understood without the header.
		expect((await wire.send('GET', `/me/messages/${text(stable.id)}`)).body.id).toBe(bound.id);

		const moved = await wire.send('POST', `/me/messages/${text(bound.id)}/move`, {
			body: { destinationId: 'archive' },
		});
		expect(moved.status).toBe(201);
		expect(moved.body.id).not.toBe(bound.id);
		expect((await wire.send('GET', `/me/messages/${text(bound.id)}`)).status).toBe(404);
		const after = await first('/me/mailFolders/archive/messages', { headers: immutable });
		expect(after.id).toBe(stable.id);
	});

	it('stay when a draft is sent, if immutable', async () => {
		const draft = await wire.send('POST', '/me/messages', {
			body: { subject: 'x', toRecipients: [recipient(ben)] },
			headers: immutable,
		});
		expect(draft.body).toMatchObject({ isDraft: true, isRead: true });
		expect((await wire.send('POST', `/me/messages/${text(draft.body.id)}/send`)).status).toBe(202);
		const sent = await first('/me/mailFolders/sentitems/messages', { headers: immutable });
		expect(sent).toMatchObject({ id: draft.body.id, isDraft: false });
		expect((await wire.send('POST', `/me/messages/${text(draft.body.id)}/send`)).status).toBe(400);
	});
});

describe('sending', () => {
	it('delivers to to, cc and bcc, once each, and keeps bcc to the sender', async () => {
		const message = {
			subject: 'Hello',
			body: { contentType: 'Text', content: 'Hi\nthere' },
			toRecipients: [recipient(ben), recipient(ben)],
			ccRecipients: [recipient('outside@fabrikam.example')],
			bccRecipients: [recipient(support)],
		};
		const answer = await wire.send('POST', '/me/sendMail', { body: { message } });
		expect([answer.status, answer.text]).toEqual([202, '']);
		const sent = await first('/me/mailFolders/sentitems/messages');
		expect(sent).toMatchObject({ isRead: true, isDraft: false, from: recipient(ana) });
		expect(sent.bccRecipients).toHaveLength(1);
		const inbox = await wire.send('GET', '/me/mailFolders/inbox/messages', asBen());
		expect(inbox.body.value).toMatchObject([
			{
				subject: 'Hello',
				isRead: false,
				bccRecipients: [],
				internetMessageId: sent.internetMessageId,
			},
		]);
		expect((await first(`/users/${support}/messages`)).subject).toBe('Hello');
	});

	it('keeps nothing if told so', async () => {
		await wire.send('POST', '/me/sendMail', {
			body: { Message: { toRecipients: [recipient(ben)] }, SaveToSentItems: false },
		});
		expect((await wire.send('GET', '/me/messages')).body.value).toEqual([]);
		expect((await wire.send('GET', '/me/messages', asBen())).body.value).toHaveLength(1);
	});

	it.each<readonly [string, object, number, string]>([
		['no recipient', { subject: 'x' }, 400, 'ErrorInvalidRecipients'],
		['a bad recipient', { toRecipients: [recipient('Ben')] }, 400, 'ErrorInvalidRecipients'],
		[
			'a foreign sender',
			{ toRecipients: [recipient(ben)], from: recipient(ben) },
			403,
			'ErrorSendAsDenied',
		],
		[
			'an unknown sender',
			{ toRecipients: [recipient(ben)], from: recipient('x@y.example') },
			403,
			'ErrorAccessDenied',
		],
		[
			'a header that is not x-',
			{ toRecipients: [recipient(ben)], internetMessageHeaders: [{ name: 'Subject', value: 'x' }] },
			400,
			'InvalidInternetMessageHeader',
		],
	])('refuses %s, and leaves nothing behind', async (_name, message, status, code) => {
		const answer = await wire.send('POST', '/me/sendMail', { body: { message } });
		expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
		expect((await wire.send('GET', '/me/messages')).body.value).toEqual([]);
	});

	it('sends from a mailbox that the user may use', async () => {
		const message = { subject: 'x', toRecipients: [recipient(ben)] };
		await wire.send('POST', '/me/sendMail', {
			body: { message: { ...message, from: recipient(support) } },
		});
		expect((await first('/me/messages', asBen())).from).toMatchObject(recipient(support) as object);
		await wire.send('POST', `/users/${support}/sendMail`, { body: { message } });
		expect((await first(`/users/${support}/mailFolders/sentitems/messages`)).from).toMatchObject(
			recipient(support) as object,
		);
	});

	it('reports a local address that does not exist', async () => {
		await wire.send('POST', '/me/sendMail', {
			body: { message: { subject: 'x', toRecipients: [recipient('nobody@contoso.example')] } },
		});
		expect((await first('/me/mailFolders/inbox/messages')).subject).toBe('Undeliverable: x');
	});

	it('waits until the deferred time', async () => {
		const value = new Date(wire.clock.now() + 3_600_000).toISOString();
		await wire.send('POST', '/me/sendMail', {
			body: {
				message: {
					subject: 'Later',
					toRecipients: [recipient(ben)],
					singleValueExtendedProperties: [{ id: 'SystemTime 0x3FEF', value }],
				},
			},
		});
		expect((await wire.send('GET', '/me/mailFolders/outbox/messages')).body.value).toHaveLength(1);
		expect((await wire.send('GET', '/me/messages', asBen())).body.value).toEqual([]);
		wire.clock.advance(3_600_000);
		expect((await first('/me/mailFolders/sentitems/messages')).subject).toBe('Later');
		expect((await wire.send('GET', '/me/messages', asBen())).body.value).toHaveLength(1);
	});
});

describe('answering', () => {
	let original: Json;
	beforeEach(async () => {
		wire.graph.state.deliver({
			to: ana,
			from: { name: 'Eve', address: 'eve@fabrikam.example' },
			subject: 'Question',
			body: '<p>What now?</p>',
			cc: [ben, ana],
			attachments: [{ name: 'a.txt', contentBytes: 'aGk=' }],
		});
		original = await first('/me/messages');
	});

	it('continues the conversation with a quoted draft', async () => {
		const draft = await wire.send('POST', `/me/messages/${text(original.id)}/createReply`, {
			body: { comment: 'This & that' },
		});
		expect(draft.status).toBe(201);
		expect(draft.body).toMatchObject({
			isDraft: true,
			subject: 'RE: Question',
			conversationId: original.conversationId,
			toRecipients: [recipient('eve@fabrikam.example')],
			ccRecipients: [],
			hasAttachments: false,
		});
		expect(draft.body.body?.content).toMatch(/This &amp; that<hr>.*Eve.*What now\?/s);
		expect(
			text(draft.body.conversationIndex).startsWith(text(original.conversationIndex).slice(0, 28)),
		).toBe(true);
		const plain = await wire.send('POST', '/me/messages', { body: { subject: 'RE: Question' } });
		expect(plain.body.conversationId).not.toBe(original.conversationId);
	});

	it('answers all but oneself, forwards with attachments', async () => {
		const all = await wire.send('POST', `/me/messages/${text(original.id)}/createReplyAll`);
		expect(all.body.toRecipients).toMatchObject([recipient('eve@fabrikam.example')]);
		expect(all.body.ccRecipients).toMatchObject([recipient(ben)]);
		const forward = await wire.send('POST', `/me/messages/${text(original.id)}/createForward`, {
			body: { toRecipients: [recipient(ben)], message: { importance: 'high' } },
		});
		expect(forward.body).toMatchObject({
			subject: 'FW: Question',
			hasAttachments: true,
			importance: 'high',
			toRecipients: [recipient(ben)],
		});
	});

	it('sends at once, threaded for the recipient too', async () => {
		const path = `/me/messages/${text(original.id)}/forward`;
		const body = { comment: 'See below', toRecipients: [recipient(ben)] };
		expect((await wire.send('POST', path, { body })).status).toBe(202);
		const arrived = await first('/me/messages', asBen());
		const reply = await wire.send('POST', `/me/messages/${text(arrived.id)}/reply`, {
			...asBen(),
			body: { message: { body: { contentType: 'text', content: 'Done' } } },
		});
		expect(reply.status).toBe(202);
		const back = await first(
			'/me/mailFolders/inbox/messages?$select=conversationId,internetMessageHeaders,subject',
		);
		expect(back).toMatchObject({
			subject: 'RE: FW: Question',
			conversationId: original.conversationId,
		});
		expect(back.internetMessageHeaders).toContainEqual({
			name: 'In-Reply-To',
			value: arrived.internetMessageId,
		});
	});

	it('refuses a comment beside a body', async () => {
		const answer = await wire.send('POST', `/me/messages/${text(original.id)}/createReply`, {
			body: { comment: 'x', message: { body: { content: 'y' } } },
		});
		expect(answer.status).toBe(400);
	});

	it('copies into another folder, as a message of its own', async () => {
		const copy = await wire.send('POST', `/me/messages/${text(original.id)}/copy`, {
			body: { destinationId: 'archive' },
		});
		expect(copy.status).toBe(201);
		expect(copy.body.id).not.toBe(original.id);
		expect((await wire.send('GET', '/me/messages')).body.value).toHaveLength(2);
	});
});
