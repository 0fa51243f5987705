import { defineEvent } from '../event';
import { itemFields, listItemDetails } from '../sharePoint/output';
import { listFields, listSource, listSubscriptions } from '../sharePoint/where';

export const itemUpdated = defineEvent({
	name: 'Item Updated',
	value: 'itemUpdated',
	resource: 'sharePoint',
	action: 'On item updated',
	description: 'The columns of an item were changed after it was new',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	properties: [...listFields, ...itemFields],
	sources: ({ params }) => listSource('itemUpdated', params, 'updated'),
	details: listItemDetails,
	subscriptions: ({ params }) => listSubscriptions(params),
});
