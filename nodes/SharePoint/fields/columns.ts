import type { ColumnDefinition } from '@microsoft/microsoft-graph-types';
import type { INodeProperties, ResourceMapperTypeOptions } from 'n8n-workflow';
import {
	columnKind,
	findColumn,
	isForPeople,
	isWritable,
} from '../../../core/sharepoint/columnKind';
import { type Field, Lookup, ParameterError, type ReadContext } from '../../kit/field';
import { asRecord, asText } from '../../kit/fields/rawValues';
import {
	type FieldPlace,
	type FieldValues,
	fieldName,
	fieldValues,
} from '../../kit/sharepoint/fieldValues';
import { listColumns } from '../../kit/sharepoint/listColumns';
import { literal } from '../columnFilter';

const label = 'Columns';

/** The columns of an item as Graph takes them. */
export interface ColumnsValue extends FieldValues {
	/** By which column an item is recognised, where the form asks for one. */
	readonly match?: { readonly column: ColumnDefinition; readonly filter: string };
}

interface ColumnsOptions {
	readonly method: 'getColumns' | 'getColumnsToUpdate' | 'getColumnsToUpsert';
	readonly mode: ResourceMapperTypeOptions['mode'];
	readonly description?: string;
	/** Whether the form shows all columns at once. Default: true. */
	readonly showsAll?: boolean;
	/** Default: one by one. */
	readonly mapsInput?: boolean;
}

/** A list's own columns, mapped one by one or by name from the input. Stands after `site` and `list`. */
export function columns(options: ColumnsOptions): Field<'columns', ColumnsValue> {
	return {
		name: 'columns',
		property: columnsProperty(options),
		read: (raw, context) => {
			const given = givenValues(raw, context);
			const { site, list } = context.params;
			return new Lookup(async (graph): Promise<ColumnsValue> => {
				const definitions = await listColumns(graph, String(site), String(list));
				const entries = entriesOf(given, definitions);
				// An update may only clear.
				if (entries.length === 0 && options.mode !== 'map') throw nothingGiven(given, definitions);
				const place = { graph, site: String(site), timezone: context.timezone };
				const values = await fieldValues(place, entries);
				if (options.mode !== 'upsert') return values;
				const { column, value } = matchOf(given, entries, definitions);
				const filter = `fields/${fieldName(column)} eq ${await literal(place, column, value)}`;
				return { ...values, match: { column, filter } };
			});
		},
	};
}

function columnsProperty({
	method,
	mode,
	showsAll = true,
	mapsInput,
	description,
}: ColumnsOptions): INodeProperties {
	return {
		displayName: label,
		name: 'columns',
		type: 'resourceMapper',
		noDataExpression: true,
		required: true,
		default: { mappingMode: mapsInput ? 'autoMapInputData' : 'defineBelow', value: null },
		...(description !== undefined && { description }),
		typeOptions: {
			loadOptionsDependsOn: ['site.value', 'list.value'],
			resourceMapper: {
				resourceMapperMethod: method,
				mode,
				fieldWords: { singular: 'column', plural: 'columns' },
				addAllFields: showsAll,
				multiKeyMatch: false,
				supportAutoMap: true,
				noFieldsError: 'The list has no columns that can be written. Choose the site and the list.',
				...(mode === 'upsert' && {
					matchingFieldsLabels: {
						title: 'Column to Match',
						description: 'An item with the same value in this column is updated',
						hint: 'A column with an index and unique values suits best',
					},
				}),
			},
		},
	};
}

interface Given {
	/** By internal or displayed names; empty ones are left out, `null` clears. */
	readonly values: Readonly<Record<string, unknown>>;
	/** From the input as it is: what is no column, or can't be written, is nobody's mistake. */
	readonly isFromInput: boolean;
	readonly matching?: string;
}

