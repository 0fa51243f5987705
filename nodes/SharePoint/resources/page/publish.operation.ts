import { defineOperation } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { pageField } from '../../fields/page';
import { publishRequest } from '../../publishing';

export const publish = defineOperation({
	name: 'Publish',
	value: 'publish',
	action: 'Publish a page',
	description: "Make a page's draft what everybody sees who may read the site",
	permissions: { delegated: 'Sites.ReadWrite.All', application: 'Sites.ReadWrite.All' },
	batchable: true,
	properties: [siteField, pageField],
	request: ({ params }) => publishRequest(params.site, params.page),
	shape: (_, { params }) => ({ success: true, id: params.page }),
});
