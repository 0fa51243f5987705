import { defineEvent } from '../event';
import { itemFields, listItemDetails } from '../sharePoint/output';
import { listFields, listSource, listSubscriptions } from '../sharePoint/where';

export const itemCreated = defineEvent({
	name: 'Item Created',
	value: 'itemCreated',
	resource: 'sharePoint',
	action: 'On item created',
	description: 'There is a new item in a list or library',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	properties: [...listFields, ...itemFields],
	sources: ({ params }) => listSource('itemCreated', params, 'created'),
	details: listItemDetails,
	subscriptions: ({ params }) => listSubscriptions(params),
});
