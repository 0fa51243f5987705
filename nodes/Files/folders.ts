import type { DriveItem } from '@microsoft/microsoft-graph-types';
import type { ItemAddress } from '../../core/drive/itemAddress';
import { ConflictError, NotFoundError } from '../../core/graph/errors';
import { path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import { ParameterError } from '../kit/field';

type IfExists = 'fail' | 'rename' | 'use';

/**
 * Nested folders, from the outermost on. Tries the innermost first: usually those above are there.
 * @throws {ConflictError} where the last exists and must not
 */
export async function createFolders(
	graph: GraphClient,
	parent: ItemAddress,
	names: readonly string[],
	ifExists: IfExists,
): Promise<DriveItem> {
	const name = names.at(-1);
	if (name === undefined) throw new ParameterError('Name or Path', 'is empty');
	const above = names.slice(0, -1);
	try {
		return await createFolder(graph, parent.child(...above), name, ifExists);
	} catch (error) {
		if (!(error instanceof NotFoundError) || above.length === 0) throw error;
	}
	await createFolders(graph, parent, above, 'use');
	return await createFolder(graph, parent.child(...above), name, ifExists);
}

async function createFolder(
	graph: GraphClient,
	parent: ItemAddress,
	name: string,
	ifExists: IfExists,
): Promise<DriveItem> {
	try {
		return await graph.request<DriveItem>({
			method: 'POST',
			path: path`${parent.path}/children`,
			body: {
				name,
				folder: {},
				'@microsoft.graph.conflictBehavior': ifExists === 'rename' ? 'rename' : 'fail',
			},
			// Made twice, it is the same one, but where a second one is wanted.
			repeatable: ifExists === 'use',
		});
	} catch (error) {
		if (!(error instanceof ConflictError) || ifExists !== 'use') throw error;
		const existing = await graph.request<DriveItem>({
			method: 'GET',
			path: parent.child(name).path,
		});
		if (existing.folder) return existing;
		throw new ParameterError(
			'Name or Path',
			`there is a file with the name "${name}"`,
			'Choose another name for the folder.',
		);
	}
}
