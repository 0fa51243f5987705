import { badRequest } from '../refused';
import type { GraphCall } from '../server/call';
import { pathsOf } from './expression';
import { compareValues, matches, valueAt, type Entity, type EvaluateOptions } from './evaluate';
import type { ODataQuery } from './query';

export interface CollectionRules extends EvaluateOptions {
	readonly defaultPage: number;
	readonly largestPage: number;
	/** Properties that only come when they are selected. */
	readonly onRequest?: readonly string[];
}

export interface CollectionSource<T> {
	readonly items: readonly T[];
	/** The entity with every property that can be filtered, sorted or selected. */
	readonly view: (item: T) => Entity;
	/** What can be filtered and sorted without making views, which a large mailbox has many of. */
	readonly stored?: { readonly names: ReadonlySet<string>; readonly of: (item: T) => Entity };
	/** What `$expand` adds to an item of the page. */
	readonly expand?: (item: T) => Entity;
}

export interface CollectionPage {
	readonly '@odata.count'?: number;
	readonly '@odata.nextLink'?: string;
	readonly value: readonly Entity[];
}

/** Applies `$filter`, `$orderby`, `$count`, paging, `$select` and `$expand`, in OData's order. */
export function answerCollection<T>(
	call: GraphCall,
	source: CollectionSource<T>,
	rules: CollectionRules,
): CollectionPage {
	const { query } = call.target;
	const pageSize = pageSizeOf(call, rules);
	const skip = query.skipToken === undefined ? (query.skip ?? 0) : readSkipToken(query.skipToken);
	const found = filterAndSort(source, query, rules);
	const page = found.slice(skip, skip + pageSize);
	return {
		...(query.count === true && { '@odata.count': found.length }),
		value: page.map(({ item, view }) => ({
			...selectFrom(view(), query, rules),
			...source.expand?.(item),
		})),
		...(skip + pageSize < found.length && {
			'@odata.nextLink': nextLink(call, skip + pageSize, pageSize),
		}),
	};
}

/** How many items pass `$filter`, for `/$count`. */
export function countCollection<T>(
	source: CollectionSource<T>,
	query: ODataQuery,
	rules: CollectionRules,
): number {
	return filterAndSort(source, query, rules).length;
}

interface Found<T> {
	readonly item: T;
	readonly view: () => Entity;
}

function filterAndSort<T>(
	source: CollectionSource<T>,
	{ filter, orderby }: ODataQuery,
	rules: CollectionRules,
): Array<Found<T>> {
	// Views are made when needed: a page of a large mailbox needs few of them.
	let found = source.items.map((item): Found<T> => {
		let made: Entity | undefined;
		return { item, view: () => (made ??= source.view(item)) };
	});
	const { stored } = source;
	const paths = [
		...(filter === undefined ? [] : pathsOf(filter)),
		...(orderby ?? []).map(({ path }) => path),
	];
	const isStored = stored && paths.every((path) => stored.names.has(path.split('/')[0] ?? path));
	const entityOf = ({ item, view }: Found<T>): Entity => (isStored ? stored.of(item) : view());
	if (filter !== undefined) {
		found = found.filter((each) => matches(filter, entityOf(each), rules));
	}
	if (orderby !== undefined) {
		const keys = orderby.map(({ path, descending }) => ({
			segments: path.split('/'),
			sign: descending ? -1 : 1,
		}));
		found.sort((left, right) => {
			for (const { segments, sign } of keys) {
				const order =
					compareValues(valueAt(entityOf(left), segments), valueAt(entityOf(right), segments)) ?? 0;
				if (order !== 0) return order * sign;
			}
			return 0;
		});
	}
	return found;
}

export function pageSizeOf({ target, preferences }: GraphCall, rules: CollectionRules): number {
	const { top } = target.query;
	if (top !== undefined && top > rules.largestPage) {
		throw badRequest(
			`The limit of '${rules.largestPage}' for Top query has been exceeded. ` +
				`The value from the incoming request is '${top}'.`,
		);
	}
	if (top === 0) throw badRequest('$top must be at least 1.');
	const preferred = preferences.maxPageSize;
	return top ?? Math.min(preferred ?? rules.defaultPage, rules.largestPage);
}

/** Only what `$select` names (and the id, which Graph always gives), or all but what is on request. */
export function selectFrom(
	entity: Entity,
	{ select }: ODataQuery,
	{ onRequest = [] }: Pick<CollectionRules, 'onRequest'> = {},
): Entity {
	const isAnnotation = (name: string): boolean => name.startsWith('@');
	if (select === undefined || select.includes('*')) {
		return Object.fromEntries(Object.entries(entity).filter(([name]) => !onRequest.includes(name)));
	}
	const wanted = new Set(['id', ...select.map((path) => path.split('/').at(-1) ?? path)]);
	const tops = new Set(select.map((path) => path.split('/').at(0) ?? path));
	return Object.fromEntries(
		Object.entries(entity).filter(
			([name]) => isAnnotation(name) || wanted.has(name) || tops.has(name),
		),
	);
}

function nextLink(call: GraphCall, skip: number, pageSize: number): string {
	const url = new URL(call.origin + call.url);
	const isSearch = call.target.query.search !== undefined;
	for (const name of [...url.searchParams.keys()]) {
		if (/^\$?(skip|skiptoken|top)$/i.test(name)) url.searchParams.delete(name);
	}
	url.searchParams.set('$top', String(pageSize));
	if (isSearch) url.searchParams.set('$skiptoken', writeSkipToken(skip));
	else url.searchParams.set('$skip', String(skip));
	return url.toString();
}

function writeSkipToken(skip: number): string {
	return Buffer.from(JSON.stringify({ skip })).toString('base64url');
}

function readSkipToken(token: string): number {
	try {
		const { skip } = JSON.parse(Buffer.from(token, 'base64url').toString('utf8')) as {
			skip?: unknown;
		};
		if (typeof skip === 'number') return skip;
	} catch {
		// Told below.
	}
	throw badRequest('The skip token is invalid.', 'InvalidSkipToken');
}
