import { ana, ben, recipient, startWire, type Json, type Wire, text } from './wire';

let wire: Wire;
beforeAll(async () => {
	wire = await startWire();
});
beforeEach(() => {
	wire.graph.state.reset();
});
afterAll(() => wire.close());

function deliver(subject: string, extra: object = {}): void {
	wire.graph.state.deliver({ to: ana, from: 'eve@fabrikam.example', subject, ...extra });
}

async function subjects(query: string, path = '/me/messages'): Promise<unknown> {
	const answer = await wire.send('GET', `${path}?${query}`);
	if (answer.status !== 200) return `${answer.status} ${text(answer.body.error?.code)}`;
	return (answer.body.value as unknown as readonly Json[]).map(({ subject }) => subject);
}

describe('$filter, $orderby and $search', () => {
	beforeEach(() => {
		deliver('Invoice 1', {
			receivedDateTime: '2026-01-01T08:00:00Z',
			categories: ['Red category'],
		});
		deliver('Invoice 2', {
			receivedDateTime: '2026-01-02T08:00:00Z',
			from: { name: 'Zoë', address: 'zoe@fabrikam.example' },
			importance: 'high',
		});
		deliver("It's a party", {
			receivedDateTime: '2026-01-03T08:00:00Z',
			cc: [ben],
			body: 'Bring the invoice',
			attachments: [{ name: 'map.pdf', contentBytes: 'aGk=' }],
		});
	});

	it.each<readonly [string, readonly string[] | string]>([
		["$filter=from/emailAddress/address eq 'ZOE@fabrikam.example'", ['Invoice 2']],
		["$filter=startswith(subject,'inv') and importance ne 'high'", ['Invoice 1']],
		["$filter=contains(subject,'''s a')", ["It's a party"]],
		['$filter=receivedDateTime ge 2026-01-02T08:00:00Z', ["It's a party", 'Invoice 2']],
		['$filter=receivedDateTime lt 2026-01-02T09:00:00%2B01:00', ['Invoice 1']],
		["$filter=categories/any(c:c eq 'Red category')", ['Invoice 1']],
		[
			"$filter=ccRecipients/any(r:r/emailAddress/address eq 'ben@contoso.example')",
			["It's a party"],
		],
		['$filter=not(hasAttachments eq true) and isRead eq false', ['Invoice 2', 'Invoice 1']],
		[
			"$filter=(importance eq 'high' or hasAttachments eq true) and isDraft eq false",
			["It's a party", 'Invoice 2'],
		],
		["$filter=subject in ('Invoice 1','x')", ['Invoice 1']],
		// Exchange ignores this property here, silently.
		["$filter=parentFolderId eq 'nonsense'", ["It's a party", 'Invoice 2', 'Invoice 1']],
		['$orderby=subject', ['Invoice 1', 'Invoice 2', "It's a party"]],
		[
			'$orderby=from/emailAddress/name desc,receivedDateTime',
			['Invoice 2', 'Invoice 1', "It's a party"],
		],
		[
			"$filter=receivedDateTime ge 2026-01-01T00:00:00Z and importance eq 'normal'&$orderby=receivedDateTime",
			['Invoice 1', "It's a party"],
		],
		[
			"$filter=importance eq 'normal' and receivedDateTime ge 2026-01-01T00:00:00Z&$orderby=receivedDateTime",
			'400 InefficientFilter',
		],
		["$filter=importance eq 'high'&$orderby=receivedDateTime desc", '400 InefficientFilter'],
		['$search="invoice"', ["It's a party", 'Invoice 2', 'Invoice 1']],
		['$search=invoice', ["It's a party", 'Invoice 2', 'Invoice 1']],
		['$search="subject:invoice NOT from:zoe"', ['Invoice 1']],
		['$search="attachment:map OR importance:high"', ["It's a party", 'Invoice 2']],
		['$search="received>=2026-01-02 AND hasattachments:false"', ['Invoice 2']],
		['$search="subject:\\"invoice 2\\""', ['Invoice 2']],
		['$search=subject:invoice', '400 BadRequest'],
		['$search="invoice"&$filter=isRead eq false', '400 SearchWithFilter'],
		['$search="invoice"&$orderby=subject', '400 SearchWithOrderBy'],
		['$top=1001', '400 BadRequest'],
	])('%s', async (query, expected) => {
		expect(await subjects(query)).toEqual(expected);
	});

	it('counts, beside a page and alone', async () => {
		const page = await wire.send(
			'GET',
			"/me/messages?$count=true&$top=1&$filter=importance eq 'normal'",
		);
		expect(page.body['@odata.count']).toBe(2);
		const count = await wire.send(
			'GET',
			"/me/mailFolders/inbox/messages/$count?$filter=importance eq 'high'",
		);
		expect(count.text).toBe('1');
	});
});

