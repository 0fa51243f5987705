import { badRequest, RefusedError } from '../refused';
import { elementType, isCollection, type OperationModel } from './model';
import type { TypeIndex } from './typeIndex';

const edmChecks: Readonly<Record<string, (value: unknown) => boolean>> = {
	'Edm.String': (value) => typeof value === 'string',
	'Edm.Boolean': (value) => typeof value === 'boolean',
	'Edm.DateTimeOffset': (value) =>
		typeof value === 'string' &&
		/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
		!Number.isNaN(Date.parse(value)),
	'Edm.Date': (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
	'Edm.TimeOfDay': (value) =>
		typeof value === 'string' && /^\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(value),
	'Edm.Duration': (value) => typeof value === 'string' && /^-?P/.test(value),
	'Edm.Guid': (value) => typeof value === 'string' && /^[\da-f-]{36}$/i.test(value),
	'Edm.Binary': (value) => typeof value === 'string' && /^[\w+/-]*={0,2}$/.test(value),
};

/** @throws {RefusedError} Graph's 400 for a body that an entity or complex type can't be read from. */
export function checkBody(index: TypeIndex, type: string, body: unknown): void {
	checkObject(index, type, body, '');
}

/** @throws {RefusedError} Graph's 400 for an action's parameter that is unknown, missing or of another kind. */
export function checkParameters(index: TypeIndex, operation: OperationModel, body: unknown): void {
	const given = body === undefined ? {} : asObject(body, 'parameters');
	for (const [name, value] of Object.entries(given)) {
		if (name.startsWith('@')) continue;
		const parameter = operation.parameters.find(
			(each) => each.name.toLowerCase() === name.toLowerCase(),
		);
		if (parameter === undefined) {
			throw unreadable(
				`The parameter '${name}' in the request payload is not a valid parameter for the ` +
					`operation '${operation.name}'.`,
			);
		}
		checkValue(index, parameter.type, value, name);
	}
	const names = Object.keys(given).map((name) => name.toLowerCase());
	const missing = operation.parameters.find(
		(parameter) => parameter.isRequired && !names.includes(parameter.name.toLowerCase()),
	);
	if (missing !== undefined) {
		throw new RefusedError(
			400,
			'ErrorInvalidParameter',
			`The value of the parameter '${missing.name}' is empty.`,
		);
	}
}

function checkObject(index: TypeIndex, declared: string, value: unknown, path: string): void {
	const object = asObject(value, path);
	const type = actualType(index, declared, object['@odata.type']);
	if (index.type(type) === undefined) return;
	for (const [name, member] of Object.entries(object)) {
		const at = path === '' ? name : `${path}/${name}`;
		// Annotations: `@odata.type`, `attendees@odata.type`, `@microsoft.graph.conflictBehavior`.
		if (name.startsWith('@')) continue;
		const [property = name, annotation] = name.split('@', 2);
		const known = index.member(type, property);
		if (known === undefined) {
			if (index.isOpen(type)) continue;
			throw unreadable(
				`The property '${property}' does not exist on type '${type}'. Make sure to only use ` +
					'property names that are defined by the type or mark the type as open type.',
			);
		}
		if (annotation === undefined) checkValue(index, known.type, member, at);
	}
}

function actualType(index: TypeIndex, declared: string, annotation: unknown): string {
	if (annotation === undefined) {
		if (!index.isAbstract(declared)) return declared;
		throw unreadable(
			`The type '${declared}' is abstract; an '@odata.type' that names a derived type must be given.`,
		);
	}
	const named = typeof annotation === 'string' ? index.canonicalName(annotation) : undefined;
	if (named === undefined || !index.isA(named, declared)) {
		throw unreadable(
			`A type named ${JSON.stringify(annotation)} could not be resolved by the model, or is not ` +
				`derived from '${declared}'.`,
		);
	}
	return named;
}

function checkValue(index: TypeIndex, type: string, value: unknown, path: string): void {
	if (value === null) return;
	if (isCollection(type)) {
		if (!Array.isArray(value)) {
			throw unreadable(
				`The value of '${path}' must be a collection: a node of type 'StartArray' was expected.`,
			);
		}
		for (const each of value) checkValue(index, elementType(type), each, path);
		return;
	}
	const enumeration = index.model.enums[type];
	if (enumeration !== undefined) {
		const members = enumeration.members.map((member) => member.toLowerCase());
		const given = typeof value === 'string' ? value.toLowerCase() : '';
		const parts = enumeration.isFlags ? given.split(/\s*,\s*/) : [given];
		if (!parts.every((part) => members.includes(part))) throw unconvertible(value, type);
		return;
	}
	if (index.type(type) !== undefined) {
		checkObject(index, type, value, path);
		return;
	}
	const check =
		edmChecks[type] ??
		(/^Edm\.(U?Int|Byte|SByte)/.test(type)
			? Number.isInteger
			: /^Edm\.(Double|Single|Decimal)/.test(type)
				? (each: unknown) => typeof each === 'number'
				: undefined);
	if (check !== undefined && !check(value)) throw unconvertible(value, type);
}

function asObject(value: unknown, path: string): Record<string, unknown> {
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
		return value as Record<string, unknown>;
	}
	if (path === '') {
		throw badRequest(
			'Unable to read JSON request payload. Please ensure Content-Type header is set and ' +
				'payload is of valid JSON format.',
		);
	}
	throw unreadable(`The value of '${path}' must be an object: 'StartObject' was expected.`);
}

function unconvertible(value: unknown, type: string): Error {
	const literal = typeof value === 'string' ? value : JSON.stringify(value);
	return unreadable(
		`Cannot convert the literal '${literal.slice(0, 60)}' to the expected type '${type}'.`,
	);
}

function unreadable(message: string): RefusedError {
	return badRequest(message, 'RequestBodyRead');
}
