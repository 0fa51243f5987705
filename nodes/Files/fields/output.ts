import { collection, textList, toggle } from '../../kit/fields/values';

export { limitField, returnAllField, simplifyField } from '../../kit/fields/output';

export const recursiveField = toggle('recursive', {
	displayName: 'Include Subfolders',
	description: 'Whether to list what is in the folders inside of it too, at any depth',
});

export const includeColumnsField = toggle('includeColumns', {
	displayName: 'Include Columns',
	description: "Whether to return the library's columns of each item, under fields",
});

export const listOptions = collection('options', {
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: [
		includeColumnsField,
		textList('namePatterns', {
			displayName: 'Names',
			placeholder: 'e.g. *.pdf, invoice-*',
			description: 'Return only what has such a name; * stands for any characters',
		}),
	],
});
