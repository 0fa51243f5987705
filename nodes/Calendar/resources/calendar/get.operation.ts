import { defineOperation } from '../../../kit/operation';
import { simplifyField } from '../../../kit/fields/output';
import { inCalendar } from '../../fields/where';
import { shapeCalendar } from '../../simplify';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a calendar',
	description: 'Get the name, owner and rights of a calendar',
	permissions: { delegated: 'Calendars.ReadBasic', application: 'Calendars.ReadBasic.All' },
	batchable: true,
	properties: [...inCalendar, simplifyField],
	request: ({ params }) => ({ method: 'GET', path: params.calendar.self }),
	shape: (body, { params }) => shapeCalendar(body, params.simplify),
});
