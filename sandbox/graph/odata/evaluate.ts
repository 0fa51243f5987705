import { badRequest } from '../refused';
import type { Comparison, Expression } from './expression';

export type Entity = Readonly<Record<string, unknown>>;

type Scope = Readonly<Record<string, unknown>>;

export interface EvaluateOptions {
	/** Paths whose comparisons always hold, because the real service ignores them. */
	readonly ignoredPaths?: ReadonlySet<string>;
}

/** Whether an entity passes a filter. Strings compare without regard to case, as in Exchange. */
export function matches(
	filter: Expression,
	entity: Entity,
	options: EvaluateOptions = {},
): boolean {
	return evaluate(filter, entity, {}, options) === true;
}

/** The value at `from/emailAddress/address`; `undefined` where a part is missing. */
export function valueAt(entity: unknown, segments: readonly string[]): unknown {
	let value = entity;
	for (const segment of segments) {
		if (segment === '$count' && Array.isArray(value)) return value.length;
		if (typeof value !== 'object' || value === null) return undefined;
		if (segment.includes('.')) continue;
		value = (value as Entity)[segment];
	}
	return value;
}

function evaluate(
	expression: Expression,
	entity: Entity,
	scope: Scope,
	options: EvaluateOptions,
): unknown {
	const value = (inner: Expression): unknown => evaluate(inner, entity, scope, options);
	switch (expression.kind) {
		case 'literal':
			return expression.value;
		case 'path': {
			const [first = '', ...rest] = expression.segments;
			return Object.hasOwn(scope, first)
				? valueAt(scope[first], rest)
				: valueAt(entity, expression.segments);
		}
		case 'compare':
			if (isIgnored(expression.left, options) || isIgnored(expression.right, options)) return true;
			return compareBy(expression.operator, value(expression.left), value(expression.right));
		case 'in':
			return expression.list.some((each) =>
				compareBy('eq', value(expression.operand), value(each)),
			);
		case 'logic':
			return expression.operator === 'and'
				? value(expression.left) === true && value(expression.right) === true
				: value(expression.left) === true || value(expression.right) === true;
		case 'not':
			return value(expression.operand) !== true;
		case 'call':
			return callFunction(expression.name, expression.arguments.map(value));
		case 'lambda': {
			const list = valueAt(entity, expression.collection);
			if (!Array.isArray(list)) return expression.quantifier === 'all';
			const { body, variable, quantifier } = expression;
			if (body === undefined) return list.length > 0;
			const test = (each: unknown): boolean =>
				evaluate(body, entity, { ...scope, [variable]: each }, options) === true;
			return quantifier === 'any' ? list.some(test) : list.every(test);
		}
	}
}

function isIgnored(side: Expression, { ignoredPaths }: EvaluateOptions): boolean {
	return side.kind === 'path' && ignoredPaths?.has(side.segments.join('/')) === true;
}

function compareBy(operator: Comparison, left: unknown, right: unknown): boolean {
	const order = compareValues(left, right);
	switch (operator) {
		case 'eq':
			return order === 0;
		case 'ne':
			return order !== 0;
		case 'gt':
			return order !== undefined && order > 0;
		case 'ge':
			return order !== undefined && order >= 0;
		case 'lt':
			return order !== undefined && order < 0;
		case 'le':
			return order !== undefined && order <= 0;
	}
}

const instantPattern = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d)?)?$/;

/** Negative, zero or positive; `undefined` for values that don't compare. */
export function compareValues(left: unknown, right: unknown): number | undefined {
	if (left === undefined || left === null || right === undefined || right === null) {
		return (left ?? null) === (right ?? null) ? 0 : undefined;
	}
	if (typeof left === 'string' && typeof right === 'string') {
		if (instantPattern.test(left) && instantPattern.test(right)) {
			return Date.parse(left) - Date.parse(right);
		}
		const [lower, other] = [left.toLowerCase(), right.toLowerCase()];
		return lower < other ? -1 : lower > other ? 1 : 0;
	}
	if (typeof left === typeof right && (typeof left === 'number' || typeof left === 'boolean')) {
		return Number(left) - Number(right);
	}
	return undefined;
}

function callFunction(name: string, values: readonly unknown[]): unknown {
	const [first, second] = values.map((value) =>
		typeof value === 'string' ? value.toLowerCase() : '',
	);
	switch (name) {
		case 'startswith':
			return (first ?? '').startsWith(second ?? '');
		case 'endswith':
			return (first ?? '').endsWith(second ?? '');
		case 'contains':
			return (first ?? '').includes(second ?? '');
		case 'tolower':
		case 'toupper':
		case 'trim':
			return name === 'trim' ? (first ?? '').trim() : first;
		case 'length':
			return (first ?? '').length;
	}
	throw badRequest(`The function '${name}' is not supported.`);
}
