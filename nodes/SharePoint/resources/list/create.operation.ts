import type { List } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { showWhen } from '../../../kit/field';
import { choice, rows, text, textList, toggle } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { columnBody, columnTypes } from '../../columnBody';
import { simplifyField } from '../../../kit/fields/output';
import { simplifyList } from '../../simplify';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create a list',
	description: 'Create a list or document library, with columns',
	permissions: { delegated: 'Sites.Manage.All', application: 'Sites.Manage.All' },
	properties: [
		siteField,
		text('name', { displayName: 'Name', required: true, placeholder: 'e.g. Invoices' }),
		text('description', { displayName: 'Description' }),
		choice('template', {
			displayName: 'Template',
			options: [
				{ name: 'Announcements', value: 'announcements' },
				{ name: 'Calendar', value: 'events' },
				{ name: 'Contacts', value: 'contacts' },
				{ name: 'Document Library', value: 'documentLibrary' },
				{ name: 'Links', value: 'links' },
				{ name: 'List', value: 'genericList' },
				{ name: 'Tasks', value: 'tasks' },
			],
			default: 'genericList',
		}),
		rows('columns', {
			displayName: 'Columns',
			placeholder: 'Add Column',
			rowName: 'Column',
			description: 'Beside those of the template, such as Title. Lookups: with Column > Create',
			fields: [
				text('displayName', { displayName: 'Name', required: true }),
				choice('type', { displayName: 'Type', options: columnTypes, default: 'text' }),
				showWhen(
					textList('choices', {
						displayName: 'Choices',
						placeholder: 'e.g. New, Approved, Paid',
						required: true,
					}),
					{ type: ['choice', 'multiChoice'] },
				),
				toggle('required', {
					displayName: 'Required',
					description: 'Whether it must have a value',
				}),
				toggle('indexed', {
					displayName: 'Indexed',
					description: 'Whether items can be filtered and sorted by it',
				}),
			],
		}),
		simplifyField,
	],
	request: ({ params }) => {
		const { site, name, description, template, columns } = params;
		return {
			method: 'POST',
			path: path`/sites/${site}/lists`,
			body: {
				displayName: name.trim(),
				...(description && { description }),
				list: { template },
				...(columns.length > 0 && {
					columns: columns.map(({ displayName = '', type = 'text', ...others }) =>
						columnBody({ displayName, type, ...others }),
					),
				}),
			},
		};
	},
	shape: (body, { params }) =>
		params.simplify ? simplifyList(body as List) : { ...(body as object) },
});
