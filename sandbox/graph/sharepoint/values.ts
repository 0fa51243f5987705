import { invalidRequest } from './refusals';
import type { FieldValues, StoredColumn, StoredList } from './types';

export interface WriteOptions {
	readonly isNew: boolean;
	/** `Prefer: apiversion=2.1`, without which hyperlinks can't be written. */
	readonly canWriteLinks: boolean;
	/** Whether a list has an item of this number; `users` is the list of people. */
	readonly exists: (listId: string, id: number) => boolean;
}

const lookupSuffix = 'LookupId';

/**
 * What a write changes, in stored form.
 * @throws {RefusedError} for whatever SharePoint refuses
 */
export function readFields(list: StoredList, body: unknown, options: WriteOptions): FieldValues {
	const given = (body ?? {}) as Readonly<Record<string, unknown>>;
	const values = Object.fromEntries(
		Object.entries(given)
			.filter(([name]) => !name.includes('@'))
			.map(([name, value]): [string, unknown] => {
				const column = columnOf(list, name);
				if (column.readOnly || column.kind === 'calculated') {
					throw invalidRequest(`Field '${name}' is read-only`);
				}
				const annotation = given[`${name}@odata.type`];
				return [column.name, storedValue(column, name, value, annotation, options)];
			}),
	);
	for (const { name, required } of list.columns) {
		const isMissing = options.isNew
			? isEmpty(values[name])
			: name in values && isEmpty(values[name]);
		if (required && isMissing) throw invalidRequest(`Field '${name}' is required`);
	}
	return values;
}

function columnOf(list: StoredList, name: string): StoredColumn {
	const byLookup = name.endsWith(lookupSuffix)
		? list.columns.find((each) => `${each.name}${lookupSuffix}` === name && refersTo(each))
		: undefined;
	const column = byLookup ?? list.columns.find((each) => each.name === name && !refersTo(each));
	if (column === undefined) throw invalidRequest(`Field '${name}' is not recognized`);
	return column;
}

/** People and lookups are written by number, under another name. */
export function refersTo({ kind }: StoredColumn): boolean {
	return /person|lookup/i.test(kind);
}

function storedValue(
	column: StoredColumn,
	name: string,
	value: unknown,
	annotation: unknown,
	options: WriteOptions,
): unknown {
	if (value === null) return null;
	const refuse = (): never => {
		throw invalidRequest(`The value of the field '${name}' is of another type`);
	};
	switch (column.kind) {
		case 'text':
		case 'note':
		case 'choice': {
			if (typeof value !== 'string') return refuse();
			if (column.kind === 'text' && value.length > 255) {
				throw invalidRequest(`Field '${name}' takes 255 characters`);
			}
			return value;
		}
		case 'number':
		case 'currency':
			return typeof value === 'number' ? value : refuse();
		case 'boolean':
			return typeof value === 'boolean' ? value : refuse();
		case 'dateTime': {
			const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value);
			if (!isTime || Number.isNaN(Date.parse(value))) return refuse();
			return new Date(value).toISOString().replace('.000Z', 'Z');
		}
		case 'multiChoice': {
			requireCollection(value, annotation, /^#?Collection\((Edm\.)?String\)$/);
			return (value as unknown[]).every((each) => typeof each === 'string') ? value : refuse();
		}
		case 'person':
		case 'lookup': {
			const id = Number(value);
			if (!Number.isInteger(id)) return refuse();
			requireTarget(column, name, id, options);
			return id;
		}
		case 'multiPerson':
		case 'multiLookup': {
			requireCollection(value, annotation, /^#?Collection\((Edm\.)?(String|Int32|Int64)\)$/);
			return (value as unknown[]).map((each) => {
				const id = Number(each);
				requireTarget(column, name, id, options);
				return id;
			});
		}
		case 'link': {
			const { Url, Description } = value as { Url?: unknown; Description?: unknown };
			if (!options.canWriteLinks || typeof Url !== 'string') {
				throw invalidRequest('General exception while processing');
			}
			return { Url, Description: typeof Description === 'string' ? Description : Url };
		}
		default:
			throw invalidRequest(`Field '${name}' can't be written`);
	}
}

function requireCollection(value: unknown, annotation: unknown, expected: RegExp): void {
	if (Array.isArray(value) && typeof annotation === 'string' && expected.test(annotation)) return;
	// Microsoft 365 says no more than this.
	throw invalidRequest('Invalid request');
}

function requireTarget(
	{ kind, facet }: StoredColumn,
	name: string,
	id: number,
	{ exists }: WriteOptions,
): void {
	const listId = /person/i.test(kind) ? 'users' : String(facet['listId']);
	if (!exists(listId, id))
		throw invalidRequest(`Field '${name}' refers to an item that isn't there`);
}

function isEmpty(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}
