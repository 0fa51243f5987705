import { ana, ben, recipient, startWire, type Json, type Wire, text } from './wire';

let wire: Wire;
let draft: string;
beforeAll(async () => {
	wire = await startWire();
});
beforeEach(async () => {
	wire.graph.state.reset();
	const { body } = await wire.send('POST', '/me/messages', {
		body: { subject: 'x', toRecipients: [recipient(ben)] },
	});
	draft = `/me/messages/${text(body.id)}`;
});
afterAll(() => wire.close());

const file = (extra: object): object => ({
	'@odata.type': '#microsoft.graph.fileAttachment',
	name: 'a.txt',
	...extra,
});

describe('attachments', () => {
	it('adds, lists, reads and deletes a file', async () => {
		const added = await wire.send('POST', `${draft}/attachments`, {
			body: file({ contentBytes: 'aGVsbG8=', contentType: 'text/plain' }),
		});
		expect(added.status).toBe(201);
		expect(added.body).toMatchObject({
			'@odata.type': '#microsoft.graph.fileAttachment',
			name: 'a.txt',
		});
		const list = await wire.send('GET', `${draft}/attachments?$select=id,name,size`);
		expect(list.body.value?.[0]).not.toHaveProperty('contentBytes');
		const path = `${draft}/attachments/${text(added.body.id)}`;
		expect((await wire.send('GET', path)).body.contentBytes).toBe('aGVsbG8=');
		expect((await wire.send('GET', `${path}/$value`)).text).toBe('hello');
		expect((await wire.send('GET', draft)).body.hasAttachments).toBe(true);
		expect((await wire.send('DELETE', path)).status).toBe(204);
		expect((await wire.send('GET', path)).status).toBe(404);
		expect((await wire.send('GET', draft)).body.hasAttachments).toBe(false);
	});

	it('does not count inline images', async () => {
		const body = file({ contentBytes: 'aGk=', isInline: true, contentId: 'logo' });
		await wire.send('POST', `${draft}/attachments`, { body });
		expect((await wire.send('GET', draft)).body.hasAttachments).toBe(false);
		expect((await wire.send('GET', `${draft}/attachments`)).body.value).toMatchObject([
			{ contentId: 'logo', isInline: true },
		]);
	});

	it('keeps items, and expands them on request', async () => {
		const body = {
			'@odata.type': '#microsoft.graph.itemAttachment',
			name: 'Mail',
			item: { '@odata.type': '#microsoft.graph.message', subject: 'Inner' },
		};
		await wire.send('POST', `${draft}/attachments`, { body });
		const plain = await wire.send('GET', `${draft}/attachments`);
		expect(plain.body.value?.[0]).not.toHaveProperty('item');
		const expanded = await wire.send(
			'GET',
			`${draft}/attachments?$expand=microsoft.graph.itemAttachment/item`,
		);
		expect(expanded.body.value?.[0]?.item).toMatchObject({ subject: 'Inner' });
	});

	it('refuses a file of 3 MB in one piece', async () => {
		const contentBytes = Buffer.alloc(3 * 1024 * 1024).toString('base64');
		const answer = await wire.send('POST', `${draft}/attachments`, {
			body: file({ contentBytes }),
		});
		expect(answer.status).toBe(413);
		expect((await wire.send('GET', `${draft}/attachments`)).body.value).toEqual([]);
	});
});

