import { ana, type SourceSandbox, startSourceSandbox } from '../../../core/changes/sourceSandbox';
import { testEvent } from './eventSandbox';

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

describe('a test run', () => {
	it('shows the newest real message that the filters let through, with its attachments', async () => {
		deliver({
			subject: 'Invoice 7',
			attachments: [
				{ name: 'invoice.pdf', contentType: 'application/pdf', contentBytes: 'JVBERg==' },
			],
		});
		deliver({ subject: 'Newer, but no invoice' });
		const { items, file } = await testEvent(box, 'messageReceived', {
			filters: { subject: 'invoice 7' },
			downloadAttachments: true,
		});
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({
			subject: 'Invoice 7',
			attachments: [{ name: 'invoice.pdf', field: 'data_0' }],
		});
		expect((await file(0, 'data_0')).toString()).toBe('%PDF');
	});

	it('says what to do where there is nothing to show', async () => {
		await expect(testEvent(box, 'messageSent')).rejects.toMatchObject({
			message: 'There is nothing yet that would start this trigger',
			description: expect.stringContaining('Make one') as unknown,
		});
		deliver({ subject: 'Hello' });
		await expect(
			testEvent(box, 'messageReceived', { filters: { subject: 'invoice' } }),
		).rejects.toMatchObject({
			description: expect.stringContaining('None of the newest 1 items') as unknown,
		});
	});

	it.each(['messageUpdated', 'messageFlagged', 'messageSent'])('shows one of %s', async (event) => {
		const id = deliver({ subject: 'Old', folder: event === 'messageSent' ? 'sentitems' : 'inbox' });
		await change(id, { flag: { flagStatus: 'flagged' } });
		const { json } = await testEvent(box, event);
		expect(json).toMatchObject([{ subject: 'Old' }]);
	});
});
