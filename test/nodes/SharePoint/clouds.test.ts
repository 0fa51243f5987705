import type { INodeParameters } from 'n8n-workflow';
import { describeWithMetadata } from '../../sandbox/graph/wire';
import { loadSurface } from '../../../sandbox/graph/surface/surface';
import {
	byId,
	byUrl,
	defined,
	type SharePointSandbox,
	startSharePointSandbox,
} from './sharePointSandbox';

let sandbox: SharePointSandbox;
beforeAll(async () => (sandbox = await startSharePointSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

/** One run of each shape of request. */
const runs = (): INodeParameters[] => {
	const site = { site: byUrl(`${sandbox.finance.webUrl}/Lists/Invoices`) };
	const list = { ...site, list: byUrl(sandbox.invoices.webUrl) };
	const page = { ...site, page: { __rl: true, mode: 'name', value: 'Home.aspx' } };
	const columns = defined(
		{ Title: 'A', InvoiceNumber: 'R-1', Owner0: 'ben@contoso.example' },
		'InvoiceNumber',
	);
	const conditions = { rows: [{ column: 'Status', operator: 'eq', value: 'New' }] };
	const rows: Array<[string, string, INodeParameters]> = [
		['site', 'search', {}],
		['site', 'getRoot', {}],
		['site', 'getSubsites', site],
		['list', 'getAll', { ...site, options: { includeSystem: true } }],
		[
			'list',
			'create',
			{ ...site, name: 'New', columns: { rows: [{ displayName: 'A', type: 'person' }] } },
		],
		['list', 'update', { ...list, changes: { description: 'x' } }],
		['column', 'getAll', list],
		['column', 'create', { ...list, displayName: 'N', type: 'date' }],
		['contentType', 'getAll', list],
		['item', 'upsert', { ...list, columns }],
		['item', 'create', { ...list, columns: defined({ Title: 'B' }) }],
		['item', 'getAll', { ...list, conditions, options: { sortBy: 'Status', columns: ['Title'] } }],
		['item', 'get', { ...list, item: byId('1') }],
		['item', 'getVersions', { ...list, item: byId('1') }],
		['item', 'delete', { ...list, item: byId('1') }],
		['page', 'getAll', site],
		['page', 'create', { ...site, title: 'A', content: '<p>A</p>', publish: true }],
		['page', 'get', { ...page, options: { includeContent: true } }],
		['page', 'update', { ...page, changes: { title: 'B', promotionKind: 'newsPost' } }],
		['page', 'delete', page],
		['list', 'delete', list],
	];
	return rows.map(([resource, operation, parameters]) => ({ resource, operation, ...parameters }));
};

describeWithMetadata('every request', () => {
	it.each(['usGovL4', 'china'] as const)(
		'asks %s for nothing that its Graph lacks',
		async (cloud) => {
			for (const parameters of runs()) await sandbox.run(parameters);
			const surface = loadSurface(cloud);
			const refused = sandbox.recorded().flatMap(({ method, url, body }) => {
				const verdict = surface.check({ method, url, ...(body !== undefined && { body }) });
				return verdict.ok ? [] : [`${method} ${url}: ${verdict.error.message}`];
			});
			expect(sandbox.recorded().length).toBeGreaterThan(40);
			expect(refused).toEqual([]);
		},
	);
});
