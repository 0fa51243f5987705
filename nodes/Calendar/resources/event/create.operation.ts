import { defineOperation } from '../../../kit/operation';
import { createOptions } from '../../fields/content';
import { simplifyField } from '../../../kit/fields/output';
import { inCalendar } from '../../fields/where';
import { createRequest, newEvent, newEventForm } from '../../newEvent';
import { shapeEvent } from '../../simplify';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create an event',
	description: 'Add an event or a series to a calendar, and invite the attendees',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	batchable: true,
	properties: [...inCalendar, ...newEventForm, simplifyField, createOptions],
	request: ({ params, itemKey }) =>
		createRequest(params.calendar.events, newEvent(params, itemKey()), params.timeZone.name),
	shape: (body, { params }) => shapeEvent(body, params.simplify, params.timeZone),
});
