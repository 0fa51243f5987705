import type { Site } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { simplifyField } from '../../../kit/fields/output';
import { simplifySite } from '../../simplify';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a site',
	description: 'Get a site by its address, path or ID',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	batchable: true,
	properties: [siteField, simplifyField],
	request: ({ params }) => ({ method: 'GET', path: path`/sites/${params.site}` }),
	shape: (body, { params }) =>
		params.simplify ? simplifySite(body as Site) : { ...(body as object) },
});