function givenValues(raw: unknown, { itemJson = {} }: ReadContext): Given {
	// A plain object comes from expressions and AI agents.
	const mapper = asRecord(typeof raw === 'string' ? parsed(raw) : raw, label);
	if (!('mappingMode' in mapper)) return { values: withoutEmpty(mapper), isFromInput: false };
	const isFromInput = mapper['mappingMode'] === 'autoMapInputData';
	const values = isFromInput ? itemJson : asRecord(mapper['value'], label);
	const columnsToMatch: unknown = mapper['matchingColumns'];
	const matching: unknown = Array.isArray(columnsToMatch) ? columnsToMatch[0] : undefined;
	return {
		values: withoutEmpty(values),
		isFromInput,
		...(typeof matching === 'string' && { matching }),
	};
}

function parsed(text: string): unknown {
	if (text.trim() === '') return {};
	try {
		return JSON.parse(text);
	} catch {
		throw new ParameterError(label, 'is no JSON object', 'Write it like {"Title": "Alpha"}.');
	}
}

/** n8n's form answers null or nothing for a column that the user left empty. */
function withoutEmpty(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
	const given = Object.entries(values).filter(
		([, value]) => value !== undefined && value !== null && value !== '',
	);
	return Object.fromEntries(given);
}

type Entry = readonly [ColumnDefinition, unknown];

/** @throws {ParameterError} for what is no column, or none that can be written */
function entriesOf(
	{ values, isFromInput }: Given,
	definitions: readonly ColumnDefinition[],
): Entry[] {
	return Object.entries(values).flatMap(([name, value]): Entry[] => {
		const column = columnOfField(definitions, name);
		if (column && isWritable(column) && !(isFromInput && !isForPeople(column))) {
			return [[column, value]];
		}
		if (isFromInput) return [];
		throw new ParameterError(label, column ? unwritable(name, column) : unknown(name, definitions));
	});
}

function nothingGiven(
	{ isFromInput }: Given,
	definitions: readonly ColumnDefinition[],
): ParameterError {
	return isFromInput
		? new ParameterError(
				label,
				'the input has no field with the name of a column',
				`${unknownHelp(definitions)}.`,
			)
		: new ParameterError(label, 'no column has a value', 'Give at least one a value.');
}

/** Graph's own name for a person or lookup, as in what it answers: `OwnerLookupId`. */
function columnOfField(
	definitions: readonly ColumnDefinition[],
	name: string,
): ColumnDefinition | undefined {
	return findColumn(definitions, name) ?? findColumn(definitions, name.replace(/LookupId$/, ''));
}

function unwritable(name: string, column: ColumnDefinition): string {
	const why = column.readOnly ? 'is read-only' : 'is of a kind that Microsoft Graph can not write';
	return `the column "${name}" ${why}${columnKind(column) === 'calculated' ? ': SharePoint calculates it' : ''}`;
}

function unknown(name: string, definitions: readonly ColumnDefinition[]): string {
	return `the list has no column "${name}". ${unknownHelp(definitions)}`;
}

function unknownHelp(definitions: readonly ColumnDefinition[]): string {
	const names = definitions
		.filter((column) => isForPeople(column) && isWritable(column))
		.map(({ displayName, name }) => (displayName === name ? name : `${displayName} (${name})`));
	return `It has: ${names.join(', ')}`;
}

function matchOf(
	{ matching }: Given,
	entries: readonly Entry[],
	definitions: readonly ColumnDefinition[],
): { readonly column: ColumnDefinition; readonly value: unknown } {
	const column = matching === undefined ? undefined : findColumn(definitions, matching);
	if (!column) {
		throw new ParameterError(
			label,
			'no column to match is chosen',
			'Choose the column by which an item is recognised.',
		);
	}
	const [, value] = entries.find(([each]) => each === column) ?? [];
	if (value !== undefined) return { column, value };
	throw new ParameterError(
		label,
		`the column to match, "${asText(column.displayName, label)}", has no value`,
		'Without a value it is not known which item is meant.',
	);
}

/** One row of a list of objects, as Graph takes it. */
export async function rowValues(
	place: FieldPlace,
	list: string,
	row: unknown,
): Promise<FieldValues> {
	const given: Given = { values: withoutEmpty(asRecord(row, 'Rows')), isFromInput: false };
	const definitions = await listColumns(place.graph, place.site, list);
	const entries = entriesOf(given, definitions);
	if (entries.length === 0) throw nothingGiven(given, definitions);
	return await fieldValues(place, entries);
}
