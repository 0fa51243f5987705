import type { ColumnDefinition, ListItem } from '@microsoft/microsoft-graph-types';
import { textLiteral } from '../../../core/graph/literal';
import { path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import type { HeaderMap } from '../../../core/http/types';
import { columnKind, isMultiple, isReference } from '../../../core/sharepoint/columnKind';
import { inZone, parseTime } from '../../../core/time';
import { ParameterError } from '../field';
import { asText, show } from '../fields/rawValues';
import { oncePerClient } from '../pickers/oncePerClient';
import { personLookupId, withoutIndex } from './people';

export interface FieldPlace {
	readonly graph: GraphClient;
	readonly site: string;
	/** IANA name; of dates and times without an offset. */
	readonly timezone: string;
}

/** As Graph takes the fields of a list item. */
export interface FieldValues {
	readonly fields: Readonly<Record<string, unknown>>;
	readonly headers: HeaderMap;
}

type Entry = readonly [ColumnDefinition, unknown];

/**
 * Values as people write them, in the types of their columns: addresses become people's numbers,
 * several values get their type. `null` clears a column.
 *
 * @throws {ParameterError} naming the column and what it takes
 */
export async function fieldValues(
	place: FieldPlace,
	entries: readonly Entry[],
): Promise<FieldValues> {
	const fields: Record<string, unknown> = {};
	let hasLink = false;
	for (const [column, value] of entries) {
		const kind = columnKind(column);
		const name = fieldName(column);
		const converted = value === null ? cleared(column) : await convert(place, column, value);
		if (isMultiple(kind)) {
			const type = isReference(kind) ? 'Int32' : 'String';
			fields[`${name}@odata.type`] = `Collection(Edm.${type})`;
		}
		fields[name] = converted;
		hasLink ||= kind === 'link';
	}
	// Links are written by this version of SharePoint's API alone.
	return { fields, headers: hasLink ? { prefer: 'apiversion=2.1' } : {} };
}

/** People and lookups are written and filtered by number, under another name. */
export function fieldName(column: ColumnDefinition): string {
	const name = column.name ?? '';
	return isReference(columnKind(column)) ? `${name}LookupId` : name;
}

function cleared(column: ColumnDefinition): unknown {
	return isMultiple(columnKind(column)) ? [] : null;
}

async function convert(
	place: FieldPlace,
	column: ColumnDefinition,
	value: unknown,
): Promise<unknown> {
	const label = column.displayName ?? column.name ?? '';
	switch (columnKind(column)) {
		case 'text':
		case 'note':
			return asText(value, label);
		case 'number':
		case 'currency':
			return asNumber(value, label);
		case 'boolean':
			return asBoolean(value, label);
		case 'date':
			return asDate(value, label, place.timezone);
		case 'dateTime':
			return asTime(value, label, place.timezone);
		case 'choice':
			return asChoice(asText(value, label), column, label);
		case 'multiChoice':
			return listOf(value, column.choice?.choices ?? []).map((each) =>
				asChoice(asText(each, label), column, label),
			);
		case 'person':
		case 'lookup':
			return await referTo(place, column, value, label);
		case 'multiPerson':
		case 'multiLookup': {
			const ids: number[] = [];
			for (const each of listOf(value, [])) ids.push(await referTo(place, column, each, label));
			return ids;
		}
		case 'link':
			return asLink(value, label);
		default:
			throw new ParameterError(label, 'is a column that Microsoft Graph can not write');
	}
}

function asNumber(value: unknown, label: string): number {
	const number = typeof value === 'string' && value.trim() === '' ? NaN : Number(value);
	if (Number.isFinite(number)) return number;
	throw new ParameterError(label, `is ${show(value)}, not a number`, 'Write it like 1250.50.');
}

function asBoolean(value: unknown, label: string): boolean {
	const word = asText(value, label).trim().toLowerCase();
	if (/^(true|yes|1)$/.test(word)) return true;
	if (/^(false|no|0)$/.test(word)) return false;
	throw new ParameterError(label, `is ${show(value)}, not true or false`);
}

function asTime(value: unknown, label: string, timezone: string): string {
	const time = parseTime(value, timezone);
	if (time !== undefined) return time;
	throw new ParameterError(
		label,
		`is ${show(value)}, which is no date and time`,
		'Enter it like 2026-03-31T08:00:00.',
	);
}

/** Noon is on the same day in nearly every time zone; midnight would be the day before in America. */
function asDate(value: unknown, label: string, timezone: string): string {
	const day =
		typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value.trim())
			? value.trim()
			: inZone(asTime(value, label, timezone), timezone).slice(0, 10);
	return `${day}T12:00:00Z`;
}

