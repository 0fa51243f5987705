import { type MailSandbox, startMailSandbox } from '../mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const basics = { resource: 'message', operation: 'getAll' };
const select =
	'id,subject,from,toRecipients,ccRecipients,bccRecipients,receivedDateTime,isRead,isDraft,hasAttachments,importance,categories,flag,bodyPreview,conversationId,internetMessageId,parentFolderId,webLink';
const only = () => {
	const [request, ...more] = sandbox.recorded();
	expect(more).toEqual([]);
	const url = new URL(request?.url ?? '', 'http://graph');
	return {
		path: url.pathname,
		query: Object.fromEntries(url.searchParams),
		headers: request?.headers,
	};
};

describe('message: getAll', () => {
	it("lists the Inbox, newest first, flat and in the workflow's time zone", async () => {
		const { id, conversationId } = await sandbox.deliver('ana@contoso.example', {
			from: { name: 'Ben Okafor', address: 'ben@contoso.example' },
			subject: 'Older',
			body: 'Hello',
			receivedDateTime: '2026-01-31T07:00:00Z',
		});
		await sandbox.deliver('ana@contoso.example', {
			from: 'ben@contoso.example',
			subject: 'Newer',
			receivedDateTime: '2026-02-01T07:00:00Z',
		});
		const { json } = await sandbox.run(basics);
		expect(only()).toMatchObject({
			path: '/v1.0/me/mailFolders/inbox/messages',
			query: { $orderby: 'receivedDateTime desc', $select: select, $top: '50' },
		});
		expect(json.map(({ subject }) => subject)).toEqual(['Newer', 'Older']);
		expect(json[1]).toEqual({
			id,
			subject: 'Older',
			from: 'ben@contoso.example',
			fromName: 'Ben Okafor',
			to: ['ana@contoso.example'],
			cc: [],
			bcc: [],
			receivedDateTime: '2026-01-31T08:00:00+01:00',
			isRead: false,
			isDraft: false,
			hasAttachments: false,
			importance: 'normal',
			categories: [],
			flag: 'notFlagged',
			bodyPreview: 'Hello',
			conversationId,
			internetMessageId: expect.stringMatching(/^<.+>$/) as string,
			parentFolderId: expect.any(String) as string,
			webLink: expect.stringContaining('http') as string,
		});
	});

	it("filters with the order's property first", async () => {
		await sandbox.deliver('ana@contoso.example', {
			from: 'ben@contoso.example',
			subject: 'Invoice 1',
		});
		await sandbox.deliver('ana@contoso.example', {
			from: 'chloe@contoso.example',
			subject: 'Invoice 2',
		});
		const { json } = await sandbox.run({
			...basics,
			scope: 'mailbox',
			filters: { from: 'ben@contoso.example', subject: 'invoice', readState: 'unread' },
		});
		expect(only()).toMatchObject({
			path: '/v1.0/me/messages',
			query: {
				$filter:
					"receivedDateTime ge 1900-01-01T00:00:00Z and from/emailAddress/address eq 'ben@contoso.example' and contains(subject,'invoice') and isRead eq false",
				$orderby: 'receivedDateTime desc',
			},
		});
		expect(json.map(({ subject }) => subject)).toEqual(['Invoice 1']);
	});

	it('takes a raw filter, with and without an order', async () => {
		await sandbox.run({ ...basics, findBy: 'odata', filter: 'isRead eq false or isDraft eq true' });
		expect(only().query).toMatchObject({
			$filter: 'receivedDateTime ge 1900-01-01T00:00:00Z and (isRead eq false or isDraft eq true)',
			$orderby: 'receivedDateTime desc',
		});
		sandbox.reset();
		await sandbox.run({
			...basics,
			findBy: 'odata',
			filter: 'isRead eq false',
			options: { sort: 'none' },
		});
		expect(only().query).toMatchObject({ $filter: '(isRead eq false)' });
		expect(only().query).not.toHaveProperty('$orderby');
	});

	it('searches without filter and order, which Graph would refuse', async () => {
		await sandbox.deliver('ana@contoso.example', {
			from: 'ben@contoso.example',
			subject: 'The pizza',
		});
		const { json, hints } = await sandbox.run({
			...basics,
			findBy: 'search',
			search: 'subject:"pizza"',
			filters: { subject: 'ignored' },
			returnAll: true,
		});
		expect(only().query).toEqual({
			$search: '"subject:\\"pizza\\""',
			$select: select,
			$top: '1000',
		});
		expect(json.map(({ subject }) => subject)).toEqual(['The pizza']);
		expect(hints).toEqual([expect.stringContaining('1,000 messages')]);
	});

	it('filters recipients itself, says so, and stops at the limit', async () => {
		for (const subject of ['A', 'B', 'C']) {
			await sandbox.deliver('ana@contoso.example', {
				from: 'ben@contoso.example',
				subject,
				...(subject !== 'B' && { cc: ['chloe@contoso.example'] }),
			});
		}
		const { json, hints } = await sandbox.run({
			...basics,
			filters: { to: 'Chloe@contoso.example' },
			limit: 1,
			options: { fields: ['subject'] },
		});
		expect(json).toHaveLength(1);
		expect(Object.keys(json[0] ?? {})).toEqual(['id', 'subject']);
		expect(only().query['$select']).toBe('id,subject,toRecipients,ccRecipients');
		expect(hints).toEqual([expect.stringContaining("can't filter by recipient")]);
	});

	it('returns the chosen fields, and the body as text', async () => {
		await sandbox.deliver('ana@contoso.example', {
			from: 'ben@contoso.example',
			subject: 'Hi',
			body: '<p>Hello <b>Ana</b></p>',
		});
		const { json } = await sandbox.run({
			...basics,
			options: { fields: ['subject', 'isRead'], body: 'text' },
		});
		expect(only()).toMatchObject({
			query: { $select: 'id,subject,isRead,body', $top: '50' },
			headers: { prefer: 'outlook.body-content-type="text", IdType="ImmutableId"' },
		});
		expect(json[0]).toMatchObject({ subject: 'Hi', isRead: false, bodyType: 'text' });
		expect(json[0]?.['body']).toContain('Hello Ana');
	});

	it('returns what Graph sends when not simplified', async () => {
		await sandbox.deliver('ana@contoso.example', { from: 'ben@contoso.example', subject: 'Hi' });
		const { json } = await sandbox.run({ ...basics, simplify: false });
		expect(json[0]).toMatchObject({
			subject: 'Hi',
			from: { emailAddress: { address: 'ben@contoso.example' } },
		});
	});

	it('finds a folder by its path, once for all items', async () => {
		const folderId = await sandbox.createFolder('ana@contoso.example', [
			'inbox',
			'Invoices',
			'2026',
		]);
		sandbox.forget();
		await sandbox.run(
			{ ...basics, folder: { __rl: true, mode: 'path', value: 'Inbox/Invoices/2026' } },
			{ items: [{}, {}] },
		);
		const urls = sandbox.requests().map(({ url }) => decodeURIComponent(url));
		expect(urls.filter((url) => url.includes("displayName eq '"))).toHaveLength(3);
		expect(urls.filter((url) => url.includes(`/mailFolders/${folderId}/messages`))).toHaveLength(2);
	});

	it('names the part of a path that does not exist', async () => {
		await expect(
			sandbox.run({
				...basics,
				folder: { __rl: true, mode: 'path', value: 'Inbox/Bills/2026' },
			}),
		).rejects.toThrow('Folder: there is no folder "Bills" in "Inbox"');
	});

	it('gets 10,000 messages with at most 11 requests', async () => {
		sandbox.fill('ana@contoso.example', 10_000);
		const { json } = await sandbox.run({ ...basics, returnAll: true });
		expect(json).toHaveLength(10_000);
		expect(new Set(json.map(({ id }) => id)).size).toBe(10_000);
		expect(sandbox.requests().length).toBeLessThanOrEqual(11);
	}, 60_000);
});
