import type { ColumnDefinition } from '@microsoft/microsoft-graph-types';
import type { GraphQuery } from '../../core/graph/types';
import { columnKind, isMultiple, isReference } from '../../core/sharepoint/columnKind';
import { ParameterError, type ParamsOf } from '../kit/field';
import { type FieldPlace, fieldName } from '../kit/sharepoint/fieldValues';
import { columnNamed, conditionText, requireIndex } from './columnFilter';
import type { conditionFields, listingOptions } from './fields/listing';

export interface ItemQuery {
	readonly conditions: ReadonlyArray<Partial<ParamsOf<typeof conditionFields>>> | undefined;
	readonly combine: 'and' | 'or' | undefined;
	/** A filter in Graph's own words. */
	readonly filter: string | undefined;
	readonly options: ParamsOf<readonly [typeof listingOptions]>['options'];
}

/**
 * The query of a list's items.
 * @throws {ParameterError} for a column that isn't there, or has no index
 */
export async function itemQuery(
	place: FieldPlace,
	columns: readonly ColumnDefinition[],
	{ conditions = [], combine = 'and', filter, options }: ItemQuery,
): Promise<GraphQuery> {
	const { sortBy, direction = 'asc', columns: wanted = [], allowNonIndexed } = options;
	const texts: string[] = [];
	for (const { column = '', operator = 'eq', value = '' } of conditions) {
		if (!allowNonIndexed) requireIndex(columnNamed(columns, column, 'Conditions'), 'Conditions');
		texts.push(await conditionText(place, columns, { column, operator, value }));
	}
	const sorted = sortBy === undefined ? undefined : columnNamed(columns, sortBy, 'Order By');
	if (sorted && isMultiple(columnKind(sorted))) {
		throw new ParameterError('Order By', 'SharePoint can not sort by a column of several values');
	}
	if (sorted && !allowNonIndexed) requireIndex(sorted, 'Order By');
	return {
		$filter: filter ?? (texts.join(` ${combine} `) || undefined),
		$orderby: sorted && `fields/${sorted.name ?? ''} ${direction}`,
		$expand: fieldsExpansion(wanted.map((name) => columnNamed(columns, name, 'Columns'))),
	};
}

/** Of one person or lookup Graph gives the number, and the text where it is asked for by name. */
export function fieldsExpansion(columns: readonly ColumnDefinition[]): string {
	if (columns.length === 0) return 'fields';
	const names = columns.flatMap((column) => {
		const kind = columnKind(column);
		const name = column.name ?? '';
		return isReference(kind) && !isMultiple(kind) ? [name, fieldName(column)] : [name];
	});
	return `fields($select=${names.join(',')})`;
}