describe('pages', () => {
	it('gives ten by default, and follows nextLink to the end', async () => {
		wire.graph.state.deliver({ to: ana, subject: 'M', count: 25 });
		const sizes: number[] = [];
		let url = '/me/messages?$select=subject';
		while (url !== '') {
			const { body } = await wire.send('GET', url);
			sizes.push((body.value as unknown as readonly Json[]).length);
			url = body['@odata.nextLink'] === undefined ? '' : text(body['@odata.nextLink']);
			if (url !== '') expect(url).toContain('%24select=subject');
		}
		expect(sizes).toEqual([10, 10, 5]);
	});

	it('pages a search by token', async () => {
		wire.graph.state.deliver({ to: ana, subject: 'M', count: 3 });
		const { body } = await wire.send('GET', '/me/messages?$search="m"&$top=2');
		expect(text(body['@odata.nextLink'])).toContain('skiptoken');
		const next = await wire.send('GET', text(body['@odata.nextLink']));
		expect(next.body.value).toHaveLength(1);
	});

	it('lists 10,000 messages in pages of 1,000 quickly enough for tests', async () => {
		wire.graph.state.deliver({ to: ana, subject: 'M', count: 10_000 });
		const { body } = await wire.send(
			'GET',
			'/me/mailFolders/inbox/messages?$top=1000&$skip=9000&$select=subject',
		);
		expect(body.value).toHaveLength(1000);
		expect(body['@odata.nextLink']).toBeUndefined();
		// Not for slow work, but for machines that do much else.
	}, 30_000);
});

