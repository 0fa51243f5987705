import type { ColumnDefinition } from '@microsoft/microsoft-graph-types';
import { textLiteral } from '../../core/graph/literal';
import { columnKind, findColumn, isMultiple } from '../../core/sharepoint/columnKind';
import { ParameterError } from '../kit/field';
import { type FieldPlace, fieldName, fieldValues } from '../kit/sharepoint/fieldValues';

export const operators = [
	{ name: 'Begins With', value: 'startswith' },
	{ name: 'Equals', value: 'eq' },
	{ name: 'Greater or Equal', value: 'ge' },
	{ name: 'Greater Than', value: 'gt' },
	{ name: 'Is Empty', value: 'empty' },
	{ name: 'Less or Equal', value: 'le' },
	{ name: 'Less Than', value: 'lt' },
	{ name: 'Not Equal', value: 'ne' },
] as const;

export type Operator = (typeof operators)[number]['value'];

export interface Condition {
	readonly column: string;
	readonly operator: Operator;
	readonly value: string;
}

/** Read-only columns that SharePoint itself fills are no writable ones, but have types all the same. */
export async function conditionText(
	place: FieldPlace,
	columns: readonly ColumnDefinition[],
	{ column: name, operator, value }: Condition,
): Promise<string> {
	const column = columnNamed(columns, name, 'Conditions');
	const field = `fields/${fieldName(column)}`;
	if (operator === 'empty') return `${field} eq null`;
	const kind = columnKind(column);
	if (operator === 'startswith') {
		if (['text', 'choice', 'note'].includes(kind))
			return `startswith(${field},${textLiteral(value)})`;
		throw new ParameterError('Conditions', `only text can begin with something, not "${name}"`);
	}
	return `${field} ${operator} ${await literal(place, column, value)}`;
}

/** A value as SharePoint compares it with what a column holds. */
export async function literal(
	place: FieldPlace,
	column: ColumnDefinition,
	value: unknown,
): Promise<string> {
	const kind = columnKind(column);
	if (isMultiple(kind)) return textLiteral(String(value));
	if (kind === 'calculated' || kind === 'unsupported') return textLiteral(String(value));
	if (kind === 'link') return textLiteral(String(value));
	const { fields } = await fieldValues(place, [[column, value]]);
	const converted = fields[fieldName(column)];
	// SharePoint's queries know no true and false.
	if (typeof converted === 'boolean') return converted ? '1' : '0';
	if (kind === 'number' || kind === 'currency') return String(converted);
	return textLiteral(String(converted));
}

/** @throws {ParameterError} naming the columns that there are */
export function columnNamed(
	columns: readonly ColumnDefinition[],
	name: string,
	label: string,
): ColumnDefinition {
	const column = findColumn(columns, name.trim());
	if (column) return column;
	throw new ParameterError(
		label,
		`the list has no column "${name}"`,
		`It has: ${columns
			.filter(({ hidden }) => !hidden)
			.map((each) => each.name)
			.join(', ')}.`,
	);
}

/**
 * SharePoint refuses to filter and sort by columns without an index, in lists of any size, unless
 * it is told to try. Its own columns are left to it: of some it tells no index, and has one.
 *
 * @throws {ParameterError} before anything is sent
 */
export function requireIndex(column: ColumnDefinition, label: string): void {
	if (column.indexed !== false || column.readOnly) return;
	throw new ParameterError(
		label,
		`"${column.displayName ?? column.name ?? ''}" has no index, and SharePoint filters and sorts by columns with one only`,
		'Add an index in the list settings under Indexed columns. For a list of up to 5,000 items, the option Allow Columns Without Index does it too.',
	);
}
