import { type Field, Lookup } from '../../kit/field';
import { collection, text, toggle } from '../../kit/fields/values';
import type { FieldValues } from '../../kit/sharepoint/fieldValues';
import { listColumns } from '../../kit/sharepoint/listColumns';
import { clearedValues } from '../items';
import { columnNames } from './columnName';

export const createOptions = collection('options', {
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: [
		text('contentTypeId', {
			displayName: 'Content Type ID',
			placeholder: 'e.g. 0x0100A5D04F…',
			description: "Of the list's content types. Empty: the list's default",
		}),
	],
});

const names = columnNames('clear', {
	displayName: 'Columns to Clear',
	description: 'A column that is only left empty above keeps its value',
});

/** Columns whose values are removed. Stands after `site` and `list`. */
export const clearField: Field<'clear', FieldValues> = {
	name: 'clear',
	property: names.property,
	read: (raw, context) => {
		const given = names.read(raw, context);
		if (given instanceof Lookup || given.length === 0) return { fields: {}, headers: {} };
		const [site, list] = [String(context.params['site']), String(context.params['list'])];
		return new Lookup(async (graph) => {
			const columns = await listColumns(graph, site, list);
			return await clearedValues({ graph, site, timezone: context.timezone }, columns, given);
		});
	},
};

export const withoutIndexOption = toggle('allowNonIndexed', {
	displayName: 'Allow Columns Without Index',
	description:
		'Whether to filter and sort by columns without an index too. That is reliable in lists of up to 5,000 items; in larger ones it can fail at any time.',
});
