import type { DriveItem } from '@microsoft/microsoft-graph-types';
import { byLink } from '../../../kit/drive/itemField';
import { text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { simplifyField } from '../../fields/output';
import { itemQuery, outputItem } from '../../item';
import { reads } from '../../shared/permissions';

export const resolveLink = defineOperation({
	name: 'Resolve Link',
	value: 'resolveLink',
	action: 'Resolve a sharing link',
	description: 'Get the file or folder that a sharing link or web address leads to',
	permissions: reads,
	properties: [
		text('link', {
			displayName: 'Link',
			required: true,
			placeholder: 'e.g. https://contoso.sharepoint.com/:b:/s/Sales/EXAMPLE',
		}),
		simplifyField,
	],
	execute: async ({ graph, params }) => {
		const address = await byLink(graph, params.link.trim(), 'Link');
		const item = await graph.request<DriveItem>({
			method: 'GET',
			path: address.path,
			query: itemQuery(params.simplify),
		});
		return [{ json: outputItem(item, params.simplify) }];
	},
});
