import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	type Field,
	type ParamsOf,
	type ReadContext,
	Lookup,
	ParameterError,
	withMembers,
} from '../field';
import { asRecord, asText, asTextList, type Choice, oneOf, show } from './rawValues';

interface Texts {
	readonly displayName: string;
	readonly description?: string;
	readonly hint?: string;
	readonly placeholder?: string;
}

interface TextOptions extends Texts {
	readonly default?: string;
	readonly required?: boolean;
	readonly rows?: number;
	readonly typeOptions?: INodeProperties['typeOptions'];
}

/** Text. An empty one reads as `''`, or is refused where the field is required. */
export function text<const Name extends string>(
	name: Name,
	options: TextOptions,
): Field<Name, string> {
	const { displayName, required = false, rows, typeOptions } = options;
	return {
		name,
		property: {
			...texts(options),
			name,
			type: 'string',
			default: options.default ?? '',
			...(required && { required }),
			...((rows !== undefined || typeOptions) && {
				typeOptions: { ...(rows !== undefined && { rows }), ...typeOptions },
			}),
		},
		read: (raw) => {
			const value = asText(raw, displayName);
			if (required && value.trim() === '') throw new ParameterError(displayName, 'is empty');
			return value;
		},
	};
}

interface ToggleOptions extends Texts {
	readonly default?: boolean;
}

/** A switch. Expressions may answer the words true and false. */
export function toggle<const Name extends string>(
	name: Name,
	options: ToggleOptions,
): Field<Name, boolean> {
	return {
		name,
		property: { ...texts(options), name, type: 'boolean', default: options.default ?? false },
		read: (raw) => {
			if (typeof raw === 'boolean') return raw;
			if (raw === undefined || raw === null || raw === '') return options.default ?? false;
			const word = typeof raw === 'string' ? raw.trim().toLowerCase() : raw;
			if (word === 'true' || word === 1) return true;
			if (word === 'false' || word === 0) return false;
			throw new ParameterError(options.displayName, `is ${show(raw)}, not true or false`);
		},
	};
}

interface NumberOptions extends Texts {
	readonly default: number;
	readonly min?: number;
	readonly max?: number;
}

/** A whole number within bounds. */
export function wholeNumber<const Name extends string>(
	name: Name,
	options: NumberOptions,
): Field<Name, number> {
	const { displayName, min, max } = options;
	return {
		name,
		property: {
			...texts(options),
			name,
			type: 'number',
			default: options.default,
			typeOptions: {
				...(min !== undefined && { minValue: min }),
				...(max !== undefined && { maxValue: max }),
				numberPrecision: 0,
			},
		},
		read: (raw) => {
			const value = raw === '' || raw === undefined || raw === null ? options.default : Number(raw);
			if (!Number.isInteger(value)) {
				throw new ParameterError(displayName, `is ${show(raw)}, not a whole number`);
			}
			if (min !== undefined && value < min) {
				throw new ParameterError(displayName, `is ${value}; the least is ${min}`);
			}
			if (max !== undefined && value > max) {
				throw new ParameterError(displayName, `is ${value}; the most is ${max}`);
			}
			return value;
		},
	};
}

interface ChoiceOptions<Value extends string> extends Texts {
	readonly options: ReadonlyArray<Choice<Value>>;
	readonly default: NoInfer<Value>;
}

/** One of a fixed set of values. */
export function choice<const Name extends string, const Value extends string>(
	name: Name,
	options: ChoiceOptions<Value>,
): Field<Name, Value> {
	return {
		name,
		property: {
			...texts(options),
			name,
			type: 'options',
			options: options.options.map((option): INodePropertyOptions => ({ ...option })),
			default: options.default,
		},
		read: (raw) =>
			raw === undefined || raw === ''
				? options.default
				: oneOf(raw, options.options, options.displayName),
	};
}

interface ChoicesOptions<Value extends string> extends Texts {
	readonly options: ReadonlyArray<Choice<Value>>;
	readonly default?: ReadonlyArray<NoInfer<Value>>;
}

/** Any of a fixed set of values. Expressions may answer a list or text with commas. */
export function choices<const Name extends string, const Value extends string>(
	name: Name,
	options: ChoicesOptions<Value>,
): Field<Name, readonly Value[]> {
	return {
		name,
		property: {
			...texts(options),
			name,
			type: 'multiOptions',
			options: options.options.map((option): INodePropertyOptions => ({ ...option })),
			default: [...(options.default ?? [])],
		},
		read: (raw) =>
			asTextList(raw ?? options.default, options.displayName).map((value) =>
				oneOf(value, options.options, options.displayName),
			),
	};
}

