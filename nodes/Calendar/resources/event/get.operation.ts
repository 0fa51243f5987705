import { defineOperation } from '../../../kit/operation';
import { eventOutputOptions } from '../../fields/output';
import { simplifyField } from '../../../kit/fields/output';
import { onEvent } from '../../fields/where';
import { outputZoneOf, preferZone } from '../../outputZone';
import { eventSelect, shapeEvent } from '../../simplify';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get an event',
	description: 'Get one event, with its attendees and their responses',
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	batchable: true,
	properties: [...onEvent, simplifyField, eventOutputOptions],
	request: (input) => {
		const { event, simplify, options } = input.params;
		const { body = 'html' } = options;
		return {
			method: 'GET',
			path: event,
			query: { $select: simplify ? eventSelect(body !== 'none') : undefined },
			headers: preferZone(outputZoneOf(input), body),
		};
	},
	shape: (body, input) => shapeEvent(body, input.params.simplify, outputZoneOf(input)),
});
