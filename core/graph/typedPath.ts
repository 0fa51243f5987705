import { assertOwnLink } from './links';
import { GraphPath } from './path';
import type { GraphQuery, GraphVersion } from './types';

/** What somebody typed as a path isn't one. Its message completes "Path: …". */
export class TypedPathError extends Error {
	override readonly name = 'TypedPathError';

	constructor(
		message: string,
		readonly nextStep: string,
	) {
		super(message);
	}
}

export interface TypedPath {
	readonly path: GraphPath;
	/** What followed the question mark, decoded. */
	readonly query: GraphQuery;
	/** Where the text names one. */
	readonly version?: GraphVersion;
}

/**
 * A path as Microsoft's pages show it, e.g. `/me/messages?$top=5`, or the whole address of one at
 * the credential's own Graph, such as a `nextLink`. What is encoded stays so; the rest is encoded.
 *
 * @throws {TypedPathError} for what would lead elsewhere than it looks
 * @throws {ForeignLinkError} for the address of another host
 */
export function typedPath(text: string, graphOrigin: string): TypedPath {
	const typed = text.trim();
	const isAddress = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed);
	if (isAddress) assertOwnLink(typed, graphOrigin);
	const below = isAddress ? typed.replace(/^[^:]+:\/\/[^/?#]*/, '') : typed;
	const [rawPath = '', ...queryParts] = below.split('?');
	const segments = rawPath.split('/').filter((segment) => segment !== '');
	const version = versionOf(segments[0]);
	if (version) segments.shift();
	if (segments.length === 0) {
		throw new TypedPathError(
			'it is empty',
			'Enter what follows the version in the address, such as /me/messages.',
		);
	}
	return {
		path: GraphPath.of(`/${segments.map(encodeSegment).join('/')}`),
		query: readQuery(queryParts.join('?')),
		...(version && { version }),
	};
}

function versionOf(segment: string | undefined): GraphVersion | undefined {
	return segment === 'v1.0' || segment === 'beta' ? segment : undefined;
}

/** Characters that a path may have as they are, `%` before two hexadecimal digits included. */
const toEncode = /%(?![0-9a-f]{2})|[^a-z0-9\-._~!$&'()*+,;=:@%]/giu;

function encodeSegment(segment: string): string {
	if (/^(\.|%2e){1,2}$/i.test(segment)) {
		throw new TypedPathError(
			`it has the part "${segment}"`,
			'That would lead to another path than the one that is written there.',
		);
	}
	try {
		return segment.replace(toEncode, encodeURIComponent);
	} catch {
		throw new TypedPathError(
			'it has a character that is none',
			'Half of a symbol of two parts, such as an emoji, is missing.',
		);
	}
}

function readQuery(text: string): GraphQuery {
	const pairs = text
		.split('&')
		.filter((pair) => pair !== '')
		.map((pair): [string, string] => {
			const [name = '', ...value] = pair.split('=');
			return [decoded(name), decoded(value.join('='))];
		});
	return Object.fromEntries(pairs);
}

/** As typed by hand: a plus is a plus, and what isn't encoded well is meant as it stands. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
