import { text, textList, toggle } from '../fields/values';

export const fieldPrefixOption = text('fieldPrefix', {
	displayName: 'Binary Field Prefix',
	default: 'data_',
	description: 'The binary fields are named with it and a number: data_0, data_1, ...',
});

/** @param example of what the text shows, e.g. `logos` */
export const includeInlineOption = (example: string) =>
	toggle('includeInline', {
		displayName: 'Include Images in the Text',
		description: `Whether to download what the text shows too, such as ${example}`,
	});

/** @param example e.g. `*.pdf, invoice-*` */
export const namePatternsOption = (example: string) =>
	textList('namePatterns', {
		displayName: 'Names',
		placeholder: `e.g. ${example}`,
		description: 'Download only files with such a name; * stands for any characters',
	});
