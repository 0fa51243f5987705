import { ana, type SourceSandbox, startSourceSandbox } from '../../../core/changes/sourceSandbox';
import { byPath, watchEvent } from './eventSandbox';

let box: SourceSandbox;
beforeAll(async () => (box = await startSourceSandbox()));
beforeEach(() => box.reset());
afterAll(async () => await box.stop());

type Message = Omit<Parameters<typeof box.sandbox.state.deliver>[0], 'to'>;

const deliver = (message: Message = {}): string => {
	const [delivered] = box.sandbox.state.deliver({ to: ana, ...message }).messages;
	return delivered?.id ?? '';
};
const change = async (id: string, body: object) =>
	await box.as(ana, 'PATCH', `/me/messages/${id}`, body);
const move = async (id: string, destinationId: string) =>
	await box.as(ana, 'POST', `/me/messages/${id}/move`, { destinationId });
const subjects = (items: ReadonlyArray<{ subject?: unknown }>) => items.map((each) => each.subject);
/** Whatever counts as arrival is over then. */
const later = (minutes = 60) => {
	box.clock.advance(minutes * 60_000);
};

describe('messageReceived', () => {
	it('starts the workflow once for each new message, also across a restart', async () => {
		deliver({ subject: 'Old' });
		const watched = await watchEvent(box, 'messageReceived');
		const id = deliver({
			subject: 'New',
			body: '<p>Hello <b>Ana</b></p>',
			from: 'ben@fabrikam.com',
		});
		const [message, ...others] = await watched.look();
		expect(others).toEqual([]);
		expect(message).toMatchObject({
			id,
			subject: 'New',
			from: 'ben@fabrikam.com',
			bodyType: 'text',
		});
		expect(message?.['body']).toContain('Hello Ana');
		await watched.restart();
		expect(await watched.look()).toEqual([]);
		deliver({ subject: 'Newer' });
		expect(subjects(await watched.look())).toEqual(['Newer']);
	});

	it('watches a folder by its path, and not the folders inside of it', async () => {
		const { id } = await box.as(ana, 'POST', '/me/mailFolders/inbox/childFolders', {
			displayName: 'Invoices',
		});
		const watched = await watchEvent(box, 'messageReceived', { folder: byPath('Inbox/Invoices') });
		deliver({ subject: 'In the Inbox' });
		deliver({ subject: 'Invoice', folder: id });
		expect(subjects(await watched.look())).toEqual(['Invoice']);
	});

	it('watches several folders with one request each, and counts what is moved among them once', async () => {
		const watched = await watchEvent(box, 'messageReceived', {
			scope: 'folders',
			folders: ['inbox', 'archive'],
		});
		const id = deliver({ subject: 'First' });
		expect(subjects(await watched.look())).toEqual(['First']);
		await move(id, 'archive');
		deliver({ subject: 'Second', folder: 'archive' });
		expect(subjects(await watched.look())).toEqual(['Second']);
		box.forget();
		await watched.look();
		expect(box.requests()).toHaveLength(2);
	});

	it('refuses several folders when none is chosen', async () => {
		await expect(
			watchEvent(box, 'messageReceived', { scope: 'folders', folders: [] }),
		).rejects.toThrow('Folders: is empty');
	});

	it('watches all folders with one request, but not what was sent, drafted, deleted or is junk', async () => {
		const { id } = await box.as(ana, 'POST', '/me/mailFolders', { displayName: 'Projects' });
		const watched = await watchEvent(box, 'messageReceived', { scope: 'mailbox' });
		for (const folder of ['sentitems', 'deleteditems', 'junkemail', 'inbox', id]) {
			deliver({ subject: folder, folder });
		}
		await box.as(ana, 'POST', '/me/messages', { subject: 'A draft' });
		expect(subjects(await watched.look()).sort()).toEqual(['inbox', id].sort());
		box.forget();
		await watched.look();
		expect(box.requests()).toHaveLength(1);
	});

	it('watches the mailbox of somebody else', async () => {
		const watched = await watchEvent(box, 'messageReceived', { mailbox: ana });
		deliver({ subject: 'By address' });
		expect(subjects(await watched.look())).toEqual(['By address']);
		expect(box.requests().every((request) => request.includes(`/users/${ana}/`))).toBe(true);
	});

	it.each([
		[{ from: '@fabrikam.com' }, ['Order 1', 'Order 2']],
		[{ from: 'BEN@fabrikam.com, carl@elsewhere.com' }, ['Order 1']],
		[{ to: 'team@contoso.example' }, ['Order 2']],
		[{ subject: 'order  2' }, ['Order 2']],
		[{ bodyContains: 'express DELIVERY' }, ['Order 1']],
		[{ hasAttachments: 'true' }, ['Order 2']],
		[{ importance: 'high' }, ['Order 1']],
		[{ category: 'urgent' }, ['Order 2']],
		[{ readState: 'read' }, ['Order 2']],
		[{ from: '@fabrikam.com', importance: 'low' }, []],
	])('filters by %j', async (filters, expected) => {
		const watched = await watchEvent(box, 'messageReceived', { filters });
		deliver({
			subject: 'Order 1',
			from: 'ben@fabrikam.com',
			importance: 'high',
			body: '<p>By express<br>delivery</p>',
		});
		const id = deliver({
			subject: 'Order 2',
			from: 'eva@fabrikam.com',
			cc: ['team@contoso.example'],
			attachments: [{ name: 'a.txt', contentBytes: 'YQ==' }],
		});
		await change(id, { categories: ['Urgent'], isRead: true });
		deliver({ subject: 'Hello', from: 'dan@elsewhere.com' });
		expect(subjects(await watched.look()).sort()).toEqual(expected);
	});

	it('returns fields, or all that Graph answers, and bodies as wanted', async () => {
		const fields = await watchEvent(box, 'messageReceived', {
			output: 'fields',
			fields: ['subject', 'importance'],
			options: { body: 'none' },
		});
		const raw = await watchEvent(box, 'messageReceived', {
			output: 'raw',
			options: { body: 'html' },
		});
		const id = deliver({ subject: 'Shapes', body: '<p>Hi</p>' });
		expect(await fields.look()).toEqual([{ id, subject: 'Shapes', importance: 'normal' }]);
		expect((await raw.look())[0]).toMatchObject({
			subject: 'Shapes',
			body: { contentType: 'html' },
			toRecipients: [{ emailAddress: { address: ana } }],
		});
	});

	it('filters by text where the body is wanted as HTML, or not at all', async () => {
		for (const body of ['html', 'none']) {
			const watched = await watchEvent(box, 'messageReceived', {
				filters: { bodyContains: 'two words' },
				options: { body },
			});
			deliver({ subject: 'Yes', body: '<p>two <b>words</b></p>' });
			deliver({ subject: 'No', body: '<p>two&nbsp;other words</p>' });
			expect(subjects(await watched.look())).toEqual(['Yes']);
		}
	});

	it('reads twenty messages with one request, and leaves out one that is gone by then', async () => {
		const watched = await watchEvent(box, 'messageReceived');
		const ids = Array.from({ length: 20 }, (_, index) => deliver({ subject: `M${index}` }));
		box.sandbox.faults.add({
			match: `GET /messages/${encodeURIComponent(ids[3] ?? '')}`,
			status: 404,
			times: 1,
		});
		box.forget();
		expect(await watched.look()).toHaveLength(19);
		expect(box.requests()).toHaveLength(2);
		expect(await watched.look()).toEqual([]);
	});

	it('hands over a message that Exchange can not read by its ID, and the others whole', async () => {
		const watched = await watchEvent(box, 'messageReceived');
		const id = deliver({ subject: 'Damaged' });
		deliver({ subject: 'Whole' });
		box.sandbox.faults.add({
			match: `GET /messages/${encodeURIComponent(id)}`,
			status: 400,
			body: { error: { code: 'ErrorCorruptData', message: 'The data is corrupt.' } },
			times: 1,
		});
		const found = await watched.look();
		expect(found).toHaveLength(2);
		expect(found).toContainEqual(
			expect.objectContaining({ id, error: expect.stringContaining('corrupt') as unknown }),
		);
		expect(await watched.look()).toEqual([]);
	});

	it('tries again at the next look what Graph could not answer', async () => {
		const watched = await watchEvent(box, 'messageReceived');
		const ids = [deliver({ subject: 'A' }), deliver({ subject: 'B' })];
		box.sandbox.faults.add({
			match: `GET /messages/${encodeURIComponent(ids[1] ?? '')}`,
			status: 403,
			times: 1,
		});
		await expect(watched.look()).rejects.toThrow();
		deliver({ subject: 'C' });
		expect(subjects(await watched.look())).toEqual(['A', 'B', 'C']);
	});
});

