import type { SitePage } from '@microsoft/microsoft-graph-types';
import { ParameterError } from '../../../kit/field';
import { collection, text, toggle } from '../../../kit/fields/values';
import { defineOperation, item } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { contentField, pageOptionFields } from '../../fields/pageContent';
import { simplifyField } from '../../../kit/fields/output';
import { pageField } from '../../fields/page';
import { pageBody, pagePath } from '../../pages';
import { publishSaved } from '../../publishing';
import { simplifyPage } from '../../simplify';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update a page',
	description: 'Change the title, content or settings of a page, as a draft or published at once',
	permissions: { delegated: 'Sites.ReadWrite.All', application: 'Sites.ReadWrite.All' },
	properties: [
		siteField,
		pageField,
		collection('changes', {
			displayName: 'Changes',
			placeholder: 'Add Change',
			description: 'What to change; anything else stays as it is',
			fields: [
				...pageOptionFields,
				contentField,
				text('title', { displayName: 'Title', required: true }),
			],
		}),
		toggle('publish', {
			displayName: 'Publish',
			description: 'Whether readers see the changes at once; otherwise they see what they saw',
		}),
		simplifyField,
	],
	execute: async ({ graph, params }) => {
		const { site, changes, publish, simplify } = params;
		const { content, ...others } = changes;
		if (Object.keys(changes).length === 0) {
			throw new ParameterError('Changes', 'is empty', 'Add at least one change.');
		}
		const saved = await graph.request<SitePage | undefined>({
			method: 'PATCH',
			path: pagePath(site, params.page),
			body: pageBody({ ...others, html: content }),
		});
		const changed = { ...saved, id: params.page };
		const page = publish ? await publishSaved(graph, site, changed) : changed;
		return [item(simplify ? simplifyPage(page) : page)];
	},
});
