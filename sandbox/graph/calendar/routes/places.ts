import { answerCollection, type CollectionRules } from '../../odata/collection';
import type { Entity } from '../../odata/evaluate';
import { badRequest } from '../../refused';
import type { GraphCall, Route } from '../../server/call';
import { placesRead } from '../access';
import type { SandboxRoom, SandboxRoomList } from '../rooms';
import { type CalendarService, sameText } from '../service';

const placeRules: CollectionRules = { defaultPage: 100, largestPage: 1000 };

/** Rooms and room lists. */
export function placeRoutes(hall: CalendarService): Route[] {
	const { rooms, lists } = hall.places;
	return [
		{
			method: 'GET',
			path: 'places',
			access: placesRead,
			handle: (call) => {
				const cast = castOf(call);
				const view = (item: SandboxRoom | SandboxRoomList) =>
					known(call, cast, 'capacity' in item ? roomView(item) : listView(item));
				if (cast === 'microsoft.graph.room') {
					return { status: 200, json: answerCollection(call, { items: rooms, view }, placeRules) };
				}
				if (cast === 'microsoft.graph.roomList') {
					return { status: 200, json: answerCollection(call, { items: lists, view }, placeRules) };
				}
				throw badRequest('The type of the places must be named.');
			},
		},
		{
			method: 'GET',
			path: 'places/*/rooms',
			access: placesRead,
			handle: (call) => {
				const items = rooms.filter(({ list }) => sameText(list, call.keys[0] ?? ''));
				const view = (room: SandboxRoom) => known(call, 'microsoft.graph.room', roomView(room));
				return { status: 200, json: answerCollection(call, { items, view }, placeRules) };
			},
		},
	];
}

function castOf({ target }: GraphCall): string | undefined {
	const segment = target.segments.find(({ kind }) => kind === 'cast');
	return segment?.kind === 'cast' ? segment.type : undefined;
}

/** What this cloud's metadata gives the type. */
function known(call: GraphCall, type: string | undefined, view: Entity): Entity {
	const { types } = call.context.surface;
	return Object.fromEntries(
		Object.entries(view).filter(
			([name]) => type === undefined || types.member(type, name) !== undefined,
		),
	);
}

function roomView(room: SandboxRoom): Entity {
	return {
		id: room.id,
		displayName: room.name,
		emailAddress: room.address,
		capacity: room.capacity,
		building: room.building,
		floorNumber: room.floor,
		floorLabel: String(room.floor),
		bookingType: 'standard',
		isWheelChairAccessible: true,
		label: room.name,
		nickname: room.name,
		phone: '',
		tags: [],
		audioDeviceName: null,
		videoDeviceName: null,
		displayDeviceName: null,
		address: { city: 'Lisbon' },
	};
}

function listView(list: SandboxRoomList): Entity {
	return {
		id: list.id,
		displayName: list.name,
		emailAddress: list.address,
		phone: '',
		address: { city: 'Lisbon' },
	};
}
