import type { Calendar } from '@microsoft/microsoft-graph-types';
import { path } from '../../../core/graph/path';
import { mailboxPicker } from '../../kit/pickers/picker';

/** The mailbox's own calendars, and those that others shared with it. */
export const searchCalendars = mailboxPicker(async ({ graph, mailbox, typed }) => {
	const results = [{ name: 'Default Calendar', value: 'default' }];
	const pages = graph.pages<Calendar>(
		{ method: 'GET', path: path`${mailbox}/calendars`, query: { $select: 'id,name,owner' } },
		{ pageSize: 100 },
	);
	const calendars: Calendar[] = [];
	for await (const page of pages) calendars.push(...page);
	const owners = new Set(calendars.map(({ owner }) => owner?.address));
	for (const { id, name, owner } of calendars) {
		const whose = owners.size > 1 && owner?.name ? ` (${owner.name})` : '';
		results.push({ name: `${name ?? ''}${whose}`, value: id ?? '' });
	}
	const wanted = typed.toLowerCase();
	return { results: results.filter(({ name }) => name.toLowerCase().includes(wanted)) };
});
