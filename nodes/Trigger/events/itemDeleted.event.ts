import { defineEvent } from '../event';
import { listFields, listSource, listSubscriptions } from '../sharePoint/where';

export const itemDeleted = defineEvent({
	name: 'Item Deleted',
	value: 'itemDeleted',
	resource: 'sharePoint',
	action: 'On item deleted',
	description: 'An item of a list or library was deleted; Microsoft tells its ID alone',
	permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
	properties: listFields,
	sources: ({ params }) => listSource('itemDeleted', params, 'deleted'),
	details: async (changes, { params }) => {
		const { site, list } = params;
		return await Promise.resolve(changes.map(({ id }) => ({ id, siteId: site, listId: list })));
	},
	subscriptions: ({ params }) => listSubscriptions(params),
});
