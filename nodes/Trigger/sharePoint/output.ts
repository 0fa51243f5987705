import type { ListItem } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import type { Change } from '../../../core/changes/types';
import { path } from '../../../core/graph/path';
import type { ParamsOf } from '../../kit/field';
import { simplifyField } from '../../kit/fields/output';
import { rows, text } from '../../kit/fields/values';
import { columnName } from '../../SharePoint/fields/columnName';
import { itemsPath } from '../../SharePoint/items';
import { simplifyItem } from '../../SharePoint/simplify';
import type { EventInput } from '../event';
import { goneOrThrow } from '../shared/goneOrThrow';
import type { WatchedList } from './where';

const conditionFields = [
	columnName('column', { displayName: 'Column' }),
	text('value', {
		displayName: 'Equals',
		description: 'In any case. Of a column with several values, one of them.',
	}),
] as const;

/** Which items count, and what the workflow gets of them. */
export const itemFields = [
	rows('conditions', {
		displayName: 'Only Items Where',
		placeholder: 'Add Condition',
		rowName: 'Condition',
		description: 'All of them must hold, as the item is when the trigger finds it',
		fields: conditionFields,
	}),
	simplifyField,
] as const;

type ItemParams = ParamsOf<typeof itemFields> & WatchedList;

/** Items with their columns, in a batch; those that are gone or don't match are left out. */
export async function listItemDetails(
	changes: readonly Change[],
	{ graph, params }: EventInput<ItemParams>,
): Promise<ReadonlyArray<IDataObject | undefined>> {
	const { site, list, simplify, conditions } = params;
	const answers = await graph.batch<ListItem>(
		changes.map(({ id }) => ({
			method: 'GET' as const,
			path: path`${itemsPath(site, list)}/${id}`,
			query: { $expand: 'fields' },
		})),
	);
	return answers.map((answer) => {
		if (!answer.ok) return goneOrThrow(answer.error);
		const fields = (answer.body.fields ?? {}) as Readonly<Record<string, unknown>>;
		const matches = conditions.every(({ column = '', value = '' }) =>
			isEqual(fields[column] ?? fields[`${column}LookupId`], value),
		);
		if (!matches) return undefined;
		return simplify ? simplifyItem(answer.body) : { ...answer.body };
	});
}

/** As a person would compare what the list shows. */
function isEqual(value: unknown, wanted: string): boolean {
	if (Array.isArray(value)) return value.some((each) => isEqual(each, wanted));
	if (typeof value === 'object' && value !== null) {
		const { LookupValue, Email, Url } = value as Record<string, unknown>;
		return [LookupValue, Email, Url].some((each) => each !== undefined && isEqual(each, wanted));
	}
	const text = wanted.trim().toLowerCase();
	if (typeof value === 'boolean') return value === /^(true|yes|1)$/.test(text);
	if (typeof value === 'number') return text !== '' && value === Number(text);
	return (typeof value === 'string' ? value.trim().toLowerCase() : '') === text;
}
