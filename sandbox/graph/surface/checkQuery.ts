import type { Expression } from '../odata/expression';
import type { ODataQuery } from '../odata/query';
import { badRequest, unparsable } from '../refused';
import { elementType, isCollection } from './model';
import type { ResolvedPath } from './resolve';
import type { TypeIndex } from './typeIndex';

/** An annotation, which drives take in a query too. */
const conflictBehavior = '@microsoft.graph.conflictBehavior';

/** Options that aren't OData's own: on collections of a type, or on what ends in a segment. */
const customOptions: ReadonlyArray<{
	readonly names: readonly string[];
	readonly type?: string;
	readonly last?: string;
}> = [
	{ names: ['includeHiddenFolders'], type: 'microsoft.graph.mailFolder' },
	{ names: ['includeHiddenMessages'], type: 'microsoft.graph.message' },
	{ names: ['startDateTime', 'endDateTime'], last: 'calendarView' },
	{ names: ['startDateTime', 'endDateTime', 'changeType', 'token'], last: 'delta' },
	{ names: ['startDateTime', 'endDateTime'], last: 'instances' },
	{ names: ['search'], type: 'microsoft.graph.site' },
	{ names: ['format', 'width', 'height'], last: 'content' },
	{ names: [conflictBehavior], last: 'content' },
	{ names: [conflictBehavior], last: 'copy' },
	{ names: [conflictBehavior], type: 'microsoft.graph.driveItem' },
];

/** @throws {RefusedError} Graph's 400 for an option or a property that the target doesn't have. */
export function checkQuery(index: TypeIndex, path: ResolvedPath, query: ODataQuery): void {
	checkCustomOptions(path, query);
	if (path.type === undefined) return;
	const isCount = isCountOf(path);
	if (!isCollection(path.type) && !isCount) {
		const misplaced = (['filter', 'orderby', 'top', 'skip', 'search', 'count'] as const).find(
			(option) => query[option] !== undefined,
		);
		if (misplaced !== undefined) {
			throw badRequest(
				`The query specified in the URI is not valid. The query option '$${misplaced}' ` +
					'can only be applied to collection resources.',
			);
		}
	}
	const type = elementType(path.type);
	if (!index.type(type)) return;
	checkShape(index, type, query);
}

function isCountOf({ segments }: ResolvedPath): boolean {
	const last = segments.at(-1);
	return last?.kind === 'special' && last.name === '$count';
}

function checkCustomOptions(path: ResolvedPath, query: ODataQuery): void {
	const last = path.segments.at(-1);
	const lastName =
		last?.kind === 'member' ? last.name : last?.kind === 'operation' ? last.operation.name : '';
	const type = path.type === undefined ? '' : elementType(path.type);
	const known = customOptions
		.filter((rule) => rule.last === lastName || (rule.type === type && rule.last === undefined))
		.flatMap((rule) => rule.names.map((name) => name.toLowerCase()));
	const unknown = Object.keys(query.custom).find((name) => !known.includes(name.toLowerCase()));
	if (unknown !== undefined) {
		throw badRequest(`Unrecognized query argument specified: '${unknown}'.`);
	}
}

function checkShape(index: TypeIndex, type: string, query: ODataQuery): void {
	for (const path of query.select ?? []) {
		if (path !== '*') checkPath(index, type, path.split('/'), {});
	}
	for (const { path } of query.orderby ?? []) checkPath(index, type, path.split('/'), {});
	if (query.filter !== undefined) checkExpression(index, type, query.filter, {});
	for (const expansion of query.expand ?? []) {
		const target = elementType(checkPath(index, type, expansion.path.split('/'), {}) ?? '');
		if (!index.isEntity(target)) {
			throw badRequest(
				`Parsing OData Select and Expand failed: Property '${expansion.path}' on type ` +
					`'${type}' is not a navigation property or complex property.`,
			);
		}
		checkShape(index, target, expansion.query);
	}
}

type Variables = Readonly<Record<string, string>>;

/**
 * The type at the end of a property path; `undefined` below an open type.
 *
 * @throws {RefusedError} naming the property and the type that lacks it
 */
function checkPath(
	index: TypeIndex,
	start: string,
	segments: readonly string[],
	variables: Variables,
): string | undefined {
	const [first, ...rest] = segments;
	const variable = first === undefined ? undefined : variables[first];
	let type: string | undefined = variable ?? start;
	for (const segment of variable === undefined ? segments : rest) {
		if (type === undefined) return undefined;
		const owner = elementType(type);
		const cast = segment.includes('.') ? index.canonicalName(segment) : undefined;
		const member = index.member(owner, segment);
		if (cast !== undefined && index.isA(cast, owner)) type = cast;
		else if (member !== undefined) type = member.type;
		else if (segment === '$count' && isCollection(type)) type = 'Edm.Int32';
		else if (index.isOpen(owner)) type = undefined;
		else throw unparsable(`Could not find a property named '${segment}' on type '${owner}'.`);
	}
	return type;
}

function checkExpression(
	index: TypeIndex,
	type: string,
	expression: Expression,
	variables: Variables,
): string | undefined {
	const check = (inner: Expression): string | undefined =>
		checkExpression(index, type, inner, variables);
	switch (expression.kind) {
		case 'literal':
			return undefined;
		case 'path':
			return checkPath(index, type, expression.segments, variables);
		case 'compare': {
			const left = check(expression.left);
			const right = check(expression.right);
			checkOperands(index, expression.operator, left, expression.right);
			checkOperands(index, expression.operator, right, expression.left);
			return 'Edm.Boolean';
		}
		case 'logic':
			check(expression.left);
			check(expression.right);
			return 'Edm.Boolean';
		case 'in':
		case 'not':
			check(expression.operand);
			return 'Edm.Boolean';
		case 'call':
			expression.arguments.forEach(check);
			return undefined;
		case 'lambda': {
			const collection = checkPath(index, type, expression.collection, variables);
			if (expression.body !== undefined) {
				const element = elementType(collection ?? '');
				checkExpression(index, type, expression.body, {
					...variables,
					[expression.variable]: element,
				});
			}
			return 'Edm.Boolean';
		}
	}
}

function checkOperands(
	index: TypeIndex,
	operator: string,
	type: string | undefined,
	literal: Expression,
): void {
	if (type === undefined || literal.kind !== 'literal' || literal.type === 'null') return;
	const given = literalTypes[literal.type];
	const wanted = index.model.enums[type] === undefined ? type : 'Edm.String';
	const fits =
		!wanted.startsWith('Edm.') ||
		given === undefined ||
		given === wanted ||
		(given === 'number' && /^Edm\.(U?Int|Double|Single|Decimal|Byte)/.test(wanted)) ||
		(given === 'Edm.DateTimeOffset' && wanted === 'Edm.Date') ||
		// The published types don't tell dates from strings.
		index.model.source === 'sdk';
	if (!fits) {
		throw badRequest(
			`A binary operator with incompatible types was detected. Found operand types '${type}' ` +
				`and '${given === 'number' ? 'Edm.Int32' : given}' for operator kind '${operator}'.`,
		);
	}
}

const literalTypes: Readonly<Record<string, string | undefined>> = {
	string: 'Edm.String',
	boolean: 'Edm.Boolean',
	number: 'number',
	date: 'Edm.DateTimeOffset',
};
