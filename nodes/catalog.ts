import { resources as calendar } from './Calendar/resources';
import { resources as files } from './Files/resources';
import { directoryResources as graph } from './Graph/resources/directory';
import type { Operation } from './kit/operation';
import type { Resource } from './kit/resource';
import { resources as mail } from './Mail/resources';
import { resources as sharePoint } from './SharePoint/resources';

/** An operation with the names that lead to it in n8n. */
export interface CatalogEntry {
	/** Stable, e.g. `mail/message/send`. */
	readonly id: string;
	readonly service: Service;
	/** The node's name, e.g. `Microsoft 365 Mail`. */
	readonly node: string;
	readonly resource: string;
	readonly operation: Operation;
}

export const services = {
	mail: { node: 'Microsoft 365 Mail', resources: mail },
	calendar: { node: 'Microsoft 365 Calendar', resources: calendar },
	files: { node: 'Microsoft 365 Files', resources: files },
	sharePoint: { node: 'Microsoft 365 SharePoint', resources: sharePoint },
	graph: { node: 'Microsoft 365 Graph', resources: graph },
} as const satisfies Record<
	string,
	{ readonly node: string; readonly resources: readonly Resource[] }
>;

export type Service = keyof typeof services;

/**
 * Every operation that works on a Graph connection and has permissions of its own. Not those about
 * the connection itself and not free requests, whose permissions depend on the path.
 */
export const catalog: readonly CatalogEntry[] = (Object.keys(services) as Service[]).flatMap(
	(service) =>
		services[service].resources.flatMap((resource) =>
			resource.operations.map((operation) => ({
				id: `${service}/${resource.value}/${operation.value}`,
				service,
				node: services[service].node,
				resource: resource.name,
				operation,
			})),
		),
);
