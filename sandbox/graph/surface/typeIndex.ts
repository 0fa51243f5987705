import {
	elementType,
	isCollection,
	type OperationModel,
	type SurfaceModel,
	type TypeModel,
} from './model';

export interface Member {
	readonly name: string;
	readonly type: string;
	readonly isNavigation: boolean;
}

/**
 * Types whose CSDL says `OpenType` while Graph refuses undeclared properties on them. Exchange's
 * are open for extended data only, and that goes through its own navigation properties.
 */
const closedInPractice = new Set([
	'microsoft.graph.outlookItem',
	'microsoft.graph.message',
	'microsoft.graph.event',
	'microsoft.graph.contact',
]);

/** The published types don't say which are abstract; these are met when bodies are checked. */
const knownAbstract = new Set(['microsoft.graph.attachment', 'microsoft.graph.outlookItem']);

/** Questions about a surface model's types, answered with inheritance. */
export class TypeIndex {
	readonly #members = new Map<string, ReadonlyMap<string, Member>>();
	readonly #namesByLowerCase: ReadonlyMap<string, string>;

	constructor(readonly model: SurfaceModel) {
		this.#namesByLowerCase = new Map(
			Object.keys(model.types).map((name) => [name.toLowerCase(), name]),
		);
	}

	type(name: string): TypeModel | undefined {
		return this.model.types[name];
	}

	/** The canonical name of a type that is written in any case, with or without `#`. */
	canonicalName(name: string): string | undefined {
		return this.#namesByLowerCase.get(name.replace(/^#/, '').toLowerCase());
	}

	/** Own and inherited properties and navigation properties, by lower-case name. */
	members(typeName: string): ReadonlyMap<string, Member> {
		const known = this.#members.get(typeName);
		if (known !== undefined) return known;
		const members = new Map<string, Member>();
		for (const name of this.#lineage(typeName)) {
			const type = this.model.types[name];
			for (const [isNavigation, list] of [
				[false, type?.properties],
				[true, type?.navigations],
			] as const) {
				for (const [member, reference] of Object.entries(list ?? {})) {
					members.set(member.toLowerCase(), { name: member, type: reference, isNavigation });
				}
			}
		}
		this.#members.set(typeName, members);
		return members;
	}

	/** Exact in case, as Graph wants it in bodies and query options. */
	member(typeName: string, name: string): Member | undefined {
		const member = this.members(typeName).get(name.toLowerCase());
		return member?.name === name ? member : undefined;
	}

	isOpen(typeName: string): boolean {
		const lineage = this.#lineage(typeName);
		if (lineage.some((name) => closedInPractice.has(name))) return false;
		return lineage.some((name) => this.model.types[name]?.isOpen === true);
	}

	isAbstract(typeName: string): boolean {
		return this.model.types[typeName]?.isAbstract ?? knownAbstract.has(typeName);
	}

	isEntity(typeName: string): boolean {
		return this.model.types[typeName]?.kind === 'entity';
	}

	isA(typeName: string, ancestor: string): boolean {
		return this.#lineage(typeName).includes(ancestor);
	}

	/** The overloads of an operation that can be called on a value of this type. */
	operations(name: string, on: string): readonly OperationModel[] {
		const candidates = this.model.operations[name.toLowerCase()] ?? [];
		return candidates.filter(
			(operation) =>
				isCollection(operation.boundTo) === isCollection(on) &&
				this.isA(elementType(on), elementType(operation.boundTo)),
		);
	}

	/** Whether some collection has a function of this name, so that it's hardly an id. */
	isCollectionFunction(name: string): boolean {
		const known = this.model.operations[name.toLowerCase()] ?? [];
		return known.some(
			(each) => each.kind === 'function' && each.name === name && isCollection(each.boundTo),
		);
	}

	/** The type itself, then its ancestors. */
	#lineage(typeName: string): string[] {
		const lineage: string[] = [];
		for (
			let name: string | undefined = typeName;
			name !== undefined;
			name = this.model.types[name]?.base
		) {
			lineage.push(name);
		}
		return lineage;
	}
}