describe('messageSent', () => {
	it('starts for what was sent, and not for what came in', async () => {
		const watched = await watchEvent(box, 'messageSent');
		deliver({ subject: 'Came in' });
		await box.as(ana, 'POST', '/me/sendMail', {
			message: {
				subject: 'Went out',
				toRecipients: [{ emailAddress: { address: 'ben@contoso.example' } }],
			},
		});
		expect(subjects(await watched.look())).toEqual(['Went out']);
		expect(await watched.look()).toEqual([]);
	});
});

describe('messageUpdated', () => {
	it('starts once for each change of a message, and not for its arrival or for drafts', async () => {
		const old = deliver({ subject: 'Old' });
		later();
		const watched = await watchEvent(box, 'messageUpdated');
		const arrived = deliver({ subject: 'Arrived' });
		const draft = await box.as(ana, 'POST', '/me/messages', { subject: 'A draft' });
		expect(await watched.look()).toEqual([]);
		await change(old, { isRead: true });
		await change(draft.id, { subject: 'Still a draft' });
		expect(subjects(await watched.look())).toEqual(['Old']);
		expect(await watched.look()).toEqual([]);
		later(1);
		await change(arrived, { categories: ['Blue'] });
		await change(old, { isRead: false });
		expect(subjects(await watched.look()).sort()).toEqual(['Arrived', 'Old']);
		await watched.restart();
		expect(await watched.look()).toEqual([]);
	});

	it('asks once for a folder in which nothing happens', async () => {
		deliver();
		const watched = await watchEvent(box, 'messageUpdated');
		box.forget();
		await watched.look();
		expect(box.requests()).toHaveLength(1);
		expect(box.requests()[0]).not.toMatch(/body/i);
	});
});

