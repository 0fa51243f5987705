import type { SitePage } from '@microsoft/microsoft-graph-types';
import { collection, toggle } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { simplifyField } from '../../../kit/fields/output';
import { pageField } from '../../fields/page';
import { pagePath } from '../../pages';
import { simplifyPage } from '../../simplify';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a page',
	description: 'Get a page of a site, with its content if wanted',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	batchable: true,
	properties: [
		siteField,
		pageField,
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				toggle('includeContent', {
					displayName: 'Include Content',
					default: true,
					description: 'Whether to return the sections and web parts too',
				}),
			],
		}),
	],
	request: ({ params }) => ({
		method: 'GET',
		path: pagePath(params.site, params.page),
		query: params.options.includeContent ? { $expand: 'canvasLayout' } : {},
	}),
	shape: (body, { params }) =>
		params.simplify ? simplifyPage(body as SitePage) : { ...(body as object) },
});
