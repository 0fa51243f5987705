/**
 * A path below Graph's version that is safe by construction: it can only be made by the `path` tag,
 * so each value in it was encoded exactly once, or by `typedPath`, which checks what a user wrote.
 */
export class GraphPath {
	// Private, so that no look-alike object passes for a path.
	readonly #value: string;

	private constructor(value: string) {
		this.#value = value;
	}

	toString(): string {
		return this.#value;
	}

	/** @internal The tag below and `typedPath` are the only callers. */
	static of(value: string): GraphPath {
		return new GraphPath(value);
	}
}

/** A value inside an OData function call or key predicate, e.g. `delta(token='…')`: quotes are doubled. */
export class ODataLiteral {
	constructor(readonly value: string) {}
}

export const odata = (value: string): ODataLiteral => new ODataLiteral(value);

/** Names of nested folders and files, for addresses like `root:/Invoices/2026:`. */
export class NamePath {
	constructor(readonly names: readonly string[]) {}
}

/**
 * Builds a Graph path: each string becomes one encoded segment, a `GraphPath` is taken as it is.
 *
 * @example path`${mailbox}/messages/${id}/move`
 * @throws {TypeError} for an empty value or one that is only dots, which would change the path's meaning.
 */
export function path(
	texts: TemplateStringsArray,
	...values: ReadonlyArray<string | GraphPath | ODataLiteral | NamePath>
): GraphPath {
	let result = texts[0] ?? '';
	values.forEach((value, index) => {
		result += encode(value) + (texts[index + 1] ?? '');
	});
	return GraphPath.of(result);
}

function encode(value: string | GraphPath | ODataLiteral | NamePath): string {
	if (value instanceof GraphPath) return value.toString();
	if (value instanceof NamePath) return value.names.map(encodeName).join('/');
	if (value instanceof ODataLiteral) {
		return encodeURIComponent(value.value.replaceAll("'", "''"));
	}
	if (/^\.*$/.test(value)) {
		throw new TypeError(`A path segment can't be ${value === '' ? 'empty' : `"${value}"`}`);
	}
	return encodeURIComponent(value);
}

/** Graph's parser takes quotes and brackets in a path for OData's own, so those are encoded too. */
function encodeName(name: string): string {
	return encode(name).replaceAll(
		/['()!*]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
	);
}
