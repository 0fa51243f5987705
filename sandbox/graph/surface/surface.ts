import { parseQuery, type ODataQuery } from '../odata/query';
import { badRequest, RefusedError } from '../refused';
import { checkBody, checkParameters } from './checkBody';
import { checkQuery } from './checkQuery';
import { loadModel, type SandboxCloud, type SurfaceLog } from './load';
import { elementType, isCollection, type OperationModel, type SurfaceModel } from './model';
import { resolvePath, type ResolvedPath, type Segment } from './resolve';
import { TypeIndex } from './typeIndex';

export interface SurfaceRequest {
	readonly method: string;
	/** Absolute, or from `/v1.0` on, or below it. */
	readonly url: string;
	/** Parsed JSON. Leave it out for other content, e.g. MIME or bytes: it isn't checked. */
	readonly body?: unknown;
}

/** What a request that Graph understands is about. */
export interface RequestTarget {
	readonly segments: readonly Segment[];
	readonly type: string | undefined;
	readonly isCollection: boolean;
	readonly operation: OperationModel | undefined;
	readonly query: ODataQuery;
}

export type SurfaceVerdict =
	| { readonly ok: true; readonly target: RequestTarget }
	| { readonly ok: false; readonly error: RefusedError };

export interface Surface {
	readonly cloud: SandboxCloud;
	readonly model: SurfaceModel;
	readonly types: TypeIndex;
	/** Never throws for a request that Graph would refuse. */
	check(request: SurfaceRequest): SurfaceVerdict;
}

const loaded = new Map<SandboxCloud, Surface>();

/**
 * What a cloud's Graph v1.0 understands; read once a process. Says through `log` where it comes
 * from; by default only when that isn't Microsoft's metadata.
 */
export function loadSurface(cloud: SandboxCloud, log?: SurfaceLog): Surface {
	const known = loaded.get(cloud);
	if (known !== undefined) return known;
	const surface = createSurface(cloud, loadModel(cloud, log));
	loaded.set(cloud, surface);
	return surface;
}

export function createSurface(cloud: SandboxCloud, model: SurfaceModel): Surface {
	const types = new TypeIndex(model);
	return {
		cloud,
		model,
		types,
		check: (request) => {
			try {
				return { ok: true, target: checkRequest(types, request) };
			} catch (error) {
				if (error instanceof RefusedError) return { ok: false, error };
				throw error;
			}
		},
	};
}

function checkRequest(types: TypeIndex, request: SurfaceRequest): RequestTarget {
	const { path, query: entries } = splitUrl(request.url);
	const resolved = resolvePath(types, path);
	const query = parseQuery(entries);
	const last = resolved.segments.at(-1);
	const operation = last?.kind === 'operation' ? last.operation : undefined;
	const method = request.method.toUpperCase();
	if (!allowedMethods(types, resolved, last).includes(method)) throw methodNotAllowed();
	checkQuery(types, resolved, query);
	if (request.body !== undefined && request.body !== null) {
		if (operation?.kind === 'action') checkParameters(types, operation, request.body);
		else if (
			/^(POST|PATCH)$/.test(method) &&
			resolved.type !== undefined &&
			last?.kind !== 'special'
		) {
			checkBody(types, elementType(resolved.type), request.body);
		}
	}
	return {
		segments: resolved.segments,
		type: resolved.type,
		isCollection: resolved.type !== undefined && isCollection(resolved.type),
		operation,
		query,
	};
}

const specialMethods = {
	$count: ['GET'],
	$value: ['GET', 'PUT', 'PATCH'],
	$ref: ['GET', 'POST', 'PUT', 'DELETE'],
} as const;

function allowedMethods(
	types: TypeIndex,
	{ type, segments }: ResolvedPath,
	last: Segment | undefined,
): readonly string[] {
	if (last?.kind === 'operation') return [last.operation.kind === 'action' ? 'POST' : 'GET'];
	if (last?.kind === 'special') return specialMethods[last.name];
	if (type === undefined) return [];
	if (type === 'Edm.Stream') return ['GET', 'PUT', 'PATCH', 'DELETE'];
	if (isCollection(type)) return types.isEntity(elementType(type)) ? ['GET', 'POST'] : ['GET'];
	if (types.isEntity(type)) {
		// A drive item's children can be addressed by path, where a PUT of content makes them.
		return segments.length === 1 ? ['GET', 'PATCH'] : ['GET', 'PATCH', 'PUT', 'DELETE'];
	}
	return types.type(type) === undefined ? ['GET'] : ['GET', 'PATCH'];
}

function methodNotAllowed(): RefusedError {
	return new RefusedError(
		405,
		'Request_BadRequest',
		'Specified HTTP method is not allowed for the request target.',
	);
}

function splitUrl(url: string): { path: string; query: Array<[string, string]> } {
	const [, rest = ''] = /^(?:https?:\/\/[^/]+)?(?:\/?v1\.0(?=\/|\?|$))?(.*)$/s.exec(url) ?? [];
	const mark = rest.indexOf('?');
	const path = mark < 0 ? rest : rest.slice(0, mark);
	if (path.includes('#')) throw badRequest('Bad Request - Invalid URL');
	const query = mark < 0 ? '' : rest.slice(mark + 1);
	return { path, query: [...new URLSearchParams(query)] };
}
