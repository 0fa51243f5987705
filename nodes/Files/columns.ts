import type { ColumnDefinition, List } from '@microsoft/microsoft-graph-types';
import { findColumn, isWritable } from '../../core/sharepoint/columnKind';
import type { ItemAddress } from '../../core/drive/itemAddress';
import { path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import { ParameterError, type Field } from '../kit/field';
import { asRecord } from '../kit/fields/rawValues';
import { oncePerClient } from '../kit/pickers/oncePerClient';
import { fieldValues } from '../kit/sharepoint/fieldValues';

export type Columns = Readonly<Record<string, unknown>>;

const label = 'Columns';

/** Values of a library's columns, by the names that people see or the internal ones. */
export const columnsField: Field<'columns', Columns | undefined> = {
	name: 'columns',
	property: {
		displayName: label,
		name: 'columns',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Column',
		default: {},
		description:
			'Values for the library\'s columns. An expression may answer an object, like {"Project": "Alpha"}.',
		options: [
			{
				name: 'rows',
				displayName: 'Column',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. Invoice Number',
						description: 'As shown in the library, or the internal name',
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						description:
							'Several choices with semicolons; a person or lookup by its ID; empty clears the column',
					},
				],
			},
		],
	},
	read: (raw) => {
		const record = typeof raw === 'string' ? parsed(raw) : asRecord(raw, label);
		const rows = record['rows'];
		const values = Array.isArray(rows)
			? Object.fromEntries(
					rows.map((row): [string, unknown] => {
						const { name, value } = asRecord(row, label);
						if (typeof name !== 'string' || name.trim() === '') {
							throw new ParameterError(label, 'a column has no name');
						}
						return [name.trim(), value];
					}),
				)
			: record;
		return Object.keys(values).length === 0 ? undefined : values;
	},
};

function parsed(text: string): Readonly<Record<string, unknown>> {
	if (text.trim() === '') return {};
	try {
		return asRecord(JSON.parse(text), label);
	} catch (error) {
		if (error instanceof ParameterError) throw error;
		throw new ParameterError(label, 'is no JSON object', 'Write it like {"Project": "Alpha"}.');
	}
}

/** Writes an item's columns; their types are those of its library. */
export async function setColumns(
	{ graph, timezone }: { readonly graph: GraphClient; readonly timezone: string },
	item: ItemAddress,
	columns: Columns,
): Promise<Record<string, unknown>> {
	const { site, definitions } = await oncePerClient(
		graph,
		`columns ${String(item.drive)}`,
		async () => await libraryOf(graph, item),
	);
	const entries = Object.entries(columns).map(([name, value]): [ColumnDefinition, unknown] => [
		columnNamed(name, definitions),
		value === '' ? null : value,
	]);
	const { fields, headers } = await fieldValues({ graph, site, timezone }, entries);
	return await graph.request<Record<string, unknown>>({
		method: 'PATCH',
		path: path`${item.path}/listItem/fields`,
		headers,
		body: fields,
	});
}

function columnNamed(name: string, definitions: readonly ColumnDefinition[]): ColumnDefinition {
	const column = findColumn(definitions, name);
	if (!column) {
		const known = definitions.filter(isWritable).map(({ displayName }) => displayName);
		throw new ParameterError(
			label,
			`the library has no column "${name}"`,
			`It has: ${known.join(', ')}.`,
		);
	}
	if (isWritable(column)) return column;
	throw new ParameterError(label, `the column "${name}" can't be written`);
}

async function libraryOf(
	graph: GraphClient,
	{ drive }: ItemAddress,
): Promise<{ site: string; definitions: readonly ColumnDefinition[] }> {
	const { columns, parentReference } = await graph.request<List>({
		method: 'GET',
		path: path`${drive}/list`,
		query: { $select: 'id,parentReference', $expand: 'columns' },
	});
	return { site: parentReference?.siteId ?? '', definitions: columns ?? [] };
}
