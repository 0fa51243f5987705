import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';
import { mailboxPicker } from '../../kit/pickers/picker';
import { listFolders } from '../../Mail/folders';

const pick = mailboxPicker(async ({ graph, mailbox }) => {
	const folders = await listFolders(graph, mailbox, { recursive: true, includeHidden: false });
	return { results: folders.map(({ folder, path }) => ({ name: path, value: folder.id ?? '' })) };
});

/** All folders with their full paths, for a list of several. */
export async function getFolders(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const { results } = await pick.call(this);
	return results.map(({ name, value }) => ({ name, value }));
}