/** Texts in one line, separated by commas; expressions may answer a list. */
export function textList<const Name extends string>(
	name: Name,
	options: TextOptions,
): Field<Name, readonly string[]> {
	const field = text(name, options);
	return {
		name,
		property: field.property,
		read: (raw) => {
			const values = asTextList(raw, options.displayName);
			if (options.required && values.length === 0) {
				throw new ParameterError(options.displayName, 'is empty');
			}
			return values;
		},
	};
}

interface CollectionOptions<Fields extends readonly Field[]> extends Texts {
	readonly fields: Fields;
	/** The button's text. */
	readonly placeholder: string;
}

/**
 * Optional parameters that the user adds one by one; only those that were added are in the value.
 * None is required in n8n's form, which would miss it in every operation of the node:
 * a required one that was added and left empty is refused when it is read.
 */
export function collection<const Name extends string, const Fields extends readonly Field[]>(
	name: Name,
	options: CollectionOptions<Fields>,
): Field<Name, Partial<ParamsOf<Fields>>> {
	return {
		name,
		property: {
			...texts(options),
			name,
			type: 'collection',
			default: {},
			options: sortedByLabel(
				options.fields.map(({ property }) => ({ ...property, required: false })),
			),
		},
		read: (raw, context) => readMembers(options.fields, raw, options.displayName, context),
	};
}

interface RowsOptions<Fields extends readonly Field[]> extends Texts {
	readonly fields: Fields;
	readonly rowName: string;
	/** The button's text. */
	readonly placeholder: string;
}

/** A table: any number of rows, each with the same fields. Expressions may answer a list of objects. */
export function rows<const Name extends string, const Fields extends readonly Field[]>(
	name: Name,
	options: RowsOptions<Fields>,
): Field<Name, ReadonlyArray<Partial<ParamsOf<Fields>>>> {
	return {
		name,
		property: {
			...texts(options),
			name,
			type: 'fixedCollection',
			typeOptions: { multipleValues: true },
			default: {},
			options: [
				{
					name: 'rows',
					displayName: options.rowName,
					values: options.fields.map((field) => field.property),
				},
			],
		},
		read: (raw, context) => {
			const list = Array.isArray(raw) ? raw : (asRecord(raw, options.displayName)['rows'] ?? []);
			if (!Array.isArray(list)) throw new ParameterError(options.displayName, 'is not a list');
			return list.map((row) => readMembers(options.fields, row, options.displayName, context));
		},
	};
}

/** Any JSON value, typed or as text. */
export function json<const Name extends string>(
	name: Name,
	options: Texts & { readonly default?: string },
): Field<Name, unknown> {
	return {
		name,
		property: { ...texts(options), name, type: 'json', default: options.default ?? '{}' },
		read: (raw) => {
			if (typeof raw !== 'string') return raw;
			if (raw.trim() === '') return undefined;
			try {
				return JSON.parse(raw) as unknown;
			} catch (error) {
				throw new ParameterError(options.displayName, `is not JSON (${String(error)})`);
			}
		},
	};
}

function readMembers<const Fields extends readonly Field[]>(
	fields: Fields,
	raw: unknown,
	label: string,
	context: ReadContext,
): Partial<ParamsOf<Fields>> {
	const given = asRecord(raw, label);
	const inside = withMembers(context, fields, given);
	const values = fields
		.filter((field) => given[field.name] !== undefined)
		.map((field): [string, unknown] => {
			const value = field.read(given[field.name], inside);
			if (value instanceof Lookup) {
				throw new TypeError(`${field.name} needs a request; that works in top-level fields only`);
			}
			return [field.name, value];
		});
	return Object.fromEntries(values) as Partial<ParamsOf<Fields>>;
}

function texts(options: Texts): Pick<INodeProperties, 'displayName'> & Partial<INodeProperties> {
	const { displayName, description, hint, placeholder } = options;
	return {
		displayName,
		...(description !== undefined && { description }),
		...(hint !== undefined && { hint }),
		...(placeholder !== undefined && { placeholder }),
	};
}

function sortedByLabel(properties: readonly INodeProperties[]): INodeProperties[] {
	return [...properties].sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
}
