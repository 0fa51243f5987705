import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { driveOperations } from './driveOperations';
import {
	collectionOf,
	elementType,
	isCollection,
	type OperationModel,
	type ParameterModel,
	type SurfaceModel,
} from './model';
import { publishedTypeName, readPublishedTypes, type PublishedTypes } from './publishedTypes';

/** The roots that the published request builders start from; their types aren't in the URI templates. */
const roots = {
	me: 'microsoft.graph.user',
	users: 'Collection(microsoft.graph.user)',
	groups: 'Collection(microsoft.graph.group)',
	drives: 'Collection(microsoft.graph.drive)',
	sites: 'Collection(microsoft.graph.site)',
	shares: 'Collection(microsoft.graph.sharedDriveItem)',
	subscriptions: 'Collection(microsoft.graph.subscription)',
	teams: 'Collection(microsoft.graph.team)',
} as const;

/** Which types take further properties isn't published. These are what files and list items need. */
const openTypes = [
	'microsoft.graph.fieldValueSet',
	'microsoft.graph.driveItem',
	'microsoft.graph.thumbnailSet',
];

/**
 * The surface as far as npm has it: properties from `@microsoft/microsoft-graph-types`, actions and
 * functions from the URI templates of the `@microsoft/msgraph-sdk-*` packages. Office 365 only.
 *
 * @param microsoftPackages `node_modules/@microsoft`
 */
export function readPublishedSurface(microsoftPackages: string): SurfaceModel {
	const published = readPublishedTypes(
		join(microsoftPackages, 'microsoft-graph-types', 'microsoft-graph.d.ts'),
	);
	const operations: Record<string, OperationModel[]> = {};
	const seen = new Set<string>();
	for (const directory of readdirSync(microsoftPackages)) {
		if (!directory.startsWith('msgraph-sdk-')) continue;
		for (const builder of requestBuilders(join(microsoftPackages, directory))) {
			const operation = toOperation(builder, published);
			const key = JSON.stringify(operation);
			if (operation === undefined || seen.has(key)) continue;
			seen.add(key);
			(operations[operation.name.toLowerCase()] ??= []).push(operation);
		}
	}
	for (const operation of driveOperations) {
		(operations[operation.name.toLowerCase()] ??= []).push(operation);
	}
	for (const name of openTypes) {
		const type = published.types[name];
		if (type) published.types[name] = { ...type, isOpen: true };
	}
	return { source: 'sdk', ...published, roots, operations };
}

interface RequestBuilder {
	/** `users/{user-id}/messages/{message-id}/move`, without the query. */
	readonly path: string;
	readonly isAction: boolean;
	readonly directory: string;
}

function* requestBuilders(directory: string): Generator<RequestBuilder> {
	const file = join(directory, 'index.js');
	if (existsSync(file)) {
		const text = readFileSync(file, 'utf8');
		const path = /UriTemplate = "\{\+baseurl\}\/([^"{?]*(?:\{[^?}]*\}[^"{?]*)*)/.exec(text)?.[1];
		if (path !== undefined) yield { path, isAction: /^\s+post: \{/m.test(text), directory };
	}
	for (const entry of readdirSync(directory, { withFileTypes: true })) {
		if (entry.isDirectory()) yield* requestBuilders(join(directory, entry.name));
	}
}

function toOperation(
	builder: RequestBuilder,
	{ types, enums }: PublishedTypes,
): OperationModel | undefined {
	const segments = builder.path.split('/');
	const last = segments.pop();
	if (last === undefined || /^[{$]|^graph\./.test(last)) return undefined;
	let type: string | undefined = roots[segments[0] as keyof typeof roots];
	for (const segment of segments.slice(1)) {
		if (type === undefined) return undefined;
		type = segment.startsWith('{') ? elementType(type) : memberType(type, segment, types);
	}
	if (type === undefined || memberType(type, last, types) !== undefined) return undefined;
	const [, name, list] = /^(?:microsoft\.graph\.)?([^(]+)(?:\((.*)\))?$/.exec(last) ?? [];
	// A property that the published types lack looks like an operation; only functions have brackets.
	if (name === undefined || (list === undefined && !builder.isAction)) return undefined;
	return {
		kind: list === undefined ? 'action' : 'function',
		name,
		boundTo: type,
		parameters: list === undefined ? bodyParameters(builder, name, enums) : urlParameters(list),
	};
}

function memberType(
	type: string,
	member: string,
	types: PublishedTypes['types'],
): string | undefined {
	if (isCollection(type)) return undefined;
	for (let name: string | undefined = type; name !== undefined; name = types[name]?.base) {
		const found = types[name]?.properties[member] ?? types[name]?.navigations[member];
		if (found !== undefined) return found;
	}
	return undefined;
}

function urlParameters(list: string): ParameterModel[] {
	return [...list.matchAll(/(\w+)=/g)].map(([, name = '']) => ({
		name,
		type: 'Edm.String',
		isRequired: false,
	}));
}

function bodyParameters(
	{ directory }: RequestBuilder,
	action: string,
	enums: PublishedTypes['enums'],
): ParameterModel[] {
	const declarations = readFileSync(join(directory, 'index.d.ts'), 'utf8');
	const body = new RegExp(`interface ${action}PostRequestBody[^{]*\\{([\\s\\S]*?)\\n\\}`, 'i').exec(
		declarations,
	)?.[1];
	return [...(body ?? '').matchAll(/^\s+(\w+)\?: (\w+)(\[\])? \| null;$/gm)].flatMap(
		([, name = '', type = '', isArray]) => {
			if (name === 'backingStoreEnabled') return [];
			const reference = publishedTypeName(type);
			// The SDK gives flags as a list; on the wire they are one string.
			const isList = isArray !== undefined && enums[reference] === undefined;
			return [
				{
					name,
					type: isList ? collectionOf(reference) : reference,
					isRequired: false,
				},
			];
		},
	);
}
