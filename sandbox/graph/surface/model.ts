/**
 * What a cloud's Graph understands, in the little form that checking needs. It is made from
 * Microsoft's CSDL, or, where that is missing, from the published SDK and types.
 *
 * A type reference is written as in CSDL: `Edm.String`, `microsoft.graph.message`,
 * `Collection(microsoft.graph.recipient)`.
 */
export type TypeReference = string;

export interface TypeModel {
	readonly kind: 'entity' | 'complex';
	readonly base?: string;
	readonly isAbstract?: boolean;
	readonly isOpen?: boolean;
	readonly hasStream?: boolean;
	readonly properties: Readonly<Record<string, TypeReference>>;
	readonly navigations: Readonly<Record<string, TypeReference>>;
}

export interface EnumModel {
	readonly isFlags: boolean;
	readonly members: readonly string[];
}

export interface ParameterModel {
	readonly name: string;
	readonly type: TypeReference;
	readonly isRequired: boolean;
}

export interface OperationModel {
	readonly kind: 'action' | 'function';
	readonly name: string;
	readonly boundTo: TypeReference;
	readonly parameters: readonly ParameterModel[];
	readonly returns?: TypeReference;
}

export interface SurfaceModel {
	readonly source: 'csdl' | 'sdk';
	readonly types: Readonly<Record<string, TypeModel>>;
	readonly enums: Readonly<Record<string, EnumModel>>;
	/** Entity sets (a collection type) and singletons, by name. */
	readonly roots: Readonly<Record<string, TypeReference>>;
	/** Bound actions and functions by lower-case name; overloads together. */
	readonly operations: Readonly<Record<string, readonly OperationModel[]>>;
}

const collectionPattern = /^Collection\((.+)\)$/;

export function elementType(type: TypeReference): string {
	return collectionPattern.exec(type)?.[1] ?? type;
}

export function isCollection(type: TypeReference): boolean {
	return type.startsWith('Collection(');
}

export function collectionOf(type: string): TypeReference {
	return `Collection(${type})`;
}
