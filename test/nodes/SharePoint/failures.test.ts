import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../../nodes/SharePoint/resources';
import { byId, defined, type SharePointSandbox, startSharePointSandbox } from './sharePointSandbox';

let sandbox: SharePointSandbox;
beforeAll(async () => (sandbox = await startSharePointSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const site = () => ({ site: byId(sandbox.finance.id) });
const list = () => ({ ...site(), list: byId(sandbox.invoices.id) });
const item = () => ({ ...list(), item: byId('1') });
const page = () => ({
	...site(),
	page: byId([...sandbox.store.pages(sandbox.finance).values()][0]?.id ?? ''),
});
let serial = 0;

/** The least that each operation needs. What fails once for the first item works for the second. */
const cases: Readonly<Record<string, () => INodeParameters>> = {
	'column/create': () => ({ ...list(), displayName: `Column ${serial++}` }),
	'column/getAll': list,
	'contentType/getAll': list,
	'item/create': () => ({ ...list(), columns: defined({ Title: 'A' }) }),
	'item/createMany': () => ({ ...list(), rowsFrom: 'list', rows: '[{"Title":"A"}]' }),
	'item/delete': item,
	'item/get': item,
	'item/getAll': list,
	'item/getVersions': item,
	'item/update': () => ({ ...item(), columns: defined({ Title: 'A' }) }),
	'item/upsert': () => ({
		...list(),
		columns: defined({ Title: 'A', InvoiceNumber: 'R-1' }, 'InvoiceNumber'),
	}),
	'list/create': () => ({ ...site(), name: `List ${serial++}` }),
	'list/delete': list,
	'list/get': list,
	'list/getAll': site,
	'list/update': () => ({ ...list(), changes: { description: 'A' } }),
	'page/create': () => ({ ...site(), title: `Page ${serial++}` }),
	'page/delete': page,
	'page/get': page,
	'page/getAll': site,
	'page/publish': page,
	'page/update': () => ({ ...page(), changes: { title: 'A' } }),
	'site/get': site,
	'site/getRoot': () => ({}),
	'site/getSubsites': site,
	'site/search': () => ({ search: 'finance' }),
};

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
	const parameters = (): INodeParameters => ({ resource, operation, ...minimal() });

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
