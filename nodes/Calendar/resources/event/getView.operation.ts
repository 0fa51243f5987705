import { defineOperation } from '../../../kit/operation';
import { eventPages } from '../../eventPages';
import { eventOutputOptions } from '../../fields/output';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { inCalendar } from '../../fields/where';
import { windowFields, windowQuery } from '../../fields/window';

export const getView = defineOperation({
	name: 'Get Calendar View',
	value: 'getView',
	action: 'Get the calendar view',
	description: 'List all events between two times, each occurrence of a series by itself',
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	properties: [
		...inCalendar,
		...windowFields,
		returnAllField,
		limitField,
		simplifyField,
		eventOutputOptions,
	],
	concurrentItems: 4,
	execute: (input) =>
		eventPages(input, input.params.calendar.view, {
			...windowQuery(input.params, input.timezone),
			$orderby: 'start/dateTime',
		}),
});
