import type { RoomList } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { placePages } from '../../places';

export const getLists = defineOperation({
	name: 'Get Lists',
	value: 'getLists',
	action: 'Get room lists',
	description: 'List the groups that rooms are sorted into, such as buildings',
	permissions: { delegated: 'Place.Read.All', application: 'Place.Read.All' },
	concurrentItems: 4,
	properties: [returnAllField, limitField, simplifyField],
	execute: ({ graph, params }) =>
		placePages<RoomList>(graph, path`/places/microsoft.graph.roomList`, params, (list) => ({
			id: list.id ?? '',
			name: list.displayName ?? '',
			address: list.emailAddress ?? '',
			phone: list.phone ?? '',
			city: list.address?.city ?? '',
		})),
});
