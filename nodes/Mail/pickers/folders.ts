import { mailboxPicker } from '../../kit/pickers/picker';
import { listFolders } from '../folders';

/** All folders with their full paths, in the mailbox's own language. */
export const searchFolders = mailboxPicker(async ({ graph, mailbox, typed }) => {
	const folders = await listFolders(graph, mailbox, { recursive: true, includeHidden: false });
	const wanted = typed.toLowerCase();
	return {
		results: folders
			.filter(({ path }) => path.toLowerCase().includes(wanted))
			.map(({ folder, path }) => ({ name: path, value: folder.id ?? '' })),
	};
});
