import type { CalendarPermission } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { type Field, Lookup, ParameterError } from '../../kit/field';
import { choice, text } from '../../kit/fields/values';
import type { CalendarPaths } from './calendar';

export const roleField = choice('role', {
	displayName: 'Role',
	options: [
		{
			name: 'Delegate With Private Events',
			value: 'delegateWithPrivateEventAccess',
			description: 'Changes events, private ones too, and gets the meeting requests',
		},
		{
			name: 'Delegate Without Private Events',
			value: 'delegateWithoutPrivateEventAccess',
			description: 'Changes events except private ones, and gets the meeting requests',
		},
		{ name: 'Editor', value: 'write', description: 'Reads and changes events' },
		{ name: 'Free/Busy Only', value: 'freeBusyRead', description: 'Sees when somebody is busy' },
		{ name: 'Limited Details', value: 'limitedRead', description: 'Sees subjects and locations' },
		{ name: 'Reader', value: 'read', description: 'Sees all details' },
	],
	default: 'read',
});

const label = 'Person';

/** A permission of the calendar, by whom it is for. Stands after `calendar`. */
export const permissionField: Field<'permission', GraphPath> = {
	name: 'permission',
	property: text('permission', {
		displayName: label,
		required: true,
		placeholder: 'e.g. ben@contoso.com',
		description: 'The address of whom the calendar is shared with, or the ID of the permission',
	}).property,
	read: (raw, { params }) => {
		const { self } = params['calendar'] as CalendarPaths;
		const value = typeof raw === 'string' ? raw.trim() : '';
		if (value === '') throw new ParameterError(label, 'is empty');
		if (!value.includes('@')) return path`${self}/calendarPermissions/${value}`;
		return new Lookup(async (graph) => {
			const permissions = await listPermissions(graph, self);
			const found = permissions.find(
				({ emailAddress }) => emailAddress?.address?.toLowerCase() === value.toLowerCase(),
			);
			if (found?.id) return path`${self}/calendarPermissions/${found.id}`;
			throw new ParameterError(
				label,
				`the calendar is not shared with ${value}`,
				'Get Permissions shows whom it is shared with.',
			);
		});
	},
};

export async function listPermissions(
	graph: GraphClient,
	calendar: GraphPath,
): Promise<CalendarPermission[]> {
	const permissions: CalendarPermission[] = [];
	const pages = graph.pages<CalendarPermission>(
		{ method: 'GET', path: path`${calendar}/calendarPermissions` },
		{ pageSize: 100 },
	);
	for await (const page of pages) permissions.push(...page);
	return permissions;
}
