import { showWhen } from '../../kit/field';
import { choice, collection, rows, text } from '../../kit/fields/values';
import { operators } from '../columnFilter';
import { columnName, columnNames } from './columnName';
import { withoutIndexOption } from './writing';

export const findByField = choice('findBy', {
	displayName: 'Find By',
	options: [
		{ name: 'Conditions', value: 'conditions', description: 'From a form; none for every item' },
		{
			name: 'OData Filter',
			value: 'odata',
			description: 'A filter in the language of Microsoft Graph, for what the form lacks',
		},
	],
	default: 'conditions',
});

export const conditionFields = [
	columnName('column', { displayName: 'Column' }),
	choice('operator', { displayName: 'Operator', options: operators, default: 'eq' }),
	showWhen(
		text('value', {
			displayName: 'Value',
			description: 'A person by email address, a lookup by ID or text, a date like 2026-03-31',
		}),
		{ operator: ['startswith', 'eq', 'ge', 'gt', 'le', 'lt', 'ne'] },
	),
] as const;

export const conditionsField = showWhen(
	rows('conditions', {
		displayName: 'Conditions',
		placeholder: 'Add Condition',
		rowName: 'Condition',
		description:
			'SharePoint wants an index on the columns; put the one that leaves the fewest first',
		fields: conditionFields,
	}),
	{ findBy: ['conditions'] },
);

export const combineField = showWhen(
	choice('combine', {
		displayName: 'Must Hold',
		options: [
			{ name: 'All Conditions', value: 'and' },
			{ name: 'Any Condition', value: 'or' },
		],
		default: 'and',
	}),
	{ findBy: ['conditions'] },
);

export const odataField = showWhen(
	text('filter', {
		displayName: 'Filter',
		required: true,
		placeholder: "e.g. fields/Status eq 'New' and fields/Amount gt 100",
		description:
			'A $filter of Microsoft Graph, with <code>fields/</code> before the internal names of columns. <a href="https://learn.microsoft.com/graph/filter-query-parameter">Syntax</a>.',
	}),
	{ findBy: ['odata'] },
);

export const listingOptions = collection('options', {
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: [
		withoutIndexOption,
		columnNames('columns', {
			displayName: 'Columns',
			description: 'What to return of each item; fewer are faster. None: all',
		}),
		columnName('sortBy', { displayName: 'Order By' }),
		choice('direction', {
			displayName: 'Order Direction',
			options: [
				{ name: 'Ascending', value: 'asc' },
				{ name: 'Descending', value: 'desc' },
			],
			default: 'asc',
		}),
	],
});