describe('upload sessions', () => {
	const MB = 1024 * 1024;

	async function createSession(size: number): Promise<Json> {
		const answer = await wire.send('POST', `${draft}/attachments/createUploadSession`, {
			body: { AttachmentItem: { attachmentType: 'file', name: 'big.bin', size } },
		});
		expect(answer.status).toBe(201);
		return answer.body;
	}

	async function put(
		url: unknown,
		bytes: Buffer,
		range: string,
		headers: Record<string, string> = {},
	): Promise<Response> {
		return await fetch(text(url), {
			method: 'PUT',
			headers: { 'Content-Range': range, ...headers },
			body: new Uint8Array(bytes),
		});
	}

	it('takes ranges in order and makes the attachment of them', async () => {
		const content = Buffer.alloc(5 * MB, 'abc');
		const session = await createSession(content.length);
		expect(session.nextExpectedRanges).toEqual(['0-']);
		expect(new URL(text(session.uploadUrl)).host).not.toBe(new URL(wire.graph.url).host);
		const one = await put(
			session.uploadUrl,
			content.subarray(0, 3 * MB),
			`bytes 0-${3 * MB - 1}/${5 * MB}`,
		);
		expect(one.status).toBe(200);
		expect(await one.json()).toMatchObject({ nextExpectedRanges: [String(3 * MB)] });
		const two = await put(
			session.uploadUrl,
			content.subarray(3 * MB),
			`bytes ${3 * MB}-${5 * MB - 1}/${5 * MB}`,
		);
		expect(two.status).toBe(201);
		const id = /Attachments\('([^']+)'\)/.exec(two.headers.get('location') ?? '')?.[1] ?? '';
		const answer = await wire.send('GET', `${draft}/attachments/${id}`);
		expect(answer.body).toMatchObject({ name: 'big.bin' });
		expect(Buffer.from(text(answer.body.contentBytes), 'base64').equals(content)).toBe(true);
		expect(wire.graph.uploads()).toHaveLength(2);
		expect(wire.graph.recorded().every(({ url }) => !url.includes('AttachmentSessions'))).toBe(
			true,
		);
		expect((await put(session.uploadUrl, Buffer.alloc(1), `bytes 0-0/${5 * MB}`)).status).toBe(404);
	});

	it.each<readonly [string, number, string, Record<string, string>, number]>([
		['a token', 1, `bytes 0-0/${5 * MB}`, { Authorization: 'Bearer x' }, 401],
		['a range out of order', 1, `bytes 5-5/${5 * MB}`, {}, 416],
		['a range of 4 MB', 4 * MB, `bytes 0-${4 * MB - 1}/${5 * MB}`, {}, 413],
		['another total', 1, 'bytes 0-0/7', {}, 400],
		['a length that is not the range', 2, `bytes 0-0/${5 * MB}`, {}, 400],
		['no range', 1, '', {}, 400],
	])('refuses %s, and goes on', async (_name, size, range, headers, status) => {
		const { uploadUrl } = await createSession(5 * MB);
		expect((await put(uploadUrl, Buffer.alloc(size), range, headers)).status).toBe(status);
		expect((await put(uploadUrl, Buffer.alloc(1), `bytes 0-0/${5 * MB}`)).status).toBe(200);
	});

	it('ends by DELETE and by time', async () => {
		const cancelled = await createSession(5 * MB);
		expect((await fetch(text(cancelled.uploadUrl), { method: 'DELETE' })).status).toBe(204);
		expect((await fetch(text(cancelled.uploadUrl))).status).toBe(404);
		const forgotten = await createSession(5 * MB);
		expect((await fetch(text(forgotten.uploadUrl))).status).toBe(200);
		wire.clock.advance(3 * 24 * 3_600_000);
		expect((await fetch(text(forgotten.uploadUrl))).status).toBe(404);
	});

	it('is not for small files', async () => {
		const answer = await wire.send('POST', `${draft}/attachments/createUploadSession`, {
			body: { AttachmentItem: { attachmentType: 'file', name: 'small', size: 1000 } },
		});
		expect(answer.body.error?.code).toBe('ErrorAttachmentSizeShouldNotBeLessThanMinimumSize');
	});

	it('does not help beyond the size that a message may have', async () => {
		wire.graph.state
			.mailbox(ana)
			.messagesIn(wire.graph.state.mailbox(ana).folder('drafts').serial)[0]
			?.attachments.push({
				serial: 999_999,
				kind: 'file',
				name: 'huge',
				contentType: null,
				contentId: null,
				isInline: false,
				lastModifiedDateTime: '',
				bytes: Buffer.alloc(36 * MB),
			});
		const answer = await wire.send('POST', `${draft}/send`);
		expect([answer.status, answer.body.error?.code]).toEqual([413, 'ErrorMessageSizeExceeded']);
	});
});
