import { ParameterError } from '../field';

/** Values as n8n answers them: of any type where an expression was used. */

export interface Choice<Value extends string = string> {
	readonly name: string;
	readonly value: Value;
	readonly description?: string;
}

export function asText(raw: unknown, label: string): string {
	if (raw === undefined || raw === null) return '';
	if (typeof raw === 'string') return raw;
	if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
	throw new ParameterError(label, `is ${show(raw)}, not text`);
}

export function asTextList(raw: unknown, label: string): string[] {
	if (raw === undefined || raw === null) return [];
	const parts = Array.isArray(raw)
		? raw.map((value) => asText(value, label))
		: asText(raw, label).split(',');
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

export function asRecord(raw: unknown, label: string): Readonly<Record<string, unknown>> {
	if (raw === undefined || raw === null || raw === '') return {};
	if (typeof raw === 'object' && !Array.isArray(raw)) return raw as Record<string, unknown>;
	throw new ParameterError(label, `is ${show(raw)}, not a set of fields`);
}

export function oneOf<Value extends string>(
	raw: unknown,
	options: ReadonlyArray<Choice<Value>>,
	label: string,
): Value {
	const found = options.find((option) => option.value === raw);
	if (found) return found.value;
	const known = options.map((option) => `"${option.value}"`).join(', ');
	throw new ParameterError(label, `is ${show(raw)}, which it doesn't know`, `Use one of ${known}.`);
}

/** A value as an error text quotes it: short, and without the contents of objects. */
export function show(raw: unknown): string {
	if (typeof raw === 'string') return `"${raw.length > 60 ? `${raw.slice(0, 57)}…` : raw}"`;
	if (Array.isArray(raw)) return 'a list';
	if (typeof raw === 'object' && raw !== null) return 'an object';
	return String(raw);
}
