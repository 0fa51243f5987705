import { mailboxPicker } from '../../kit/pickers/picker';
import { colorNames, listCategories } from '../categories';

export const searchCategories = mailboxPicker(async ({ graph, mailbox, typed }) => {
	const categories = await listCategories(graph, mailbox);
	const wanted = typed.toLowerCase();
	return {
		results: categories
			.filter(({ displayName }) => displayName?.toLowerCase().includes(wanted))
			.map(({ id, displayName, color }) => ({
				name: `${displayName ?? ''} — ${colorNames[color ?? 'none']}`,
				value: id ?? '',
			})),
	};
});