describe('messageFlagged', () => {
	const flagged = { flag: { flagStatus: 'flagged' } };
	const complete = { flag: { flagStatus: 'complete' } };
	const none = { flag: { flagStatus: 'notFlagged' } };

	it('starts when a flag is set, each time, and not when a flagged message changes otherwise', async () => {
		const before = deliver({ subject: 'Flagged before' });
		await change(before, flagged);
		later(600);
		const id = deliver({ subject: 'Flagged now' });
		const watched = await watchEvent(box, 'messageFlagged');
		await change(before, { isRead: true });
		expect(await watched.look()).toEqual([]);
		await change(id, flagged);
		expect(subjects(await watched.look())).toEqual(['Flagged now']);
		later(600);
		await change(id, { isRead: true });
		expect(await watched.look()).toEqual([]);
		await change(id, none);
		expect(await watched.look()).toEqual([]);
		later(600);
		await watched.restart();
		await change(id, flagged);
		expect(subjects(await watched.look())).toEqual(['Flagged now']);
	});

	it('starts when the follow-up is completed, where that is wanted', async () => {
		const id = deliver({ subject: 'To do' });
		await change(id, flagged);
		const watched = await watchEvent(box, 'messageFlagged', { flag: 'complete' });
		await change(id, complete);
		expect(subjects(await watched.look())).toEqual(['To do']);
	});
});

describe('messageMentionsMe', () => {
	const mention = (address: string) =>
		`<p>Hi <a id="OWAAM81C8" class="mention" href="mailto:${address}">@You</a>, please look</p>`;

	it('starts for a mention of the owner or a further address, and for no mere link to them', async () => {
		const watched = await watchEvent(box, 'messageMentionsMe', {
			alsoMentioned: 'team@contoso.example',
		});
		deliver({ subject: 'Me', body: mention('Ana%40contoso.example') });
		deliver({ subject: 'Team', body: mention('team@contoso.example') });
		deliver({ subject: 'Ben', body: mention('ben@contoso.example') });
		deliver({ subject: 'Link', body: `<a href="mailto:${ana}">Ana</a>` });
		expect(subjects(await watched.look()).sort()).toEqual(['Me', 'Team']);
		expect(await watched.look()).toEqual([]);
	});
});
