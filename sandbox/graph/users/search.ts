import { badRequest } from '../refused';
import type { Entity } from '../odata/evaluate';
import type { GraphCall } from '../server/call';

/** learn.microsoft.com/graph/aad-advanced-queries */
export function requireIndexHeader({ target, headers }: GraphCall): void {
	const { search, count } = target.query;
	const isCast = target.segments.some(({ kind }) => kind === 'cast');
	if (headers['consistencylevel'] === 'eventual') {
		if (isCast && count !== true) throw needsIndex('$count=true');
		return;
	}
	if (search !== undefined) throw needsIndex("the header 'ConsistencyLevel: eventual'");
	if (count === true || isCast) throw needsIndex("the header 'ConsistencyLevel: eventual'");
}

const needsIndex = (what: string) =>
	badRequest(`This query works on the index only, with ${what}.`, 'Request_UnsupportedQuery');

/** `"displayName:ana" OR "mail:ana"`: words of the property begin with the text. */
export function searched(items: readonly Entity[], search: string | undefined): readonly Entity[] {
	if (search === undefined) return items;
	const clauses = search.split(/ OR /).map((clause) => {
		const [, property = '', text = ''] = /^"(\w+):(.*)"$/.exec(clause.trim()) ?? [];
		if (property === '') {
			throw badRequest(`Syntax error: '${clause}' in '$search'.`, 'Request_UnsupportedQuery');
		}
		return { property, text: text.toLowerCase() };
	});
	return items.filter((item) =>
		clauses.some(({ property, text }) => {
			const value = item[property];
			if (typeof value !== 'string') return false;
			const words = value.toLowerCase();
			return words.startsWith(text) || words.split(/\W+/).some((word) => word.startsWith(text));
		}),
	);
}
