import type { SitePage } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { choice, collection, text, toggle } from '../../../kit/fields/values';
import { defineOperation, item } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { contentField, pageOptionFields } from '../../fields/pageContent';
import { simplifyField } from '../../../kit/fields/output';
import { pageBody, pageFileName } from '../../pages';
import { publishSaved } from '../../publishing';
import { simplifyPage } from '../../simplify';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create a page',
	description: 'Create a page or news post, as a draft or published at once',
	permissions: { delegated: 'Sites.ReadWrite.All', application: 'Sites.ReadWrite.All' },
	properties: [
		siteField,
		text('title', { displayName: 'Title', required: true, placeholder: 'e.g. News in May' }),
		contentField,
		toggle('publish', {
			displayName: 'Publish',
			description:
				'Whether everybody who may read the site sees it at once; otherwise it is a draft',
		}),
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				...pageOptionFields,
				text('name', {
					displayName: 'File Name',
					placeholder: 'e.g. news-may.aspx',
					description: 'Empty: made from the title',
				}),
				choice('pageLayout', {
					displayName: 'Layout',
					options: [
						{ name: 'Article', value: 'article' },
						{ name: 'Home', value: 'home' },
					],
					default: 'article',
				}),
			],
		}),
	],
	execute: async ({ graph, params }) => {
		const { site, title, content, publish, simplify } = params;
		const { name = '', pageLayout = 'article', ...others } = params.options;
		const wanted = name.trim() || pageFileName(title);
		const body = {
			...pageBody({ title, html: content || undefined, ...others }),
			name: /\.aspx$/i.test(wanted) ? wanted : `${wanted}.aspx`,
			pageLayout,
		};
		const request = { method: 'POST', path: path`/sites/${site}/pages`, body } as const;
		const created = await graph.request<SitePage>(request);
		const page = publish ? await publishSaved(graph, site, created) : created;
		return [item(simplify ? simplifyPage(page) : page)];
	},
});
