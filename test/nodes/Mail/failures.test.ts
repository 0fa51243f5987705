import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../../nodes/Mail/resources';
import { type MailSandbox, startMailSandbox } from './mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

/** The least that each operation needs, on a message or draft of the mailbox. */
const cases: Readonly<Record<string, (id: string) => INodeParameters>> = {
	'attachment/download': (id) => ({ message: byId(id) }),
	'attachment/getAll': (id) => ({ message: byId(id) }),
	'draft/create': () => ({ subject: 'Draft' }),
	'draft/send': (id) => ({ message: byId(id) }),
	'folder/getAll': () => ({}),
	'message/delete': (id) => ({ message: byId(id) }),
	'message/get': (id) => ({ message: byId(id) }),
	'message/getAll': () => ({}),
	'message/move': (id) => ({ message: byId(id), folder: byId('archive') }),
	'message/reply': (id) => ({ message: byId(id), body: 'Yes' }),
	'message/replyAll': (id) => ({ message: byId(id), body: 'Yes' }),
	'message/send': () => ({ to: 'ben@contoso.example', subject: 'Hi', body: 'Hi' }),
	'message/update': (id) => ({ message: byId(id), changes: { isRead: true } }),
};

it('covers every operation', () => {
	const all = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value}/${operation.value}`),
	);
	expect(Object.keys(cases)).toEqual(all.sort());
});

describe.each(Object.entries(cases))('%s', (key, minimal) => {
	const [resource = '', operation = ''] = key.split('/');
	const definition = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	const mailbox = 'ana@contoso.example';
	const prepare = async (): Promise<INodeParameters> => {
		const { id } =
			key === 'draft/send'
				? await sandbox.draft(mailbox, { to: 'ben@contoso.example', subject: 'Draft' })
				: await sandbox.deliver(mailbox, { from: 'ben@contoso.example', subject: 'Invoice' });
		sandbox.forget();
		return { resource, operation, ...minimal(id) };
	};

	it("says what Graph refused, with Graph's code and the permission", async () => {
		const parameters = await prepare();
		sandbox.fault({ match: '* /v1.0/me/', status: 403 });
		const error = await sandbox.run(parameters).then(
			() => undefined,
			(reason: unknown) => reason as { message: string; description: string; context: object },
		);
		expect(error).toMatchObject({
			message: expect.stringContaining(definition?.action ?? '') as string,
			context: { itemIndex: 0 },
		});
		expect(error?.description).toContain('ErrorAccessDenied');
		expect(error?.description).toMatch(/request-id [0-9a-f-]{36}/);
		for (const permission of definition?.permissions.delegated?.split(' ') ?? ['?']) {
			expect(error?.description).toContain(permission);
		}
	});

	it('goes on with the next item where the user chose to continue', async () => {
		const parameters = await prepare();
		sandbox.fault({ match: '* /v1.0/me/', status: 404, times: 1 });
		const { items } = await sandbox.run(parameters, { items: [{}, {}], continueOnFail: true });
		const [failed, ...others] = items;
		expect(failed).toMatchObject({
			json: { error: expect.any(String) as string },
			pairedItem: { item: 0 },
		});
		expect(failed?.error).toBeDefined();
		expect(others.length).toBeGreaterThan(key === 'attachment/getAll' ? -1 : 0);
		for (const { error, pairedItem } of others) {
			expect(error).toBeUndefined();
			expect(pairedItem).toEqual({ item: 1 });
		}
	});
});
