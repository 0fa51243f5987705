import { badRequest } from '../refused';
import { splitOutside } from '../odata/query';
import { collectionOf, elementType, isCollection, type OperationModel } from './model';
import type { TypeIndex } from './typeIndex';

/** One part of a path, with what Graph takes it for. */
export type Segment =
	| { readonly kind: 'member'; readonly name: string }
	| { readonly kind: 'key'; readonly value: string }
	| { readonly kind: 'cast'; readonly type: string }
	/** `:/Folder/File.txt:` after a drive item or a site. */
	| { readonly kind: 'itemPath'; readonly value: string }
	| {
			readonly kind: 'operation';
			readonly operation: OperationModel;
			readonly arguments: Readonly<Record<string, string>>;
	  }
	| { readonly kind: 'special'; readonly name: '$value' | '$count' | '$ref' };

export interface ResolvedPath {
	readonly segments: readonly Segment[];
	/** What the path points at; `undefined` after an action that returns nothing. */
	readonly type: string | undefined;
}

const pathAddressable = new Set(['microsoft.graph.driveItem', 'microsoft.graph.site']);

/**
 * Walks a path below `/v1.0` through the types.
 *
 * @param path still encoded, without the version and the query
 * @throws {RefusedError} Graph's 400 for the first segment that isn't there
 */
export function resolvePath(index: TypeIndex, path: string): ResolvedPath {
	const raw = splitOutside(path, '/').filter((segment) => segment !== '');
	const walk: Walk = { index, segments: [], type: undefined };
	for (let position = 0; position < raw.length; position += 1) {
		let text = raw[position] ?? '';
		const opensItemPath = text.endsWith(':');
		if (opensItemPath) text = text.slice(0, -1);
		if (position === 0) enterRoot(walk, text);
		else step(walk, text);
		if (!opensItemPath) continue;
		if (walk.type === undefined || !pathAddressable.has(walk.type)) throw notFound(raw[position]);
		const parts: string[] = [];
		for (position += 1; position < raw.length; position += 1) {
			const part = raw[position] ?? '';
			parts.push(decode(part.replace(/:$/, '')));
			if (part.endsWith(':')) break;
		}
		walk.segments.push({ kind: 'itemPath', value: parts.join('/') });
	}
	if (walk.segments.length === 0) throw notFound('');
	return { segments: walk.segments, type: walk.type };
}

interface Walk {
	readonly index: TypeIndex;
	readonly segments: Segment[];
	type: string | undefined;
}

function enterRoot(walk: Walk, text: string): void {
	const [name, key] = splitKey(text);
	const root = Object.entries(walk.index.model.roots).find(
		([each]) => each.toLowerCase() === name.toLowerCase(),
	);
	if (root === undefined) throw notFound(name);
	walk.segments.push({ kind: 'member', name: root[0] });
	walk.type = root[1];
	if (key !== undefined) enterKey(walk, key);
}

function step(walk: Walk, text: string): void {
	if (walk.type === undefined) throw notFound(text);
	if (text === '$value' || text === '$count' || text === '$ref') {
		walk.segments.push({ kind: 'special', name: text });
		walk.type = text === '$count' ? 'Edm.Int32' : 'Edm.Stream';
		return;
	}
	const decoded = decode(text);
	if (enterOperation(walk, text, walk.type)) return;
	const cast = decoded.includes('.') ? walk.index.canonicalName(decoded) : undefined;
	if (cast !== undefined && walk.index.isA(cast, elementType(walk.type))) {
		walk.segments.push({ kind: 'cast', type: cast });
		walk.type = isCollection(walk.type) ? collectionOf(cast) : cast;
		return;
	}
	if (isCollection(walk.type)) {
		// Otherwise `messages/delta` would be the message "delta" in a cloud without that function.
		if (walk.index.isCollectionFunction(decoded)) throw notFound(decoded);
		enterKey(walk, decoded);
		return;
	}
	const [name, key] = splitKey(text);
	const member = walk.index.members(walk.type).get(decode(name).toLowerCase());
	if (member === undefined) throw notFound(decode(name));
	walk.segments.push({ kind: 'member', name: member.name });
	walk.type = member.type;
	if (key !== undefined) enterKey(walk, key);
}

function enterKey(walk: Walk, value: string): void {
	const type = walk.type;
	if (type === undefined || !isCollection(type) || !walk.index.isEntity(elementType(type))) {
		throw notFound(value);
	}
	walk.segments.push({ kind: 'key', value });
	walk.type = elementType(type);
}

/** `move`, `delta`, `delta()`, `delta(token='…')`, `microsoft.graph.delta(…)` */
function enterOperation(walk: Walk, text: string, on: string): boolean {
	const [, name = '', list] = /^([\w.]+)(?:\((.*)\))?$/s.exec(decode(text)) ?? [];
	const overloads = walk.index.operations(name.replace(/^(microsoft\.)?graph\./i, ''), on);
	if (overloads.length === 0) return false;
	const given = parseArguments(list ?? '');
	const names = Object.keys(given).map((each) => each.toLowerCase());
	const operation = overloads.find((each) =>
		each.kind === 'action'
			? list === undefined
			: sameNames(
					names,
					each.parameters.map((parameter) => parameter.name.toLowerCase()),
				),
	);
	if (operation === undefined) throw notFound(text);
	walk.segments.push({ kind: 'operation', operation, arguments: given });
	walk.type = operation.returns ?? (operation.kind === 'function' ? on : undefined);
	return true;
}

function sameNames(left: readonly string[], right: readonly string[]): boolean {
	return left.length === right.length && left.every((name) => right.includes(name));
}

function parseArguments(list: string): Record<string, string> {
	if (list === '') return {};
	return Object.fromEntries(
		splitOutside(list, ',').map((argument) => {
			const equals = argument.indexOf('=');
			return [argument.slice(0, equals).trim(), unquote(argument.slice(equals + 1).trim())];
		}),
	);
}

/** `messages('id')` → `messages`, `id` */
function splitKey(text: string): [name: string, key: string | undefined] {
	const [, name, key] = /^([^(]+)\('(.*)'\)$/s.exec(decode(text)) ?? [];
	return name === undefined || key === undefined
		? [text, undefined]
		: [name, key.replaceAll("''", "'")];
}

function unquote(value: string): string {
	return /^'.*'$/s.test(value) ? value.slice(1, -1).replaceAll("''", "'") : value;
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		throw badRequest('Bad Request - Invalid URL');
	}
}

function notFound(segment: string | undefined): Error {
	return badRequest(`Resource not found for the segment '${segment ?? ''}'.`);
}
