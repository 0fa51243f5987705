import type { ColumnDefinition } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphRequest } from '../../core/graph/types';
import { isWritable } from '../../core/sharepoint/columnKind';
import { ParameterError } from '../kit/field';
import { type FieldPlace, type FieldValues, fieldValues } from '../kit/sharepoint/fieldValues';
import { columnNamed } from './columnFilter';

export function itemsPath(site: string, list: string): GraphPath {
	return path`/sites/${site}/lists/${list}/items`;
}

export interface NewItem {
	readonly site: string;
	readonly list: string;
	readonly values: FieldValues;
	readonly contentTypeId?: string | undefined;
}

export function createRequest({ site, list, values, contentTypeId }: NewItem): GraphRequest {
	return {
		method: 'POST',
		path: itemsPath(site, list),
		headers: values.headers,
		body: {
			fields: values.fields,
			...(contentTypeId && { contentType: { id: contentTypeId } }),
		},
	};
}

/** @param etag of the version that was read; without it the last one to write wins */
export function updateRequest(
	site: string,
	list: string,
	item: string,
	{ fields, headers }: FieldValues,
	etag?: string,
): GraphRequest {
	return {
		method: 'PATCH',
		path: path`${itemsPath(site, list)}/${item}/fields`,
		headers: { ...headers, ...(etag && { 'if-match': etag }) },
		body: fields,
	};
}

/** What clears these columns. */
export async function clearedValues(
	place: FieldPlace,
	columns: readonly ColumnDefinition[],
	names: readonly string[],
): Promise<FieldValues> {
	const label = 'Columns to Clear';
	const entries = names.map((name) => {
		const column = columnNamed(columns, name, label);
		if (!isWritable(column)) throw new ParameterError(label, `"${name}" can't be written`);
		if (column.required) throw new ParameterError(label, `"${name}" is required`);
		return [column, null] as const;
	});
	return await fieldValues(place, entries);
}
