import type { SandboxSite } from '../../../sandbox/graph/sharepoint/sites';
import type { StoredList } from '../../../sandbox/graph/sharepoint/types';
import { ana, startWire, text, type Wire, type WireAnswer } from '../graph/wire';

let wire: Wire;
let finance: SandboxSite;
let invoices: StoredList;
beforeAll(async () => (wire = await startWire()));
beforeEach(() => {
	wire.graph.state.reset();
	const { sharePoint } = wire.graph.state;
	finance = sharePoint.site(sharePoint.host, 'sites/finance');
	invoices = sharePoint.list(finance, 'Invoices');
});
afterAll(async () => await wire.close());

const send = async (
	method: string,
	path: string,
	body?: unknown,
	headers: Record<string, string> = {},
	scopes = 'Sites.Manage.All',
): Promise<WireAnswer> =>
	await wire.send(method, path, {
		token: wire.token({ upn: ana, scopes }),
		headers,
		...(body !== undefined && { body }),
	});
const items = () => `/sites/${finance.id}/lists/${invoices.id}/items`;
const create = async (fields: object, headers?: Record<string, string>) =>
	await send('POST', items(), { fields }, headers);
const nonIndexed = { prefer: 'HonorNonIndexedQueriesWarningMayFailRandomly' };

describe('sites', () => {
	it.each([
		['root', 'Contoso'],
		['contoso.sharepoint.example', 'Contoso'],
		['contoso.sharepoint.example:/sites/finance', 'Finance'],
		['contoso.sharepoint.example:/sites/FINANCE/audit', 'Audit 2026'],
	])('%s is %s', async (key, name) => {
		const { status, body } = await send('GET', `/sites/${key}`);
		expect([status, body['displayName']]).toEqual([200, name]);
	});

	it('leaves out the name of a site that has none', async () => {
		const { body } = await send('GET', '/sites/contoso.sharepoint.example:/sites/t-1044');
		expect(body).not.toHaveProperty('displayName');
		expect(body['name']).toBe('t-1044');
	});

	it('answers 404 for none', async () => {
		const { status, body } = await send('GET', '/sites/contoso.sharepoint.example:/sites/gone');
		expect([status, body['error']?.['code']]).toEqual([404, 'itemNotFound']);
	});

	it('refuses the search, and sites that were not given, under Sites.Selected', async () => {
		const selected = 'Sites.Selected';
		wire.graph.state.sharePoint.grants.add(finance.id);
		expect((await send('GET', '/sites?search=*', undefined, {}, selected)).status).toBe(403);
		expect((await send('GET', `/sites/${finance.id}`, undefined, {}, selected)).status).toBe(200);
		expect((await send('GET', '/sites/root', undefined, {}, selected)).status).toBe(403);
	});
});

describe('lists', () => {
	it('come with hidden ones only where system is selected', async () => {
		const path = `/sites/${finance.id}/lists`;
		const plain = await send('GET', path);
		const system = await send('GET', `${path}?$select=id,list,system`);
		const templates = ({ body }: WireAnswer) =>
			(body['value'] as unknown as Array<{ list: { template: string } }>).map(
				({ list }) => list.template,
			);
		expect(templates(plain)).not.toContain('userInformation');
		expect(templates(system)).toContain('userInformation');
	});

	it('are found by title too', async () => {
		const { body } = await send('GET', `/sites/${finance.id}/lists/invoices?$expand=columns`);
		expect(body['id']).toBe(invoices.id);
		expect(JSON.stringify(body['columns'])).toContain('"InvoiceNumber"');
	});

	it('need the permission to manage', async () => {
		const { status } = await send(
			'POST',
			`/sites/${finance.id}/lists`,
			{ displayName: 'X' },
			{},
			'Sites.Read.All',
		);
		expect(status).toBe(403);
	});
});

