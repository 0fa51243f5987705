import { badRequest } from '../refused';
import type { Expression } from './expression';
import { parseFilter } from './parseFilter';

export interface OrderBy {
	readonly path: string;
	readonly descending: boolean;
}

export interface Expansion {
	/** A navigation property, or `type.cast/navigation`. */
	readonly path: string;
	readonly query: ODataQuery;
}

/** The query options of a request, parsed; names and types are checked by the surface. */
export interface ODataQuery {
	readonly select?: readonly string[];
	readonly expand?: readonly Expansion[];
	readonly filter?: Expression;
	readonly orderby?: readonly OrderBy[];
	readonly search?: string;
	readonly top?: number;
	readonly skip?: number;
	readonly count?: boolean;
	readonly skipToken?: string;
	readonly deltaToken?: string;
	/** What isn't OData's own: `includeHiddenFolders`, `changeType`, `startDateTime` … */
	readonly custom: Readonly<Record<string, string>>;
}

const systemOptions = [
	'$select',
	'$expand',
	'$filter',
	'$orderby',
	'$search',
	'$top',
	'$skip',
	'$count',
	'$format',
	'$skiptoken',
	'$deltatoken',
] as const;
type SystemOption = (typeof systemOptions)[number];

/** @throws {RefusedError} Graph's 400 for what can't be parsed or is given twice. */
export function parseQuery(entries: Iterable<readonly [string, string]>): ODataQuery {
	const custom: Record<string, string> = {};
	const given = new Map<SystemOption, string>();
	for (const [name, value] of entries) {
		const option = systemOption(name);
		if (option === undefined) {
			if (name.startsWith('$')) {
				throw badRequest(`The query parameter '${name}' is not supported.`);
			}
			custom[name] = value;
		} else if (given.has(option)) {
			throw badRequest(`Query option '${option}' was specified more than once.`);
		} else {
			given.set(option, value);
		}
	}
	const option = <T>(name: SystemOption, parse: (value: string) => T): T | undefined => {
		const value = given.get(name);
		return value === undefined ? undefined : parse(value);
	};
	const parsed = {
		select: option('$select', names),
		expand: option('$expand', parseExpand),
		filter: option('$filter', parseFilter),
		orderby: option('$orderby', parseOrderBy),
		search: option('$search', (value) => value),
		top: option('$top', (value) => wholeNumber('$top', value)),
		skip: option('$skip', (value) => wholeNumber('$skip', value)),
		count: option('$count', parseCount),
		skipToken: option('$skiptoken', (value) => value),
		deltaToken: option('$deltatoken', (value) => value),
	};
	return { ...(Object.fromEntries(Object.entries(parsed).filter(isGiven)) as object), custom };
}

function isGiven([, value]: [string, unknown]): boolean {
	return value !== undefined;
}

/** Graph takes the options in any case, and with or without the dollar sign. */
function systemOption(name: string): SystemOption | undefined {
	const lower = name.toLowerCase();
	// `search` without a dollar is an option of its own on sites.
	if (lower === 'search') return undefined;
	return systemOptions.find((option) => option === lower || option === `$${lower}`);
}

function names(value: string): string[] {
	const list = value.split(',').map((name) => name.trim());
	if (list.some((name) => name === '')) {
		throw badRequest(`Parsing OData Select and Expand failed: Term '${value}' is not valid.`);
	}
	return list;
}

function wholeNumber(option: string, value: string): number {
	if (/^\d+$/.test(value)) return Number(value);
	throw badRequest(
		`Invalid value '${value}' for ${option} query option found. ` +
			`The ${option} query option requires a non-negative integer value.`,
	);
}

function parseCount(value: string): boolean {
	if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
	throw badRequest(`Invalid value '${value}' for $count query option found.`);
}

function parseOrderBy(value: string): OrderBy[] {
	return names(value).map((term) => {
		const [, path, direction] = /^(\S+)(?:\s+(asc|desc))?$/i.exec(term) ?? [];
		if (path === undefined) throw badRequest(`Syntax error in '${value}'.`);
		return { path, descending: direction?.toLowerCase() === 'desc' };
	});
}

/** `attachments($select=id,name),singleValueExtendedProperties($filter=id eq 'x')` */
function parseExpand(value: string): Expansion[] {
	return splitOutside(value, ',').map((item) => {
		const [, path, inner] = /^\s*([\w./]+)\s*(?:\((.*)\))?\s*$/s.exec(item) ?? [];
		if (path === undefined) {
			throw badRequest(`Parsing OData Select and Expand failed: Term '${item}' is not valid.`);
		}
		const options = inner === undefined ? [] : splitOutside(inner, ';');
		return {
			path,
			query: parseQuery(
				options.map((option) => {
					const equals = option.indexOf('=');
					return [option.slice(0, equals).trim(), option.slice(equals + 1)] as const;
				}),
			),
		};
	});
}

/** Splits at a character, but not inside brackets or quotes. */
export function splitOutside(text: string, separator: string): string[] {
	const parts: string[] = [];
	let depth = 0;
	let isQuoted = false;
	let part = '';
	for (const character of text) {
		if (character === "'") isQuoted = !isQuoted;
		if (!isQuoted && character === '(') depth += 1;
		if (!isQuoted && character === ')') depth -= 1;
		if (character === separator && depth === 0 && !isQuoted) {
			parts.push(part);
			part = '';
		} else {
			part += character;
		}
	}
	return [...parts, part];
}
