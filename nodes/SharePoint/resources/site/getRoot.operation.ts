import type { Site } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { simplifyField } from '../../../kit/fields/output';
import { simplifySite } from '../../simplify';

export const getRoot = defineOperation({
	name: 'Get Root',
	value: 'getRoot',
	action: 'Get the root site',
	description: "Get the organisation's root site",
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	properties: [simplifyField],
	request: () => ({ method: 'GET', path: path`/sites/root` }),
	shape: (body, { params }) =>
		params.simplify ? simplifySite(body as Site) : { ...(body as object) },
});
