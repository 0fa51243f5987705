import type { ColumnDefinition } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { type Field, showWhen } from '../../../kit/field';
import { choice, collection, text, textList, toggle } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { columnBody, columnTypes } from '../../columnBody';
import { listField } from '../../fields/list';
import { simplifyField } from '../../../kit/fields/output';
import { simplifyColumn } from '../../simplify';

const types = [
	...columnTypes,
	{ name: 'Lookup', value: 'lookup' },
	{ name: 'Lookups (Several)', value: 'multiLookup' },
] as const;

const lookupListField: Field<'lookupList', string> = {
	...listField,
	name: 'lookupList',
	property: {
		...listField.property,
		displayName: 'Looks Into',
		name: 'lookupList',
		description: 'The list of the same site whose items are offered',
	},
};

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create a column',
	description: 'Add a column to a list or library',
	permissions: { delegated: 'Sites.Manage.All', application: 'Sites.Manage.All' },
	properties: [
		siteField,
		listField,
		text('displayName', { displayName: 'Name', required: true, placeholder: 'e.g. Due Date' }),
		choice('type', {
			displayName: 'Type',
			options: [...types].sort((a, b) => a.name.localeCompare(b.name, 'en')),
			default: 'text',
		}),
		showWhen(
			textList('choices', {
				displayName: 'Choices',
				required: true,
				placeholder: 'e.g. New, Approved, Paid',
			}),
			{ type: ['choice', 'multiChoice'] },
		),
		showWhen(lookupListField, { type: ['lookup', 'multiLookup'] }),
		showWhen(
			text('lookupColumn', {
				displayName: 'Shows Column',
				default: 'Title',
				description: 'The internal name of the column of that list which is shown',
			}),
			{ type: ['lookup', 'multiLookup'] },
		),
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				text('defaultValue', { displayName: 'Default Value' }),
				text('description', { displayName: 'Description' }),
				toggle('indexed', {
					displayName: 'Indexed',
					default: true,
					description: 'Whether items can be filtered and sorted by it',
				}),
				text('name', {
					displayName: 'Internal Name',
					placeholder: 'e.g. DueDate',
					description: 'Up to 32 letters and digits. Empty: made from the name',
				}),
				toggle('required', {
					displayName: 'Required',
					default: true,
					description: 'Whether it must have a value',
				}),
				toggle('unique', {
					displayName: 'Unique Values',
					default: true,
					description: 'Whether no two items may have the same value; such a column is indexed too',
				}),
			],
		}),
	],
	request: ({ params }) => {
		const { displayName, type, choices, lookupList, lookupColumn, options } = params;
		return {
			method: 'POST',
			path: path`/sites/${params.site}/lists/${params.list}/columns`,
			body: columnBody({ displayName, type, choices, lookupList, lookupColumn, ...options }),
		};
	},
	shape: (body, { params }) =>
		params.simplify ? simplifyColumn(body as ColumnDefinition) : { ...(body as object) },
});
