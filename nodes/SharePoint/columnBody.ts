import { createHash } from 'node:crypto';
import { ParameterError } from '../kit/field';

/** What a new column may hold; each becomes one facet of Graph's columnDefinition. */
export const columnTypes = [
	{ name: 'Choice', value: 'choice' },
	{ name: 'Choices (Several)', value: 'multiChoice' },
	{ name: 'Currency', value: 'currency' },
	{ name: 'Date', value: 'date' },
	{ name: 'Date and Time', value: 'dateTime' },
	{ name: 'Link', value: 'link' },
	{ name: 'Number', value: 'number' },
	{ name: 'People (Several)', value: 'multiPerson' },
	{ name: 'Person', value: 'person' },
	{ name: 'Text', value: 'text' },
	{ name: 'Text of Several Lines', value: 'note' },
	{ name: 'Yes/No', value: 'boolean' },
] as const;

export type NewColumnType = (typeof columnTypes)[number]['value'] | 'lookup' | 'multiLookup';

export interface NewColumn {
	readonly displayName: string;
	readonly type: NewColumnType;
	/** Of choices. */
	readonly choices?: readonly string[] | undefined;
	/** The id of the list that a lookup looks into. */
	readonly lookupList?: string | undefined;
	/** The column of that list which is shown. Default: Title. */
	readonly lookupColumn?: string | undefined;
	readonly name?: string | undefined;
	readonly description?: string | undefined;
	readonly defaultValue?: string | undefined;
	readonly required?: boolean | undefined;
	readonly indexed?: boolean | undefined;
	readonly unique?: boolean | undefined;
}

/** learn.microsoft.com/graph/api/list-post-columns */
export function columnBody(column: NewColumn): object {
	const { displayName, name = '', description, defaultValue, required, indexed, unique } = column;
	const title = displayName.trim();
	if (title === '') throw new ParameterError('Column', 'has no name');
	// Unique values need an index.
	const isIndexed = indexed === true || unique === true;
	return {
		name: name.trim() || internalName(title),
		displayName: title,
		...(description && { description }),
		...(required && { required }),
		...(isIndexed && { indexed: true }),
		...(unique && { enforceUniqueValues: true }),
		...(defaultValue && { defaultValue: { value: defaultValue } }),
		...facetOf(column),
	};
}

function facetOf(column: NewColumn): object {
	const { type, choices = [], lookupList, lookupColumn = 'Title' } = column;
	switch (type) {
		case 'text':
			return { text: { maxLength: 255 } };
		case 'note':
			return { text: { allowMultipleLines: true, linesForEditing: 6, textType: 'plain' } };
		case 'choice':
		case 'multiChoice':
			if (choices.length === 0) throw new ParameterError(column.displayName, 'has no choices');
			return {
				choice: {
					allowTextEntry: false,
					choices: [...choices],
					displayAs: type === 'choice' ? 'dropDownMenu' : 'checkBoxes',
				},
			};
		case 'person':
		case 'multiPerson':
			return {
				personOrGroup: {
					allowMultipleSelection: type === 'multiPerson',
					chooseFromType: 'peopleOnly',
				},
			};
		case 'date':
			return { dateTime: { format: 'dateOnly' } };
		case 'dateTime':
			return { dateTime: { format: 'dateTime' } };
		case 'lookup':
		case 'multiLookup':
			return {
				lookup: {
					listId: lookupList,
					columnName: lookupColumn || 'Title',
					allowMultipleValues: type === 'multiLookup',
				},
			};
		case 'link':
			return { hyperlinkOrPicture: { isPicture: false } };
		case 'number':
			return { number: {} };
		case 'currency':
			return { currency: { locale: 'en-us' } };
		case 'boolean':
			return { boolean: {} };
	}
}

/** At most 32 letters and digits, as SharePoint's own names; other scripts have none of them. */
function internalName(title: string): string {
	const letters = title
		.normalize('NFKD')
		.replaceAll(/[^A-Za-z0-9 ]/g, '')
		.replaceAll(/(^| +)([a-z0-9])/gi, (_, _space, letter: string) => letter.toUpperCase())
		.slice(0, 32);
	if (/^[A-Za-z]/.test(letters)) return letters;
	return `Column${createHash('sha256').update(title).digest('hex').slice(0, 8)}`;
}