describe('writing columns', () => {
	it.each<[object, string]>([
		[{ Amount: 1 }, "Field 'Title' is required"],
		[{ Title: 'A', Colour: 'red' }, "Field 'Colour' is not recognized"],
		[{ Title: 'A', Created: '2026-01-01T00:00:00Z' }, "Field 'Created' is read-only"],
		[{ Title: 'A', Total: 5 }, "Field 'Total' is read-only"],
		[{ Title: 'A', Amount: '5' }, 'of another type'],
		[{ Title: 'A', Paid: 'yes' }, 'of another type'],
		[{ Title: 'A', DueDate: 'soon' }, 'of another type'],
		[{ Title: 'x'.repeat(256) }, 'takes 255 characters'],
		[{ Title: 'A', Tags: ['Urgent'] }, 'Invalid request'],
		[
			{ Title: 'A', 'Tags@odata.type': 'Collection(Edm.String)', Tags: 'Urgent' },
			'Invalid request',
		],
		[{ Title: 'A', Owner0: 'ben@contoso.example' }, "Field 'Owner0' is not recognized"],
		[{ Title: 'A', Owner0LookupId: 999 }, "isn't there"],
		[{ Title: 'A', ApproversLookupId: [10] }, 'Invalid request'],
		[{ Title: 'A', VendorLookupId: 99 }, "isn't there"],
		[{ Title: 'A', Scan: { Url: 'https://a.example' } }, 'General exception'],
		[{ Title: 'A', InvoiceNumber: 'R-1' }, "isn't unique"],
		[{ Title: 'A', Department: 'HR' }, "can't be written"],
	])('refuses %p', async (fields, message) => {
		const { status, body } = await create(fields);
		expect([status, body['error']?.['code']]).toEqual([400, 'invalidRequest']);
		expect(body['error']?.['message']).toContain(message);
		expect(invoices.items.size).toBe(3);
	});

	it('takes people by number, choices with their type, links by the newer version', async () => {
		const { status, body } = await create(
			{
				Title: 'A',
				Owner0LookupId: '11',
				'ApproversLookupId@odata.type': 'Collection(Edm.Int32)',
				ApproversLookupId: [10],
				'Tags@odata.type': 'Collection(Edm.String)',
				Tags: ['Urgent'],
				Scan: { Url: 'https://a.example' },
			},
			{ prefer: 'apiversion=2.1' },
		);
		expect(status).toBe(201);
		expect(body['fields']).toMatchObject({
			Owner0LookupId: '11',
			Approvers: [{ LookupId: 10, LookupValue: 'Ana Martins', Email: ana }],
			Tags: ['Urgent'],
			Scan: { Url: 'https://a.example', Description: 'https://a.example' },
		});
	});

	it('clears by null, and keeps a version of each state', async () => {
		const path = `${items()}/1`;
		expect((await send('PATCH', `${path}/fields`, { Amount: null })).body).not.toHaveProperty(
			'Amount',
		);
		const { body } = await send('GET', `${path}/versions?$expand=fields($select=Amount)`);
		expect(body['value']).toEqual([
			expect.objectContaining({
				id: '2.0',
				fields: expect.not.objectContaining({ Amount: 5400 }) as object,
			}),
			expect.objectContaining({
				id: '1.0',
				fields: expect.objectContaining({ Amount: 5400 }) as object,
			}),
		]);
	});

	it('refuses a change of what somebody else has changed', async () => {
		const { body } = await send('GET', `${items()}/1`);
		const headers = { 'if-match': text(body['eTag']) };
		expect((await send('PATCH', `${items()}/1/fields`, { Amount: 1 }, headers)).status).toBe(200);
		expect((await send('PATCH', `${items()}/1/fields`, { Amount: 2 }, headers)).status).toBe(412);
	});
});

describe('queries', () => {
	it('have no columns unless they are expanded', async () => {
		const plain = await send('GET', `${items()}?$top=1`);
		expect(plain.body['value']?.[0]).not.toHaveProperty('fields');
		const { body } = await send('GET', `${items()}?$top=1&$expand=fields($select=Title)`);
		expect(body['value']?.[0]?.['fields']).toEqual({
			'@odata.etag': expect.any(String) as string,
			id: '1',
			Title: 'Laptops',
		});
		expect(body['@odata.nextLink']).toBeDefined();
	});

	it('filter by an index, or with the header', async () => {
		const byStatus = await send('GET', `${items()}?$filter=fields/Status eq 'New'`);
		expect(byStatus.body['value']).toHaveLength(1);
		const path = `${items()}?$filter=fields/Amount gt 1000&$orderby=fields/Amount desc`;
		const refused = await send('GET', path);
		expect(refused.status).toBe(400);
		expect(refused.body['error']?.['message']).toContain('it is not indexed');
		const { body } = await send('GET', path, undefined, nonIndexed);
		expect((body['value'] as unknown as Array<{ id: string }>).map(({ id }) => id)).toEqual([
			'1',
			'3',
		]);
	});

	it('go through 5,000 items without an index, and no more', async () => {
		const { sharePoint } = wire.graph.state;
		while (invoices.items.size < 5000)
			sharePoint.addItem(finance, invoices, { by: 10, body: { Title: 'T' } });
		const path = `${items()}?$filter=fields/Amount gt 1000`;
		expect((await send('GET', path, undefined, nonIndexed)).status).toBe(200);
		sharePoint.addItem(finance, invoices, { by: 10, body: { Title: 'T' } });
		expect((await send('GET', path, undefined, nonIndexed)).status).toBe(422);
		expect((await send('GET', `${items()}?$filter=fields/Status eq 'New'`)).status).toBe(200);
	});
});

describe('pages', () => {
	it('are drafts until they are published, and again after a change', async () => {
		const pages = `/sites/${finance.id}/pages`;
		const type = '#microsoft.graph.sitePage';
		const created = await send('POST', pages, { '@odata.type': type, name: 'a.aspx', title: 'A' });
		const one = `${pages}/${text(created.body['id'])}/microsoft.graph.sitePage`;
		const state = async () => (await send('GET', one)).body['publishingState'];
		expect(created.status).toBe(201);
		expect(await state()).toEqual({ level: 'draft', versionId: '0.1' });
		expect((await send('POST', `${one}/publish`)).status).toBe(204);
		expect(await state()).toEqual({ level: 'published', versionId: '1.0' });
		await send('PATCH', one, { '@odata.type': type, title: 'B' });
		expect(await state()).toEqual({ level: 'draft', versionId: '1.1' });
	});

	it.each([
		[{ name: 'a.aspx' }, 400],
		[{ '@odata.type': '#microsoft.graph.sitePage', name: 'a.txt' }, 400],
		[{ '@odata.type': '#microsoft.graph.sitePage', name: 'HOME.aspx' }, 409],
	])('refuse %p', async (body, status) => {
		expect((await send('POST', `/sites/${finance.id}/pages`, body)).status).toBe(status);
	});
});
