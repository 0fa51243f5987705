import type { Calendar } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { collection, text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { colorField } from '../../fields/calendarProperties';
import { simplifyField } from '../../../kit/fields/output';
import { shapeCalendar } from '../../simplify';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create a calendar',
	description: 'Add a calendar to a mailbox, beside its default one',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	batchable: true,
	properties: [
		mailboxField,
		text('name', { displayName: 'Name', required: true, placeholder: 'e.g. Holidays' }),
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [colorField],
		}),
	],
	request: ({ params }) => ({
		method: 'POST',
		path: path`${params.mailbox}/calendars`,
		body: { name: params.name, ...params.options } satisfies Calendar,
	}),
	shape: (body, { params }) => shapeCalendar(body, params.simplify),
});
