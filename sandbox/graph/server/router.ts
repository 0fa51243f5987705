import type { RequestTarget } from '../surface/surface';
import type { GraphService, Route } from './call';

export interface MatchedRoute {
	readonly route: Route;
	readonly keys: readonly string[];
}

/** Where a target's data lies: `me`, `users/{key}` or outside of any user. */
export function ownerKey(target: RequestTarget): 'me' | { readonly key: string } | undefined {
	const [root, key] = target.segments;
	if (root?.kind !== 'member') return undefined;
	if (root.name === 'me') return 'me';
	return root.name === 'users' && key?.kind === 'key' ? { key: key.value } : undefined;
}

/** Finds routes by the shape of the path: method and segments, with keys taken out. */
export class Router {
	readonly #routes: ReadonlyMap<string, Route>;

	constructor(services: readonly GraphService[]) {
		this.#routes = new Map(
			services.flatMap(({ routes }) =>
				routes.map((route) => [`${route.method} ${route.path}`, route] as const),
			),
		);
	}

	match(method: string, target: RequestTarget): MatchedRoute | undefined {
		const { template, keys } = shapeOf(target);
		const route = this.#routes.get(`${method} ${template}`);
		return route === undefined ? undefined : { route, keys };
	}
}

/** A target's path with `*` for its keys, and `mailbox` for `me` and `users/{id}`. */
export function shapeOf(target: RequestTarget): { template: string; keys: string[] } {
	const names: string[] = [];
	const keys: string[] = [];
	for (const segment of target.segments) {
		switch (segment.kind) {
			case 'member':
				names.push(segment.name);
				break;
			case 'key':
				names.push('*');
				keys.push(segment.value);
				break;
			case 'itemPath':
				names.push(':');
				keys.push(segment.value);
				break;
			case 'operation':
				names.push(segment.operation.name);
				break;
			case 'special':
				names.push(segment.name);
				break;
			// A cast says which of several types is meant; the route is the same.
			case 'cast':
		}
		// A folder is addressed by its own id; those of its parents only have to be there.
		if (names.slice(-4).join('/') === 'mailFolders/*/childFolders/*') {
			names.splice(-2);
			keys.splice(-2, 1);
		}
	}
	const owner = ownerKey(target);
	if (owner === undefined) return { template: names.join('/'), keys };
	if (owner === 'me') names.splice(0, 1, 'mailbox');
	else {
		names.splice(0, 2, 'mailbox');
		keys.shift();
	}
	return { template: names.join('/'), keys };
}
