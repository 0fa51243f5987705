import type { ColumnDefinition } from '@microsoft/microsoft-graph-types';
import { path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { oncePerClient } from '../pickers/oncePerClient';

/** All columns of a list, hidden ones too; asked once a run. */
export async function listColumns(
	graph: GraphClient,
	site: string,
	list: string,
): Promise<readonly ColumnDefinition[]> {
	return await oncePerClient(graph, `columns ${site} ${list}`, async () => {
		const columns: ColumnDefinition[] = [];
		const request = { method: 'GET', path: path`/sites/${site}/lists/${list}/columns` } as const;
		for await (const page of graph.pages<ColumnDefinition>(request, { pageSize: 500 })) {
			columns.push(...page);
		}
		return columns;
	});
}
