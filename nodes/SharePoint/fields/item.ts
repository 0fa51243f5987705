import { type Field, ParameterError } from '../../kit/field';
import { show } from '../../kit/fields/rawValues';
import { locator } from '../../kit/pickers/locator';

const label = 'Item';

/** An item of the list before it; reads as its number. */
export const itemField: Field<'item', string> = locator('item', {
	displayName: label,
	modeOf: (value) => (/^https?:/i.test(value) ? 'url' : 'id'),
	modes: [
		{
			name: 'list',
			form: {
				displayName: 'From List',
				type: 'list',
				typeOptions: { searchListMethod: 'searchItems', searchable: true },
			},
			read: (value) => value,
		},
		{
			name: 'id',
			form: { displayName: 'By ID', type: 'string', placeholder: 'e.g. 12' },
			read: (value) => {
				if (/^\d+$/.test(value)) return value;
				throw new ParameterError(label, `is ${show(value)}, not the number of an item`);
			},
		},
		{
			name: 'url',
			form: {
				displayName: 'By URL',
				type: 'string',
				placeholder: 'e.g. https://contoso.sharepoint.com/…/DispForm.aspx?ID=12',
				hint: 'The address of an opened item, or of Copy Link on it',
			},
			read: (value) => {
				const query = URL.canParse(value) ? new URL(value).searchParams : new URLSearchParams();
				const [, id] = [...query].find(([name]) => name.toLowerCase() === 'id') ?? [];
				if (id !== undefined && /^\d+$/.test(id)) return id;
				throw new ParameterError(
					label,
					'the address names no item',
					'Open the item and copy the address of its form, which has ?ID= in it, or choose By ID.',
				);
			},
		},
	],
});