function asChoice(value: string, { choice }: ColumnDefinition, label: string): string {
	const choices = choice?.choices ?? [];
	const known = choices.find((each) => each === value);
	if (known !== undefined || choice?.allowTextEntry || choices.length === 0) return value;
	throw new ParameterError(label, `has no choice ${show(value)}`, `It has: ${choices.join('; ')}.`);
}

/** Semicolons and lines part values; commas too, unless a choice has one in its text. */
function listOf(value: unknown, choices: readonly string[]): unknown[] {
	if (Array.isArray(value)) return value;
	if (typeof value !== 'string') return [value];
	if (choices.includes(value)) return [value];
	const separators = choices.some((choice) => choice.includes(',')) ? /[;\r\n]+/ : /[;,\r\n]+/;
	return value
		.split(separators)
		.map((part) => part.trim())
		.filter((part) => part !== '');
}

function asLink(value: unknown, label: string): { Url: string; Description: string } {
	const [url, description] =
		typeof value === 'object' && value !== null
			? [pick(value, 'Url'), pick(value, 'Description')]
			: split(asText(value, label));
	if (!URL.canParse(url ?? '')) {
		throw new ParameterError(
			label,
			`is ${show(value)}, which is no web address`,
			'Write it like https://contoso.com, or with a text behind a comma and a space.',
		);
	}
	return { Url: url ?? '', Description: description || (url ?? '') };
}

function pick(value: object, name: string): string | undefined {
	const found = Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase());
	return typeof found?.[1] === 'string' ? found[1] : undefined;
}

function split(text: string): [string, string | undefined] {
	const [, url = text, description] = /^(\S+?),\s+(.+)$/s.exec(text.trim()) ?? [];
	return [url.trim(), description];
}

async function referTo(
	place: FieldPlace,
	column: ColumnDefinition,
	value: unknown,
	label: string,
): Promise<number> {
	const { graph, site } = place;
	// As Graph answers people and lookups, so that what was read can be written.
	const told = typeof value === 'object' && value !== null ? pickId(value) : value;
	const text = asText(told, label).trim();
	if (text === '') throw new ParameterError(label, 'has an empty value');
	if (column.personOrGroup) return await personLookupId(graph, site, text, label);
	return /^\d+$/.test(text) ? Number(text) : await lookupByText(place, column, text, label);
}

function pickId(value: object): unknown {
	return 'LookupId' in value ? value.LookupId : pick(value, 'Email');
}

/** The item of the other list that shows this text. */
async function lookupByText(
	{ graph, site }: FieldPlace,
	{ lookup }: ColumnDefinition,
	text: string,
	label: string,
): Promise<number> {
	const { listId, columnName = 'Title' } = lookup ?? {};
	return await oncePerClient(graph, `lookup ${site} ${listId ?? ''} ${text}`, async () => {
		const { value } = await graph.request<{ value: ListItem[] }>({
			method: 'GET',
			path: path`/sites/${site}/lists/${listId ?? ''}/items`,
			headers: withoutIndex,
			query: {
				$filter: `fields/${columnName ?? 'Title'} eq ${textLiteral(text)}`,
				$select: 'id',
				$top: 2,
			},
		});
		const [first, ...others] = value;
		if (first?.id !== undefined && others.length === 0) return Number(first.id);
		throw new ParameterError(
			label,
			`${first ? 'several items' : 'no item'} of the list that it looks up ${first ? 'are' : 'is'} called "${text}"`,
			"Give the item's ID instead of its text.",
		);
	});
}
