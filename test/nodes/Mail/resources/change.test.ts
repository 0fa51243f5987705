import { type MailSandbox, startMailSandbox } from '../mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const ana = 'ana@contoso.example';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const deliver = async (subject = 'Invoice') =>
	await sandbox.deliver(ana, { from: 'ben@contoso.example', subject });

describe('message: update', () => {
	const basics = { resource: 'message', operation: 'update' };

	it('sends the changes, and only those', async () => {
		const { id } = await deliver();
		const { json } = await sandbox.run({
			...basics,
			messageId: byId(id),
			changes: {
				isRead: true,
				importance: 'low',
				flag: 'flagged',
				categories: 'Invoices, Blue category',
			},
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'PATCH',
				url: `/v1.0/me/messages/${encodeURIComponent(id)}`,
				body: {
					isRead: true,
					importance: 'low',
					flag: { flagStatus: 'flagged' },
					categories: ['Invoices', 'Blue category'],
				},
			},
		]);
		expect(json[0]).toMatchObject({
			id,
			isRead: true,
			importance: 'low',
			flag: 'flagged',
			categories: ['Invoices', 'Blue category'],
		});
	});

	it('removes all categories with an empty list', async () => {
		const { id } = await deliver();
		await sandbox.run({ ...basics, messageId: byId(id), changes: { categories: '' } });
		expect(sandbox.requests()[0]?.body).toEqual({ categories: [] });
	});

	it('flags with dates in the time zone of the workflow', async () => {
		const { id } = await deliver();
		await sandbox.run({
			...basics,
			messageId: byId(id),
			changes: { flagStart: '2026-03-30T09:00:00', flagDue: '2026-04-01T07:00:00Z' },
		});
		await sandbox.run({ ...basics, messageId: byId(id), changes: { flagDue: '2026-04-01' } });
		const at = (dateTime: string) => ({ dateTime, timeZone: 'Europe/Berlin' });
		expect(sandbox.requests().map(({ body }) => body)).toEqual([
			{
				flag: {
					flagStatus: 'flagged',
					startDateTime: at('2026-03-30T09:00:00'),
					dueDateTime: at('2026-04-01T09:00:00'),
				},
			},
			{
				flag: {
					flagStatus: 'flagged',
					startDateTime: at('2026-04-01T00:00:00'),
					dueDateTime: at('2026-04-01T00:00:00'),
				},
			},
		]);
	});

	it('adds to and takes from the categories that the message has', async () => {
		const { id } = await sandbox.deliver(ana, {
			from: 'ben@contoso.example',
			categories: ['Invoices', 'Old'],
		});
		const { json } = await sandbox.run({
			...basics,
			messageId: byId(id),
			changes: { addCategories: 'invoices, Paid', removeCategories: 'OLD', isRead: true },
		});
		const url = `/v1.0/me/messages/${encodeURIComponent(id)}`;
		expect(sandbox.requests()).toEqual([
			{ method: 'GET', url: `${url}?$select=categories` },
			{ method: 'PATCH', url, body: { isRead: true, categories: ['Invoices', 'Paid'] } },
		]);
		expect(json[0]).toMatchObject({ categories: ['Invoices', 'Paid'], isRead: true });
	});

	it('needs no look at the message where the categories are given anew', async () => {
		const { id } = await deliver();
		await sandbox.run({
			...basics,
			messageId: byId(id),
			changes: { categories: 'A, B', removeCategories: 'B', inferenceClassification: 'other' },
		});
		expect(sandbox.requests()).toMatchObject([
			{ method: 'PATCH', body: { categories: ['A'], inferenceClassification: 'other' } },
		]);
	});

	it('categorizes 30 messages with 4 batches; a lost one fails alone, one named twice keeps both', async () => {
		const ids: string[] = [];
		for (let index = 0; index < 30; index++) ids.push((await deliver(`Invoice ${index}`)).id);
		ids[3] = 'AAMkADlmOGQwZmU3LWVjOWMtNDhinothere____________';
		ids[29] = ids[0] ?? '';
		sandbox.forget();
		const { items, json } = await sandbox.run(
			(itemIndex) => ({
				...basics,
				messageId: byId(ids[itemIndex] ?? ''),
				changes: { addCategories: `C${itemIndex}` },
			}),
			{ items: ids.map(() => ({})), continueOnFail: true },
		);
		const batches = sandbox.requests().filter(({ url }) => url === '/v1.0/$batch');
		expect(batches.map(({ body }) => (body as { requests: unknown[] }).requests.length)).toEqual([
			20, 9, 20, 8,
		]);
		expect(items.flatMap(({ error }, index) => (error ? [index] : []))).toEqual([3]);
		expect(json[1]).toMatchObject({ categories: ['C1'] });
		expect(json[29]).toMatchObject({ categories: ['C0', 'C29'] });
	});

	it('changes subject and body of a draft; of a message that arrived, Exchange does not', async () => {
		const draft = await sandbox.draft(ana, { to: 'ben@contoso.example', subject: 'Old' });
		const changes = { subject: 'New', body: 'Text', bodyType: 'text' };
		const { json } = await sandbox.run({ ...basics, messageId: byId(draft.id), changes });
		expect(json[0]).toMatchObject({ subject: 'New', bodyPreview: 'Text' });
		const { id } = await deliver();
		await expect(sandbox.run({ ...basics, messageId: byId(id), changes })).rejects.toMatchObject({
			description: expect.stringContaining('of a draft they can be changed') as string,
		});
	});

	it('asks for a change', async () => {
		await expect(sandbox.run({ ...basics, messageId: byId('AAMkx'), changes: {} })).rejects.toThrow(
			'Changes: is empty',
		);
		expect(sandbox.requests()).toEqual([]);
	});
});

