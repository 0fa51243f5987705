import { readFileSync } from 'node:fs';
import ts from 'typescript';
import type { EnumModel, TypeModel } from './model';

const namespace = 'microsoft.graph';

interface Shape {
	readonly base?: string;
	readonly members: ReadonlyArray<readonly [name: string, type: ts.TypeNode]>;
}

export interface PublishedTypes {
	readonly types: Record<string, TypeModel>;
	readonly enums: Record<string, EnumModel>;
}

/** Reads Microsoft's published `microsoft-graph.d.ts`: interfaces are types, unions of strings are enums. */
export function readPublishedTypes(file: string): PublishedTypes {
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022);
	const shapes = new Map<string, Shape>();
	const enums: Record<string, EnumModel> = {};
	for (const statement of source.statements) {
		if (ts.isInterfaceDeclaration(statement)) {
			shapes.set(statement.name.text, toShape(statement, source));
		} else if (ts.isTypeAliasDeclaration(statement)) {
			const members = stringMembers(statement.type);
			// Which enums are flags isn't published; taking all for such refuses too little, never too much.
			if (members.length > 0) {
				enums[typeName(statement.name.text)] = { isFlags: true, members };
			}
		}
	}
	return { types: toTypes(shapes, source), enums };
}

/** `Message` → `microsoft.graph.message`; primitives become their Edm type. */
export function publishedTypeName(typescriptName: string): string {
	const primitive = {
		string: 'Edm.String',
		number: 'Edm.Double',
		boolean: 'Edm.Boolean',
		// Nearly always the content of something.
		any: 'Edm.Stream',
	};
	return primitive[typescriptName as keyof typeof primitive] ?? typeName(typescriptName);
}

function typeName(name: string): string {
	return `${namespace}.${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}

function toShape(declaration: ts.InterfaceDeclaration, source: ts.SourceFile): Shape {
	const base = declaration.heritageClauses?.[0]?.types[0]?.expression.getText(source);
	return {
		...(base !== undefined && { base }),
		members: declaration.members.flatMap((member) =>
			ts.isPropertySignature(member) && member.type !== undefined
				? [[member.name.getText(source), member.type] as const]
				: [],
		),
	};
}

function stringMembers(type: ts.TypeNode): string[] {
	const nodes = ts.isUnionTypeNode(type) ? type.types : [type];
	return nodes.flatMap((node) =>
		ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? [node.literal.text] : [],
	);
}

function toTypes(
	shapes: ReadonlyMap<string, Shape>,
	source: ts.SourceFile,
): Record<string, TypeModel> {
	const isEntity = (name: string | undefined): boolean =>
		name !== undefined && (name === 'Entity' || isEntity(shapes.get(name)?.base));
	const types: Record<string, TypeModel> = {};
	for (const [name, shape] of shapes) {
		const properties: Record<string, string> = {};
		const navigations: Record<string, string> = {};
		for (const [member, node] of shape.members) {
			const { element, reference } = referenceOf(node, source);
			(isEntity(element) ? navigations : properties)[member] = reference;
		}
		types[typeName(name)] = {
			kind: isEntity(name) ? 'entity' : 'complex',
			...(shape.base !== undefined && { base: typeName(shape.base) }),
			properties,
			navigations,
		};
	}
	return types;
}

/** Sees through `NullableOption<…>`, arrays and unions with null. */
function referenceOf(
	node: ts.TypeNode,
	source: ts.SourceFile,
): { readonly element: string; readonly reference: string } {
	if (ts.isTypeReferenceNode(node) && node.typeArguments?.[0] !== undefined) {
		return referenceOf(node.typeArguments[0], source);
	}
	if (ts.isUnionTypeNode(node) && node.types[0] !== undefined) {
		return referenceOf(node.types[0], source);
	}
	if (ts.isArrayTypeNode(node)) {
		const inner = referenceOf(node.elementType, source);
		return { element: inner.element, reference: `Collection(${inner.reference})` };
	}
	const element = node.getText(source);
	return { element, reference: publishedTypeName(element) };
}
