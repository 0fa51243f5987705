import { resources } from '../../../nodes/Mail/resources';
import { type MailSandbox, startMailSandbox } from './mailSandbox';
import { cases, item, prepare } from './minimal';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

it('covers every operation; those that wait for a person have tests of their own', () => {
	const all = resources.flatMap(({ value, operations }) =>
		operations
			.filter(({ review }) => review === undefined)
			.map((operation) => `${value}/${operation.value}`),
	);
	expect(Object.keys(cases)).toEqual(all.sort());
});

describe.each(Object.keys(cases))('%s', (key) => {
	const [resource = '', operation = ''] = key.split('/');
	const definition = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);

	it("says what Graph refused, with Graph's code and the permission", async () => {
		const parameters = await prepare(sandbox, key);
		sandbox.fault({ match: '* /v1.0/me/', status: 403 });
		const error = await sandbox.run(parameters, { items: [item] }).then(
			() => undefined,
			(reason: unknown) => reason as { message: string; description: string; context: object },
		);
		expect(error).toMatchObject({
			message: expect.stringContaining(definition?.action ?? '') as string,
			context: { itemIndex: 0 },
		});
		expect(error?.description).toContain('ErrorAccessDenied');
		expect(error?.description).toMatch(/request-id [0-9a-f-]{36}/);
		// Of the several that some need, the one of the request that was refused.
		const permissions = definition?.permissions.delegated?.split(' ') ?? [];
		expect(permissions.filter((one) => error?.description.includes(one))).not.toEqual([]);
	});

	it('goes on with the next item where the user chose to continue', async () => {
		const parameters = await prepare(sandbox, key);
		sandbox.fault({ match: '* /v1.0/me/', status: 404, times: 1 });
		const { items } = await sandbox.run(parameters, {
			items: [item, item],
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
			expect(error).toBeUndefined();
			expect(pairedItem).toEqual({ item: 1 });
		}
	});
});
