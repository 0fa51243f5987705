import type { Attendee, Event } from '@microsoft/microsoft-graph-types';
import { ParameterError } from '../../../kit/field';
import { defineOperation } from '../../../kit/operation';
import { attendeesOf } from '../../eventBody';
import { readAttendees, sameAddress, writable } from '../../attendees';
import { optionalAttendeesField, requiredAttendeesField, roomsField } from '../../fields/content';
import { oneOrAllField } from '../../fields/event';
import { zoneOptions } from '../../fields/output';
import { simplifyField } from '../../../kit/fields/output';
import { onEvent } from '../../fields/where';
import { outputZoneOf, preferZone } from '../../outputZone';
import { shapeEvent } from '../../simplify';

export const addAttendees = defineOperation({
	name: 'Add Attendees',
	value: 'addAttendees',
	action: 'Add attendees to an event',
	description: 'Invite further people and rooms; those who are invited already keep their response',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	properties: [
		...onEvent,
		oneOrAllField,
		requiredAttendeesField,
		optionalAttendeesField,
		roomsField,
		simplifyField,
		zoneOptions,
	],
	execute: async (input) => {
		const { graph, params } = input;
		const { scope, requiredAttendees, optionalAttendees, rooms, simplify } = params;
		const added = attendeesOf({ requiredAttendees, optionalAttendees, rooms });
		if (added.length === 0) {
			throw new ParameterError('Required Attendees', 'is empty', 'Name somebody to add.');
		}
		const present = await readAttendees(graph, scope.path);
		const kept = present.map((attendee): Attendee => {
			const again = added.find((each) => sameAddress(each, attendee));
			return again?.type ? { ...writable(attendee), type: again.type } : writable(attendee);
		});
		const fresh = added.filter((each) => !present.some((attendee) => sameAddress(each, attendee)));
		const zone = outputZoneOf(input);
		const changed = await graph.request<Event>({
			method: 'PATCH',
			path: scope.path,
			headers: preferZone(zone),
			body: { attendees: [...kept, ...fresh] } satisfies Event,
		});
		return [{ json: shapeEvent(changed, simplify, zone) }];
	},
});