describe('a message', () => {
	it('has what is selected, and some properties only then', async () => {
		deliver('Hello', { headers: [{ name: 'X-Test', value: '1' }] });
		const [all] = (await wire.send('GET', '/me/messages')).body.value as unknown as readonly Json[];
		expect(all).not.toHaveProperty('internetMessageHeaders');
		expect(all).not.toHaveProperty('uniqueBody');
		const selected = await wire.send(
			'GET',
			`/me/messages/${text(all?.id)}?$select=subject,internetMessageHeaders`,
		);
		expect(Object.keys(selected.body).sort()).toEqual(
			['@odata.context', '@odata.etag', 'id', 'internetMessageHeaders', 'subject'].sort(),
		);
		expect(selected.body.internetMessageHeaders).toContainEqual({ name: 'X-Test', value: '1' });
	});

	it('converts its body on request', async () => {
		deliver('Hello', { body: '<p>One &amp; two</p><p>three</p>' });
		const html = await wire.send('GET', '/me/messages');
		expect(html.body.value?.[0]?.body).toMatchObject({ contentType: 'html' });
		expect(html.body.value?.[0]?.body?.content).toMatch(/^<html><head>/);
		const plain = await wire.send('GET', `/me/messages/${text(html.body.value?.[0]?.id)}`, {
			headers: { Prefer: 'outlook.body-content-type="text"' },
		});
		expect(plain.body.body).toEqual({ contentType: 'text', content: 'One & two\r\nthree' });
		expect(plain.headers.get('preference-applied')).toBe('outlook.body-content-type="text"');
	});

	it('keeps extended properties, and gives them when expanded with their id', async () => {
		const id = 'String {00020329-0000-0000-C000-000000000046} Name Project';
		const body = { subject: 'x', singleValueExtendedProperties: [{ id, value: 'Alpha' }] };
		const draft = await wire.send('POST', '/me/messages', { body });
		const expand = `$expand=singleValueExtendedProperties($filter=id eq '${id}')`;
		const answer = await wire.send('GET', `/me/messages/${text(draft.body.id)}?${expand}`);
		expect(answer.body.singleValueExtendedProperties).toEqual([{ id, value: 'Alpha' }]);
		const filter = `$filter=singleValueExtendedProperties/any(p:p/id eq '${id}' and p/value eq 'Alpha')`;
		expect(await subjects(filter)).toEqual(['x']);
	});

	it('changes read state, flag and categories at any time, the rest only as a draft', async () => {
		deliver('Hello');
		const id = text((await wire.send('GET', '/me/messages')).body.value?.[0]?.id);
		const changed = await wire.send('PATCH', `/me/messages/${id}`, {
			body: { isRead: true, categories: ['A'], flag: { flagStatus: 'flagged' } },
		});
		expect(changed.body).toMatchObject({
			isRead: true,
			categories: ['A'],
			flag: { flagStatus: 'flagged' },
		});
		const refused = await wire.send('PATCH', `/me/messages/${id}`, { body: { subject: 'Other' } });
		expect([refused.status, refused.body.error?.code]).toEqual([400, 'ErrorInvalidPropertySet']);
	});

	it('minds If-Match', async () => {
		const draft = await wire.send('POST', '/me/messages', { body: { subject: 'x' } });
		const path = `/me/messages/${text(draft.body.id)}`;
		const headers = { 'If-Match': text(draft.body['@odata.etag']) };
		expect((await wire.send('PATCH', path, { body: { subject: 'y' }, headers })).status).toBe(200);
		expect((await wire.send('PATCH', path, { body: { subject: 'z' }, headers })).status).toBe(412);
	});

	it('goes to Deleted Items, then out of sight; or away at once', async () => {
		deliver('One');
		deliver('Two');
		const [first, second] = (
			await wire.send('GET', '/me/messages', { headers: { Prefer: 'IdType="ImmutableId"' } })
		).body.value as unknown as readonly Json[];
		await wire.send('DELETE', `/me/messages/${text(first?.id)}`);
		expect(await subjects('', '/me/mailFolders/deleteditems/messages')).toHaveLength(1);
		await wire.send('DELETE', `/me/messages/${text(first?.id)}`);
		expect(await subjects('')).toHaveLength(1);
		expect(await subjects('', '/me/mailFolders/recoverableitemsdeletions/messages')).toHaveLength(
			1,
		);
		expect(
			(await wire.send('POST', `/me/messages/${text(second?.id)}/permanentDelete`)).status,
		).toBe(204);
		expect(await subjects('')).toEqual([]);
		expect(await subjects('', '/me/mailFolders/recoverableitemsdeletions/messages')).toHaveLength(
			1,
		);
	});

	it('comes as MIME', async () => {
		await wire.send('POST', '/me/sendMail', {
			body: {
				message: {
					subject: 'Grüße',
					body: { contentType: 'html', content: '<p>Hi</p>' },
					toRecipients: [recipient(ben)],
					internetMessageHeaders: [{ name: 'x-case', value: '42' }],
				},
			},
		});
		const sent = await wire.send('GET', '/me/mailFolders/sentitems/messages');
		const mime = await wire.send('GET', `/me/messages/${text(sent.body.value?.[0]?.id)}/$value`);
		expect(mime.headers.get('content-type')).toMatch(/^text\/plain/);
		expect(mime.text).toContain(`Message-ID: ${text(sent.body.value?.[0]?.internetMessageId)}`);
		expect(mime.text).toContain('X-Case: 42');
		expect(mime.text).toMatch(/^To: .*ben@contoso\.example/m);
	});

	it('tells malformed ids from unknown ones', async () => {
		const malformed = await wire.send('GET', '/me/messages/nonsense');
		expect([malformed.status, malformed.body.error?.code]).toEqual([
			400,
			'ErrorInvalidIdMalformed',
		]);
		const unknown = await wire.send('GET', '/me/messages/AAMkADlmOGQwZmU3LWVjOWMtNDhiUnVua25vd24=');
		expect([unknown.status, unknown.body.error?.code]).toEqual([404, 'ErrorItemNotFound']);
	});
});
