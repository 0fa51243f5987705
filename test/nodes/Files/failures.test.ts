import { resources } from '../../../nodes/Files/resources';
import { type FilesSandbox, startFilesSandbox } from './filesSandbox';
import { cases, files, prepare } from './minimal';

let sandbox: FilesSandbox;
beforeAll(async () => (sandbox = await startFilesSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

/** What leaves nothing behind for a second item to work on. */
const once = /delete|^folder\/rename|deletePermission|checkIn|discardCheckOut/i;

it('covers every operation', () => {
	const all = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value}/${operation.value}`),
	);
	expect(Object.keys(cases)).toEqual(all.sort());
});

describe.each(Object.keys(cases))('%s', (key) => {
	const [resource = '', operation = ''] = key.split('/');
	const definition = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);

	it('works with the least that it needs', async () => {
		const { items } = await sandbox.run(prepare(sandbox, key), { items: [{ files }] });
		expect(items.length).toBeGreaterThan(0);
		for (const { error, pairedItem } of items) {
			expect(error).toBeUndefined();
			expect(pairedItem).toEqual({ item: 0 });
		}
	});

	it("says what Graph refused, with Graph's code and the permission", async () => {
		const parameters = prepare(sandbox, key);
		sandbox.fault({
			match: '* /v1.0/',
			status: 403,
			body: {
				error: {
					code: 'accessDenied',
					message: 'Access denied',
					innerError: { 'request-id': '7d2f9b1e-0000-4000-8000-000000000001' },
				},
			},
		});
		const error = await sandbox.run(parameters, { items: [{ files }] }).then(
			() => undefined,
			(reason: unknown) => reason as { message: string; description: string; context: object },
		);
		expect(error).toMatchObject({
			message: expect.stringContaining(definition?.action ?? '') as string,
			context: { itemIndex: 0 },
		});
		expect(error?.description).toContain('accessDenied');
		expect(error?.description).toContain('request-id 7d2f9b1e-0000-4000-8000-000000000001');
		expect(error?.description).toContain(definition?.permissions.delegated ?? '?');
	});

	it('goes on with the next item where the user chose to continue', async () => {
		const parameters = prepare(sandbox, key);
		sandbox.fault({ match: '* /v1.0/(?!\\$batch)', status: 404, times: 1 });
		const { items } = await sandbox.run(parameters, {
			items: [{ files }, { files }],
			continueOnFail: true,
		});
		const [failed, ...others] = items;
		expect(failed).toMatchObject({
			json: { error: expect.any(String) as string },
			pairedItem: { item: 0 },
		});
		expect(failed?.error).toBeDefined();
		expect(others.length).toBeGreaterThan(0);
		for (const { error, pairedItem } of others) {
			if (!once.test(key)) expect(error).toBeUndefined();
			expect(pairedItem).toEqual({ item: 1 });
		}
	});
});
