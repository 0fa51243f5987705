import type { Room } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../../../../core/graph/path';
import { text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { placePages } from '../../places';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many rooms',
	description: 'List the meeting rooms of the organization, or those of one room list',
	permissions: { delegated: 'Place.Read.All', application: 'Place.Read.All' },
	concurrentItems: 4,
	properties: [
		text('roomList', {
			displayName: 'Room List',
			placeholder: 'e.g. building1@contoso.com',
			description: 'The address of a room list, from Get Lists. Empty: all rooms.',
		}),
		returnAllField,
		limitField,
		simplifyField,
	],
	execute: ({ graph, params }) =>
		placePages<Room>(graph, roomsPath(params.roomList.trim()), params, (room) => ({
			id: room.id ?? '',
			name: room.displayName ?? '',
			address: room.emailAddress ?? '',
			capacity: room.capacity ?? null,
			building: room.building ?? '',
			floor: room.floorLabel || (room.floorNumber ?? ''),
			label: room.label ?? '',
			bookingType: room.bookingType ?? '',
			phone: room.phone ?? '',
			isWheelChairAccessible: room.isWheelChairAccessible ?? false,
			audioDevice: room.audioDeviceName ?? '',
			videoDevice: room.videoDeviceName ?? '',
			displayDevice: room.displayDeviceName ?? '',
			tags: room.tags ?? [],
		})),
});

function roomsPath(roomList: string): GraphPath {
	return roomList === ''
		? path`/places/microsoft.graph.room`
		: path`/places/${roomList}/microsoft.graph.roomList/rooms`;
}
