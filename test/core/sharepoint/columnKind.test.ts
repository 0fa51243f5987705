import type { ColumnDefinition } from '@microsoft/microsoft-graph-types';
import {
	columnKind,
	findColumn,
	isForPeople,
	isWritable,
} from '../../../core/sharepoint/columnKind';

it.each<[ColumnDefinition, string]>([
	[{ text: {} }, 'text'],
	[{ text: { allowMultipleLines: true } }, 'note'],
	[{ number: {} }, 'number'],
	[{ currency: {} }, 'currency'],
	[{ boolean: {} }, 'boolean'],
	[{ dateTime: { format: 'dateOnly' } }, 'date'],
	[{ dateTime: { format: 'dateTime' } }, 'dateTime'],
	[{ choice: { displayAs: 'radioButtons' } }, 'choice'],
	[{ choice: { displayAs: 'checkBoxes' } }, 'multiChoice'],
	[{ personOrGroup: {} }, 'person'],
	[{ personOrGroup: { allowMultipleSelection: true } }, 'multiPerson'],
	[{ lookup: {} }, 'lookup'],
	[{ lookup: { allowMultipleValues: true } }, 'multiLookup'],
	[{ hyperlinkOrPicture: {} }, 'link'],
	[{ hyperlinkOrPicture: { isPicture: true } }, 'unsupported'],
	[{ calculated: { formula: '=1' } }, 'calculated'],
	[{ term: {} }, 'unsupported'],
	[{ geolocation: {} }, 'unsupported'],
	[{}, 'unsupported'],
])('%p is of the kind %s', (column, kind) => {
	expect(columnKind(column)).toBe(kind);
});

it('knows what can be written', () => {
	expect(isWritable({ text: {} })).toBe(true);
	expect(isWritable({ text: {}, readOnly: true })).toBe(false);
	expect(isWritable({ calculated: {} })).toBe(false);
	expect(isWritable({ term: {} })).toBe(false);
});

it('hides what SharePoint keeps for itself', () => {
	expect(isForPeople({ name: 'Title' })).toBe(true);
	for (const name of ['_ColorTag', 'LinkTitleNoMenu', 'ContentType']) {
		expect(isForPeople({ name })).toBe(false);
	}
	expect(isForPeople({ name: 'Secret', hidden: true })).toBe(false);
});

it('finds by internal name first, else the one of the shown name that can be written', () => {
	const title = { name: 'Title', displayName: 'Name', text: {} };
	const link = { name: 'LinkTitle', displayName: 'Name', text: {}, readOnly: true };
	const other = { name: 'Name', displayName: 'Other', text: {} };
	expect(findColumn([link, title], 'name')).toBe(title);
	expect(findColumn([title, other], 'Name')).toBe(other);
	expect(findColumn([link], 'Name')).toBe(link);
	expect(findColumn([title], 'Nope')).toBeUndefined();
});
