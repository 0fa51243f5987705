import { XMLParser } from 'fast-xml-parser';
import {
	elementType,
	isCollection,
	collectionOf,
	type EnumModel,
	type OperationModel,
	type SurfaceModel,
	type TypeModel,
} from './model';

interface Attributes {
	readonly [name: `@${string}`]: string | undefined;
}

interface CsdlMember extends Attributes {
	readonly Annotation?: readonly Attributes[];
}

interface CsdlType extends Attributes {
	readonly Property?: readonly Attributes[];
	readonly NavigationProperty?: readonly Attributes[];
	readonly Member?: readonly Attributes[];
}

interface CsdlOperation extends Attributes {
	readonly Parameter?: readonly CsdlMember[];
	readonly ReturnType?: readonly Attributes[];
}

interface CsdlSchema extends Attributes {
	readonly EntityType?: readonly CsdlType[];
	readonly ComplexType?: readonly CsdlType[];
	readonly EnumType?: readonly CsdlType[];
	readonly Action?: readonly CsdlOperation[];
	readonly Function?: readonly CsdlOperation[];
	readonly EntityContainer?: ReadonlyArray<{
		readonly EntitySet?: readonly Attributes[];
		readonly Singleton?: readonly Attributes[];
	}>;
}

interface CsdlDocument {
	readonly 'edmx:Edmx': ReadonlyArray<{
		readonly 'edmx:DataServices': ReadonlyArray<{ readonly Schema: readonly CsdlSchema[] }>;
	}>;
}

const optionalParameterTerm = 'Org.OData.Core.V1.OptionalParameter';

/** @throws {Error} if the text isn't Graph's CSDL. */
export function parseCsdl(xml: string): SurfaceModel {
	const parser = new XMLParser({
		ignoreAttributes: false,
		attributeNamePrefix: '@',
		isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
		// The descriptions are four fifths of the file.
		stopNodes: ['*.Annotations'],
		processEntities: false,
	});
	const document = parser.parse(xml) as CsdlDocument;
	const schemas = document['edmx:Edmx'][0]?.['edmx:DataServices'][0]?.Schema;
	if (schemas === undefined) throw new Error('The metadata holds no schema');
	const aliases = new Map(
		schemas.flatMap((schema) =>
			schema['@Alias'] === undefined ? [] : [[schema['@Alias'], need(schema, '@Namespace')]],
		),
	);
	const full = (name: string): string => fullName(name, aliases);

	const types: Record<string, TypeModel> = {};
	const enums: Record<string, EnumModel> = {};
	const roots: Record<string, string> = {};
	const operations: Record<string, OperationModel[]> = {};
	for (const schema of schemas) {
		const namespace = need(schema, '@Namespace');
		for (const type of schema.EntityType ?? []) {
			types[`${namespace}.${need(type, '@Name')}`] = toType('entity', type, full);
		}
		for (const type of schema.ComplexType ?? []) {
			types[`${namespace}.${need(type, '@Name')}`] = toType('complex', type, full);
		}
		for (const type of schema.EnumType ?? []) {
			enums[`${namespace}.${need(type, '@Name')}`] = {
				isFlags: type['@IsFlags'] === 'true',
				members: (type.Member ?? []).map((member) => need(member, '@Name')),
			};
		}
		for (const kind of ['Action', 'Function'] as const) {
			for (const operation of schema[kind] ?? []) {
				const model = toOperation(kind, operation, full);
				if (model !== undefined) (operations[model.name.toLowerCase()] ??= []).push(model);
			}
		}
		for (const container of schema.EntityContainer ?? []) {
			for (const set of container.EntitySet ?? []) {
				roots[need(set, '@Name')] = collectionOf(full(need(set, '@EntityType')));
			}
			for (const singleton of container.Singleton ?? []) {
				roots[need(singleton, '@Name')] = full(need(singleton, '@Type'));
			}
		}
	}
	return { source: 'csdl', types, enums, roots, operations };
}

function need(element: Attributes, name: `@${string}`): string {
	const value = element[name];
	if (value === undefined) throw new Error(`The metadata has an element without ${name.slice(1)}`);
	return value;
}

/** `graph.message` and `Collection(graph.message)` with the namespace in place of its alias. */
function fullName(name: string, aliases: ReadonlyMap<string, string>): string {
	if (isCollection(name)) return collectionOf(fullName(elementType(name), aliases));
	const dot = name.lastIndexOf('.');
	const namespace = aliases.get(name.slice(0, dot));
	return namespace === undefined ? name : `${namespace}${name.slice(dot)}`;
}

function toType(
	kind: TypeModel['kind'],
	type: CsdlType,
	full: (name: string) => string,
): TypeModel {
	const typed = (members: readonly Attributes[] | undefined): Record<string, string> =>
		Object.fromEntries(
			(members ?? []).map((member) => [need(member, '@Name'), full(need(member, '@Type'))]),
		);
	const base = type['@BaseType'];
	return {
		kind,
		...(base !== undefined && { base: full(base) }),
		...(type['@Abstract'] === 'true' && { isAbstract: true }),
		...(type['@OpenType'] === 'true' && { isOpen: true }),
		...(type['@HasStream'] === 'true' && { hasStream: true }),
		properties: typed(type.Property),
		navigations: typed(type.NavigationProperty),
	};
}

function toOperation(
	kind: 'Action' | 'Function',
	operation: CsdlOperation,
	full: (name: string) => string,
): OperationModel | undefined {
	const [binding, ...parameters] = operation.Parameter ?? [];
	if (operation['@IsBound'] !== 'true' || binding === undefined) return undefined;
	const returns = operation.ReturnType?.[0]?.['@Type'];
	return {
		kind: kind === 'Action' ? 'action' : 'function',
		name: need(operation, '@Name'),
		boundTo: full(need(binding, '@Type')),
		parameters: parameters.map((parameter) => ({
			name: need(parameter, '@Name'),
			type: full(need(parameter, '@Type')),
			isRequired:
				parameter['@Nullable'] === 'false' &&
				!(parameter.Annotation ?? []).some((each) => each['@Term'] === optionalParameterTerm),
		})),
		...(returns !== undefined && { returns: full(returns) }),
	};
}
