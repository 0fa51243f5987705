import type { ItemPreviewInfo } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { collection, text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { fileFields } from '../../fields/items';
import { reads } from '../../shared/permissions';

export const getPreview = defineOperation({
	name: 'Get Preview',
	value: 'getPreview',
	action: 'Get a preview of a file',
	description: 'Get a short-lived address that shows a file in a web page without a sign-in',
	permissions: reads,
	batchable: true,
	properties: [
		...fileFields,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [text('page', { displayName: 'Page', description: 'To begin with, e.g. 3' })],
		}),
	],
	request: ({ params }) => ({
		method: 'POST',
		path: path`${params.item.path}/preview`,
		body: { ...(params.options.page && { page: params.options.page }) },
		repeatable: true,
	}),
	shape: (body) => {
		const { getUrl, postUrl, postParameters } = body as ItemPreviewInfo;
		return { url: getUrl ?? '', postUrl: postUrl ?? '', postParameters: postParameters ?? '' };
	},
});
