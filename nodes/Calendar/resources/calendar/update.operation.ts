import type { Calendar } from '@microsoft/microsoft-graph-types';
import { ParameterError } from '../../../kit/field';
import { collection, text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { colorField } from '../../fields/calendarProperties';
import { simplifyField } from '../../../kit/fields/output';
import { inCalendar } from '../../fields/where';
import { shapeCalendar } from '../../simplify';

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update a calendar',
	description: 'Change the name or color of a calendar',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	batchable: true,
	properties: [
		...inCalendar,
		collection('changes', {
			displayName: 'Changes',
			placeholder: 'Add Change',
			fields: [colorField, text('name', { displayName: 'Name', required: true })],
		}),
		simplifyField,
	],
	request: ({ params }) => {
		if (Object.keys(params.changes).length === 0) {
			throw new ParameterError('Changes', 'is empty', 'Add at least one change.');
		}
		return { method: 'PATCH', path: params.calendar.self, body: params.changes satisfies Calendar };
	},
	shape: (body, { params }) => shapeCalendar(body, params.simplify),
});
