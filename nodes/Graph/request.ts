import type { CloudProfile } from '../../core/clouds';
import type { GraphQuery, GraphRequest, GraphVersion } from '../../core/graph/types';
import { typedPath, TypedPathError } from '../../core/graph/typedPath';
import type { HttpMethod } from '../../core/http/types';
import { ParameterError } from '../kit/field';

export const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const satisfies HttpMethod[];

interface NameAndValue {
	readonly name?: string;
	readonly value?: string;
}

interface TypedRequest {
	readonly method: HttpMethod;
	readonly path: string;
	readonly version: GraphVersion;
	readonly query?: readonly NameAndValue[];
	readonly headers?: readonly NameAndValue[] | undefined;
	readonly repeatable?: boolean | undefined;
}

/**
 * A request as the user wrote it, for the connection's own Graph.
 * @throws {ParameterError} for a path or header that can't be sent
 */
export function readRequest(typed: TypedRequest, cloud: CloudProfile): GraphRequest {
	const { method, query = [], headers = [], repeatable } = typed;
	const { path, query: inPath, version = typed.version } = readPath(typed.path, cloud);
	return {
		method,
		path,
		version,
		query: { ...inPath, ...named(query) },
		headers: readHeaders(headers),
		...(repeatable !== undefined && { repeatable }),
	};
}

function readPath(text: string, { graphOrigin }: CloudProfile): ReturnType<typeof typedPath> {
	try {
		return typedPath(text, new URL(graphOrigin).origin);
	} catch (error) {
		if (!(error instanceof TypedPathError)) throw error;
		throw new ParameterError('Path', error.message, error.nextStep);
	}
}

/** What the connection itself sends. */
const ownHeaders = new Set(['authorization', 'host', 'content-length', 'cookie', 'connection']);

function readHeaders(rows: readonly NameAndValue[]): Record<string, string> {
	const headers = named(rows) as Record<string, string>;
	for (const [name, value] of Object.entries(headers)) {
		if (ownHeaders.has(name.toLowerCase())) {
			throw new ParameterError('Headers', `${name} is set by the connection`, 'Take it out.');
		}
		if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || /[\r\n\0]/.test(value)) {
			throw new ParameterError('Headers', `"${name}" can't be sent`, 'Check its name and value.');
		}
	}
	return headers;
}

function named(rows: readonly NameAndValue[]): GraphQuery {
	return Object.fromEntries(
		rows
			.filter(({ name = '' }) => name.trim() !== '')
			.map(({ name = '', value = '' }) => [name.trim(), value]),
	);
}
