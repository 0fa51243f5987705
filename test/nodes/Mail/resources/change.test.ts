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
			message: byId(id),
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
		await sandbox.run({ ...basics, message: byId(id), changes: { categories: '' } });
		expect(sandbox.requests()[0]?.body).toEqual({ categories: [] });
	});

	it('asks for a change', async () => {
		await expect(sandbox.run({ ...basics, message: byId('AAMkx'), changes: {} })).rejects.toThrow(
			'Changes: is empty',
		);
		expect(sandbox.requests()).toEqual([]);
	});
});

describe('message: move', () => {
	const basics = { resource: 'message', operation: 'move' };

	it('moves and keeps the id', async () => {
		const { id } = await deliver();
		const { json } = await sandbox.run({ ...basics, message: byId(id), folder: byId('archive') });
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
			message: { __rl: true, mode: 'internetMessageId', value: internetMessageId },
			folder: byId('archive'),
		});
		expect(await sandbox.ids(ana, 'archive')).toEqual([id]);
		const link = `https://outlook.office365.com/owa/?ItemID=${encodeURIComponent(id)}&exvsurl=1`;
		await sandbox.run({
			...basics,
			message: { __rl: true, mode: 'url', value: link },
			folder: byId('inbox'),
		});
		expect(await sandbox.ids(ana, 'inbox')).toEqual([id]);
		await expect(
			sandbox.run({
				...basics,
				message: { __rl: true, mode: 'internetMessageId', value: '<none@contoso.example>' },
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
			(itemIndex) => ({ ...basics, message: byId(ids[itemIndex] ?? ''), folder: byId('archive') }),
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
		const parameters = { resource: 'message', operation: 'delete', message: byId(id) };
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
