import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../../nodes/SharePoint/resources';
import { cases } from './minimal';
import { type SharePointSandbox, startSharePointSandbox } from './sharePointSandbox';

let sandbox: SharePointSandbox;
beforeAll(async () => (sandbox = await startSharePointSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

it('covers every operation', () => {
	const all = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value}/${operation.value}`),
	);
	expect(Object.keys(cases).sort()).toEqual(all.sort());
});

describe.each(Object.entries(cases))('%s', (key, minimal) => {
	const [resource = '', operation = ''] = key.split('/');
	const definition = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);
	const parameters = (): INodeParameters => ({ resource, operation, ...minimal(sandbox) });

	it("says what Graph refused, with Graph's code and the permission", async () => {
		const given = parameters();
		// Columns are read with another permission than they are used with.
		await sandbox.run(
			key.startsWith('item/')
				? { ...given, operation: 'getAll' }
				: { resource: 'site', operation: 'getRoot' },
		);
		sandbox.fault({ match: '* /v1.0/sites', status: 403 });
		const error = await sandbox.run(given).then(
			() => undefined,
			(reason: unknown) => reason as { message: string; description: string; context: object },
		);
		expect(error).toMatchObject({
			message: expect.stringMatching(/^Microsoft 365 refused/) as string,
			context: { itemIndex: 0 },
		});
		expect(error?.description).toContain('ErrorAccessDenied');
		expect(error?.description).toMatch(/request-id [0-9a-f-]{36}/);
		expect(error?.description).toContain(
			key === 'site/search' ? 'Sites.Read.All' : (definition?.permissions.delegated ?? '?'),
		);
	});

	it('goes on with the next item where the user chose to continue', async () => {
		const given = parameters();
		sandbox.fault({ match: '* /v1.0/sites', status: 404, times: 1 });
		const isNamed = 'name' in given || 'displayName' in given || 'title' in given;
		const { items } = await sandbox.run(isNamed ? () => parameters() : given, {
			items: [{}, {}],
			continueOnFail: true,
		});
		const [failed, ...others] = items;
		expect(failed).toMatchObject({
			json: { error: expect.any(String) as string },
			pairedItem: { item: 0 },
		});
		expect(failed?.error).toBeDefined();
		for (const { error, pairedItem } of others) {
			expect(error).toBeUndefined();
			expect(pairedItem).toEqual({ item: 1 });
		}
		// The site has no further column that the first failure could hide.
		expect(others.length).toBeGreaterThan(0);
	});
});
