import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../../nodes/Graph/resources';
import { type NodeSandbox, startNodeSandbox } from './graphSandbox';
import { cases } from './minimal';

let sandbox: NodeSandbox;
beforeAll(async () => (sandbox = await startNodeSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

it('covers every operation', () => {
	const all = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value}/${operation.value}`),
	);
	expect(Object.keys(cases)).toEqual(all.sort());
});

/** These ask Microsoft nothing, or tell of a refusal as their output. */
const tellingOfRefusals = /^connection|^request\/batch/;

describe.each(Object.entries(cases))('%s', (key, minimal) => {
	const [resource = '', operation = ''] = key.split('/');
	const definition = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	const parameters: INodeParameters = { resource, operation, ...minimal };

	it('works with the least that it needs', async () => {
		const { items } = await sandbox.run(parameters);
		expect(items.length).toBeGreaterThan(0);
		for (const { error, pairedItem } of items) {
			expect(error).toBeUndefined();
			expect(pairedItem).toEqual({ item: 0 });
		}
	});

	if (tellingOfRefusals.test(key)) return;

	it("says what Graph refused, with Graph's code and the permission", async () => {
		sandbox.fault({ match: '* /v1.0/', status: 403 });
		const error = await sandbox.run(parameters).then(
			() => undefined,
			(reason: unknown) => reason as { message: string; description: string; context: object },
		);
		expect(error).toMatchObject({
			message: expect.stringContaining(definition?.action ?? '?') as string,
			context: { itemIndex: 0 },
		});
		expect(error?.description).toContain('ErrorAccessDenied');
		expect(error?.description).toMatch(/request-id [0-9a-f-]{36}/);
		expect(error?.description).toContain(definition?.permissions.delegated ?? '?');
	});

	it('goes on with the next item where the user chose to continue', async () => {
		sandbox.fault({ match: '* /v1.0/(?!\\$batch)', status: 404, times: 1 });
		const { items } = await sandbox.run(parameters, {
			items: [{}, {}],
			continueOnFail: true,
		});
		const failed = items.filter(({ error }) => error !== undefined);
		expect(failed).toHaveLength(1);
		expect(failed[0]?.json['error']).toEqual(expect.any(String));
		const failedItem = (failed[0]?.pairedItem as { item: number }).item;
		const others = items.filter(({ error }) => error === undefined);
		expect(others.length).toBeGreaterThan(0);
		for (const { pairedItem } of others) expect(pairedItem).toEqual({ item: 1 - failedItem });
	});
});
