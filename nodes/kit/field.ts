import type { INodeProperties } from 'n8n-workflow';
import type { GraphClient } from '../../core/graph/types';
import type { TokenProvider } from '../../core/auth/TokenProvider';

/** What is known while an item's parameters are read. */
export interface ReadContext {
	/** IANA name of the workflow's time zone. */
	readonly timezone: string;
	readonly identity: TokenProvider['kind'];
	/** The parameters read so far, in the operation's order. */
	readonly params: Readonly<Record<string, unknown>>;
	/** The JSON of the input item, for fields that take their values from it. */
	readonly itemJson?: Readonly<Record<string, unknown>>;
}

/** A value that Graph has to be asked for, such as a folder given by its path. */
export class Lookup<Value> {
	constructor(readonly find: (graph: GraphClient) => Promise<Value>) {}
}

/**
 * One parameter of an operation: how n8n's form shows it, and how its raw value becomes a checked one.
 * Several operations share a field; none changes it.
 */
export interface Field<Name extends string = string, Value = unknown> {
	readonly name: Name;
	/** As n8n takes it, without the operation's display rules; `kit/resource` adds those. */
	readonly property: INodeProperties;
	/**
	 * @param raw what n8n answers for the parameter: its default where the form hides it; any type where an expression was used.
	 * @throws {ParameterError} when the value can't be used.
	 */
	readonly read: (raw: unknown, context: ReadContext) => Value | Lookup<Value>;
}

/** The checked parameters of a list of fields, by name. */
export type ParamsOf<Fields extends readonly Field[]> = {
	readonly [F in Fields[number] as F['name']]: F extends Field<string, infer Value> ? Value : never;
};

/** A parameter has a value that can't be used. The message says which and why. */
export class ParameterError extends Error {
	override readonly name = 'ParameterError';

	/**
	 * @param field its label in the form
	 * @param problem completes "Field: …"
	 * @param nextStep what to enter instead
	 */
	constructor(
		readonly field: string,
		problem: string,
		readonly nextStep?: string,
	) {
		super(`${field}: ${problem}`);
	}
}

/**
 * The same field, shown only where other fields of the operation have one of these values; hidden,
 * it reads as `undefined`. The others stand before it, and are no lookups; within a collection or
 * a row they are its other members.
 */
export function showWhen<Name extends string, Value>(
	field: Field<Name, Value>,
	rules: Readonly<Record<string, ReadonlyArray<string | number | boolean>>>,
): Field<Name, Value | undefined> {
	const show = Object.fromEntries(
		Object.entries(rules).map(([name, values]) => [name, [...values]]),
	);
	return {
		...field,
		property: { ...field.property, displayOptions: { show } },
		// What the form hides may be required, or hold a value of before that needs a request.
		read: (raw, context) => {
			const isShown = Object.entries(show).every(([name, values]) =>
				values.some((value) => value === context.params[name.replace('/', '')]),
			);
			return isShown ? field.read(raw, context) : undefined;
		},
	};
}

/** For the members of a collection or a row: what one of them is shown by are the others. */
export function withMembers(
	context: ReadContext,
	fields: readonly Field[],
	given: Readonly<Record<string, unknown>>,
): ReadContext {
	const members = fields.map(({ name, property }): [string, unknown] => [
		name,
		given[name] ?? property.default,
	]);
	return { ...context, params: { ...context.params, ...Object.fromEntries(members) } };
}
