import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { eventPages } from '../../eventPages';
import { eventOutputOptions } from '../../fields/output';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { onEvent } from '../../fields/where';
import { windowFields, windowQuery } from '../../fields/window';

export const getInstances = defineOperation({
	name: 'Get Instances',
	value: 'getInstances',
	action: 'Get instances of a series',
	description: 'List the occurrences of one series between two times, moved ones too',
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	properties: [
		...onEvent,
		...windowFields,
		returnAllField,
		limitField,
		simplifyField,
		eventOutputOptions,
	],
	concurrentItems: 4,
	execute: (input) =>
		eventPages(
			input,
			path`${input.params.event}/instances`,
			windowQuery(input.params, input.timezone),
		),
});
