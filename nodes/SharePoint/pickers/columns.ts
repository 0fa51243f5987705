import type { ColumnDefinition } from '@microsoft/microsoft-graph-types';
import type {
	FieldType,
	ILoadOptionsFunctions,
	INodePropertyOptions,
	ResourceMapperField,
	ResourceMapperFields,
} from 'n8n-workflow';
import {
	type ColumnKind,
	columnKind,
	isForPeople,
	isMultiple,
	isWritable,
} from '../../../core/sharepoint/columnKind';
import { listColumns } from '../../kit/sharepoint/listColumns';
import { fromForm } from './form';

type Purpose = 'create' | 'update' | 'upsert';

export const getColumns = mapper('create');
export const getColumnsToUpdate = mapper('update');
export const getColumnsToUpsert = mapper('upsert');

/** For dropdowns that name a column, such as those of conditions. */
export async function getColumnNames(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await fromForm(this, async ({ graph, list: chosen }) => {
		const { site, list } = await chosen();
		const columns = (await listColumns(graph, site, list)).filter(isForPeople);
		return columns
			.map((column) => ({
				name: column.displayName ?? column.name ?? '',
				value: column.name ?? '',
				description: `${column.name ?? ''}, ${columnKind(column)}${column.indexed ? ', indexed' : ''}`,
			}))
			.sort((a, b) => a.name.localeCompare(b.name));
	});
}

type Mapper = (this: ILoadOptionsFunctions) => Promise<ResourceMapperFields>;

function mapper(purpose: Purpose): Mapper {
	return async function (this) {
		return await fromForm(this, async ({ graph, list: chosen }) => {
			const { site, list } = await chosen();
			const columns = (await listColumns(graph, site, list)).filter(isForPeople);
			return { fields: columns.map((column) => mapperField(column, purpose)) };
		});
	};
}

/** A column as n8n's form shows it; what can't be written stands at the end of "Add column". */
export function mapperField(column: ColumnDefinition, purpose: Purpose): ResourceMapperField {
	const kind = columnKind(column);
	const writable = isWritable(column);
	const choices =
		kind === 'choice' && !column.choice?.allowTextEntry ? column.choice?.choices : undefined;
	return {
		id: column.name ?? '',
		displayName: `${column.displayName ?? column.name ?? ''}${hint(column, kind)}`,
		// Of an update everything else stays as it is; of an upsert SharePoint itself tells.
		required: writable && purpose === 'create' && column.required === true,
		display: true,
		type: choices ? 'options' : formTypes[kind],
		...(choices && { options: choices.map((value) => ({ name: value, value })) }),
		readOnly: !writable,
		// The form answers false for a switch that nobody touched, which would undo a Yes of before.
		removed: !writable || (kind === 'boolean' && purpose === 'upsert'),
		...(kind === 'boolean' && { defaultValue: column.defaultValue?.value === '1' }),
		canBeUsedToMatch: writable && purpose === 'upsert' && canMatch(kind),
		defaultMatch: writable && purpose === 'upsert' && column.enforceUniqueValues === true,
	};
}

const formTypes: Readonly<Record<ColumnKind, FieldType>> = {
	text: 'string',
	note: 'string',
	number: 'number',
	currency: 'number',
	date: 'dateTime',
	dateTime: 'dateTime',
	boolean: 'boolean',
	choice: 'string',
	multiChoice: 'string',
	person: 'string',
	multiPerson: 'string',
	lookup: 'string',
	multiLookup: 'string',
	link: 'string',
	calculated: 'string',
	unsupported: 'string',
};

function canMatch(kind: ColumnKind): boolean {
	return !isMultiple(kind) && kind !== 'note' && kind !== 'link' && kind !== 'boolean';
}

const hints: Partial<Record<ColumnKind, string>> = {
	currency: 'currency',
	date: 'date',
	person: 'email address',
	multiPerson: 'email addresses',
	lookup: 'ID or text',
	multiLookup: 'IDs or texts',
	link: 'web address, text',
	unsupported: 'can not be written by Microsoft Graph',
	calculated: 'calculated, read-only',
};

/** n8n has no place for a description of a column, so that its label says what it takes; long ones are cut. */
function hint(column: ColumnDefinition, kind: ColumnKind): string {
	if (kind === 'multiChoice') return ` (${(column.choice?.choices ?? []).join('; ')})`;
	const text = hints[kind] ?? (column.readOnly ? 'read-only' : undefined);
	if (text === undefined) return '';
	return column.readOnly && !text.includes('read-only') ? ' (read-only)' : ` (${text})`;
}