describe('message: move', () => {
	const basics = { resource: 'message', operation: 'move' };

	it('moves and keeps the id', async () => {
		const { id } = await deliver();
		const { json } = await sandbox.run({ ...basics, messageId: byId(id), folder: byId('archive') });
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: `/v1.0/me/messages/${encodeURIComponent(id)}/move`,
				body: { destinationId: 'archive' },
			},
		]);
		expect(json[0]).toMatchObject({ id, subject: 'Invoice' });
		expect(await sandbox.ids(ana, 'archive')).toEqual([id]);
	});

	it('finds the message by its internet message id and its Outlook link', async () => {
		const { id, internetMessageId } = await deliver();
		await sandbox.run({
			...basics,
			messageId: { __rl: true, mode: 'internetMessageId', value: internetMessageId },
			folder: byId('archive'),
		});
		expect(await sandbox.ids(ana, 'archive')).toEqual([id]);
		const link = `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(id)}&exvsurl=1`;
		await sandbox.run({
			...basics,
			messageId: { __rl: true, mode: 'url', value: link },
			folder: byId('inbox'),
		});
		expect(await sandbox.ids(ana, 'inbox')).toEqual([id]);
		await expect(
			sandbox.run({
				...basics,
				messageId: { __rl: true, mode: 'internetMessageId', value: '<none@contoso.example>' },
				folder: byId('inbox'),
			}),
		).rejects.toThrow('no message with the internet message ID <none@contoso.example>');
	});

	it('moves 45 messages with 3 batches, and one that fails fails alone', async () => {
		const ids: string[] = [];
		for (let index = 0; index < 45; index++) ids.push((await deliver(`Invoice ${index}`)).id);
		ids[7] = 'AAMkADlmOGQwZmU3LWVjOWMtNDhinothere____________';
		sandbox.forget();
		const { items } = await sandbox.run(
			(itemIndex) => ({
				...basics,
				messageId: byId(ids[itemIndex] ?? ''),
				folder: byId('archive'),
			}),
			{ items: ids.map(() => ({})), continueOnFail: true },
		);
		const batches = sandbox.requests().filter(({ url }) => url === '/v1.0/$batch');
		expect(batches.map(({ body }) => (body as { requests: unknown[] }).requests.length)).toEqual([
			20, 20, 5,
		]);
		expect(items).toHaveLength(45);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(ids.map((_, item) => ({ item })));
		expect(items.flatMap(({ error }, index) => (error ? [index] : []))).toEqual([7]);
		expect(await sandbox.ids(ana, 'archive')).toHaveLength(44);
	}, 30_000);
});

describe('message: delete', () => {
	it('moves to Deleted Items, and leaves there what is there already', async () => {
		const { id } = await deliver();
		const parameters = { resource: 'message', operation: 'delete', messageId: byId(id) };
		const { json } = await sandbox.run(parameters);
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: `/v1.0/me/messages/${encodeURIComponent(id)}/move`,
				body: { destinationId: 'deleteditems' },
			},
		]);
		expect(json).toEqual([{ success: true, id }]);
		await sandbox.run(parameters);
		expect(await sandbox.ids(ana, 'deleteditems')).toEqual([id]);
	});
});
