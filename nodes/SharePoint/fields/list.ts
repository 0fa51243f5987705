import type { Field } from '../../kit/field';
import { locator } from '../../kit/pickers/locator';
import { listByAddress, listByName } from '../lists';

const isId = (value: string): boolean =>
	/^\{?[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}?$/i.test(value);

/** A list or library of the site before it; reads as its id. */
export const listField: Field<'list', string> = locator('list', {
	displayName: 'List',
	description: 'A list or document library of the site',
	modeOf: (value) => (/^https?:/i.test(value) ? 'url' : isId(value) ? 'id' : 'name'),
	modes: [
		{
			name: 'list',
			form: {
				displayName: 'From List',
				type: 'list',
				typeOptions: { searchListMethod: 'searchLists', searchable: true },
			},
			read: (value) => value,
		},
		{
			name: 'name',
			form: {
				displayName: 'By Name',
				type: 'string',
				placeholder: 'e.g. Invoices',
				hint: 'Its title, or its name in the address',
			},
			read: (value, { params }) => listByName(String(params['site']), value),
		},
		{
			name: 'url',
			form: {
				displayName: 'By URL',
				type: 'string',
				placeholder: 'e.g. https://contoso.sharepoint.com/sites/Sales/Lists/Invoices',
				hint: 'The address of the list, of a view or an item of it',
			},
			read: (value, { params }) => listByAddress(String(params['site']), value),
		},
		{
			name: 'id',
			form: {
				displayName: 'By ID',
				type: 'string',
				placeholder: 'e.g. b57af081-936c-4803-a120-d94887b03864',
			},
			// Addresses of list settings have braces around it.
			read: (value) => value.replaceAll(/[{}]/g, ''),
		},
	],
});
