import type { INodeParameters } from 'n8n-workflow';
import { byId, defined, type SharePointSandbox } from './sharePointSandbox';

type Minimal = (sandbox: SharePointSandbox) => INodeParameters;

const site: Minimal = (sandbox) => ({ site: byId(sandbox.finance.id) });
const list: Minimal = (sandbox) => ({ ...site(sandbox), list: byId(sandbox.invoices.id) });
const item: Minimal = (sandbox) => ({ ...list(sandbox), item: byId('1') });
const page: Minimal = (sandbox) => ({
	...site(sandbox),
	page: byId([...sandbox.store.pages(sandbox.finance).values()][0]?.id ?? ''),
});
let serial = 0;

/** The least that each operation needs. What fails once for the first item works for the second. */
export const cases: Readonly<Record<string, Minimal>> = {
	'column/create': (sandbox) => ({ ...list(sandbox), displayName: `Column ${serial++}` }),
	'column/getAll': list,
	'contentType/getAll': list,
	'item/create': (sandbox) => ({ ...list(sandbox), columns: defined({ Title: 'A' }) }),
	'item/createMany': (sandbox) => ({ ...list(sandbox), rowsFrom: 'list', rows: '[{"Title":"A"}]' }),
	'item/delete': item,
	'item/get': item,
	'item/getAll': list,
	'item/getVersions': item,
	'item/update': (sandbox) => ({ ...item(sandbox), columns: defined({ Title: 'A' }) }),
	'item/upsert': (sandbox) => ({
		...list(sandbox),
		columns: defined({ Title: 'A', InvoiceNumber: 'R-1' }, 'InvoiceNumber'),
	}),
	'list/create': (sandbox) => ({ ...site(sandbox), name: `List ${serial++}` }),
	'list/delete': list,
	'list/get': list,
	'list/getAll': site,
	'list/update': (sandbox) => ({ ...list(sandbox), changes: { description: 'A' } }),
	'page/create': (sandbox) => ({ ...site(sandbox), title: `Page ${serial++}` }),
	'page/delete': page,
	'page/get': page,
	'page/getAll': site,
	'page/publish': page,
	'page/update': (sandbox) => ({ ...page(sandbox), changes: { title: 'A' } }),
	'site/get': site,
	'site/getRoot': () => ({}),
	'site/getSubsites': site,
	'site/search': () => ({ search: 'finance' }),
};
