import { mailboxPicker } from '../../kit/pickers/picker';
import { listRules } from '../rules';

export const searchRules = mailboxPicker(async ({ graph, mailbox, typed }) => {
	const rules = await listRules(graph, mailbox);
	const wanted = typed.toLowerCase();
	return {
		results: rules
			.filter(({ displayName }) => displayName?.toLowerCase().includes(wanted))
			.map(({ id, displayName, isEnabled }) => ({
				name: `${displayName ?? ''}${isEnabled === false ? ' (off)' : ''}`,
				value: id ?? '',
			})),
	};
});
