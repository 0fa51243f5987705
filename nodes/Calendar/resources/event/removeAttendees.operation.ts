import type { Event } from '@microsoft/microsoft-graph-types';
import { ParameterError } from '../../../kit/field';
import { defineOperation } from '../../../kit/operation';
import { recipients } from '../../../kit/fields/recipients';
import { addressOf, readAttendees, sameAddress, writable } from '../../attendees';
import { oneOrAllField } from '../../fields/event';
import { zoneOptions } from '../../fields/output';
import { simplifyField } from '../../../kit/fields/output';
import { onEvent } from '../../fields/where';
import { outputZoneOf, preferZone } from '../../outputZone';
import { shapeEvent } from '../../simplify';

export const removeAttendees = defineOperation({
	name: 'Remove Attendees',
	value: 'removeAttendees',
	action: 'Remove attendees from an event',
	description: 'Take people and rooms off an event; they get a cancellation',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	properties: [
		...onEvent,
		oneOrAllField,
		recipients('attendees', {
			displayName: 'Attendees',
			required: true,
			description: 'Addresses of whom to remove; several with commas',
		}),
		simplifyField,
		zoneOptions,
	],
	execute: async (input) => {
		const { graph, params, note } = input;
		const { scope, attendees: removed, simplify } = params;
		const present = await readAttendees(graph, scope.path);
		const missing = removed.filter((each) => !present.some((other) => sameAddress(each, other)));
		if (missing.length === removed.length) {
			throw new ParameterError(
				'Attendees',
				`the event has no attendee ${missing.map(addressOf).join(', ')}`,
				`It has: ${present.map(addressOf).join(', ') || 'none'}.`,
			);
		}
		if (missing.length > 0) note(`Not among the attendees: ${missing.map(addressOf).join(', ')}`);
		const zone = outputZoneOf(input);
		const changed = await graph.request<Event>({
			method: 'PATCH',
			path: scope.path,
			headers: preferZone(zone),
			body: {
				attendees: present
					.filter((attendee) => !removed.some((each) => sameAddress(each, attendee)))
					.map(writable),
			} satisfies Event,
		});
		return [{ json: shapeEvent(changed, simplify, zone) }];
	},
});
