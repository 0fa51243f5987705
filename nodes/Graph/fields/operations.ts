import { type CatalogEntry, catalog } from '../../catalog';
import { choices } from '../../kit/fields/values';

const byId = new Map(catalog.map((entry) => [entry.id, entry]));

/** Any of the package's operations, by the names that they have in n8n. */
export const operationsField = choices('operations', {
	displayName: 'Operations',
	options: catalog
		.map(({ id, node, resource, operation }) => ({
			name: `${node.replace('Microsoft 365 ', '')}: ${resource} > ${operation.name}`,
			value: id,
			description: operation.description,
		}))
		.sort((a, b) => a.name.localeCompare(b.name, 'en')),
	description: 'What the workflows are going to do',
});

export function entriesOf(ids: readonly string[]): CatalogEntry[] {
	return ids.flatMap((id) => byId.get(id) ?? []);
}
