import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { Operation } from './operation';

/** What a node works on, with its operations. One entry of the Resource dropdown. */
export interface Resource {
	readonly name: string;
	/** Never changes: workflows hold it. */
	readonly value: string;
	readonly description?: string;
	readonly operations: readonly Operation[];
}

export const defineResource = (resource: Resource): Resource => resource;

/** The Resource dropdown, an Operation dropdown for each resource, and each operation's own fields. */
export function resourceProperties(resources: readonly Resource[]): INodeProperties[] {
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

function operationDropdown(resource: Resource): INodeProperties {
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

function operationFields(resource: Resource): INodeProperties[] {
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
export function findOperation(
	resources: readonly Resource[],
	resourceValue: string,
	operationValue: string,
): Operation {
	const operation = resources
		.find(({ value }) => value === resourceValue)
		?.operations.find(({ value }) => value === operationValue);
	if (operation) return operation;
	throw new RangeError(
		`This node has no operation "${operationValue}" for the resource "${resourceValue}"`,
	);
}
