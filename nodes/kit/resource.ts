import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { AnyOperation, GraphTools, Operation } from './operation';

/** What a node works on, with its operations. One entry of the Resource dropdown. */
export interface Resource<Tools extends object = GraphTools> {
	readonly name: string;
	/** Never changes: workflows hold it. */
	readonly value: string;
	readonly description?: string;
	readonly operations: ReadonlyArray<Operation<Tools>>;
}

/** A resource of any node: for what looks at definitions and runs none. */
export interface AnyResource extends Omit<Resource, 'operations'> {
	readonly operations: readonly AnyOperation[];
}

export const defineResource = <Tools extends object = GraphTools>(
	resource: Resource<Tools>,
): Resource<Tools> => resource;

/** The Resource dropdown, an Operation dropdown for each resource, and each operation's own fields. */
export function resourceProperties(resources: readonly AnyResource[]): INodeProperties[] {
	const sorted = byName(resources);
	return [
		{
			displayName: 'Resource',
			name: 'resource',
			type: 'options',
			noDataExpression: true,
			options: sorted.map(({ name, value, description }) => ({
				name,
				value,
				...(description !== undefined && { description }),
			})),
			default: resources[0]?.value ?? '',
		},
		...resources.flatMap((resource) => [operationDropdown(resource), ...operationFields(resource)]),
	];
}

function operationDropdown(resource: AnyResource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource.value] } },
		options: byName(resource.operations).map(({ name, value, action, description }) => ({
			name,
			value,
			action,
			description,
		})),
		default: resource.operations[0]?.value ?? '',
	};
}

function operationFields(resource: AnyResource): INodeProperties[] {
	return resource.operations.flatMap((operation) =>
		operation.properties.map(({ property }) => ({
			...property,
			displayOptions: shownFor(resource.value, operation.value, property.displayOptions),
		})),
	);
}

function shownFor(
	resource: string,
	operation: string,
	own: IDisplayOptions | undefined,
): IDisplayOptions {
	return { ...own, show: { resource: [resource], operation: [operation], ...own?.show } };
}

function byName<T extends { readonly name: string }>(entries: readonly T[]): T[] {
	return [...entries].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** @throws {RangeError} for a pair that no dropdown offers, as a hand-edited workflow may hold. */
export function findOperation<Tools extends object>(
	resources: ReadonlyArray<Resource<Tools>>,
	resourceValue: string,
	operationValue: string,
): Operation<Tools> {
	const operation = resources
		.find(({ value }) => value === resourceValue)
		?.operations.find(({ value }) => value === operationValue);
	if (operation) return operation;
	throw new RangeError(
		`This node has no operation "${operationValue}" for the resource "${resourceValue}"`,
	);
}
