import type { TokenProvider } from '../../../core/auth/TokenProvider';
import { type GraphPath, path } from '../../../core/graph/path';
import type { GraphRequest } from '../../../core/graph/types';
import type { Service } from '../../catalog';
import type { Permissions } from '../../kit/operation';

export interface Probe {
	readonly permissions: Permissions;
	/** @param person the root of whose mailbox and OneDrive is asked; none for an app without one named */
	readonly request: (
		person: GraphPath | undefined,
		identity: TokenProvider['kind'],
	) => GraphRequest | undefined;
	/** The answer in plain words. */
	readonly tell: (body: never) => string;
}

export interface CheckedService {
	readonly name: string;
	/** The node whose operations are listed. */
	readonly operations?: Service;
	readonly probe?: Probe;
}

const ofPerson =
	(below: (person: GraphPath) => GraphPath, $select: string): Probe['request'] =>
	(person) =>
		person && { method: 'GET', path: below(person), query: { $select } };

const gigabytes = (bytes = 0): string => `${(bytes / 1024 ** 3).toFixed(1)} GB`;

/** What can be checked, with the smallest request that tells whether it works. */
export const checkedServices = {
	mail: {
		name: 'Mail',
		operations: 'mail',
		probe: {
			permissions: { delegated: 'Mail.ReadBasic', application: 'Mail.ReadBasic.All' },
			request: ofPerson(
				(person) => path`${person}/mailFolders/inbox`,
				'displayName,totalItemCount,unreadItemCount',
			),
			tell: (inbox: { totalItemCount?: number; unreadItemCount?: number }) =>
				`The mailbox opens: ${inbox.totalItemCount ?? 0} messages in the Inbox, ${inbox.unreadItemCount ?? 0} of them unread`,
		},
	},
	calendar: {
		name: 'Calendar',
		operations: 'calendar',
		probe: {
			permissions: { delegated: 'Calendars.ReadBasic', application: 'Calendars.ReadBasic.All' },
			request: ofPerson((person) => path`${person}/calendar`, 'name,canEdit'),
			tell: (calendar: { name?: string; canEdit?: boolean }) =>
				`The calendar "${calendar.name ?? ''}" opens${calendar.canEdit === false ? ', to be read only' : ''}`,
		},
	},
	oneDrive: {
		name: 'OneDrive',
		operations: 'files',
		probe: {
			permissions: { delegated: 'Files.Read', application: 'Files.Read.All' },
			request: ofPerson((person) => path`${person}/drive`, 'driveType,quota'),
			tell: ({ quota }: { quota?: { used?: number; total?: number } }) =>
				`The OneDrive opens: ${gigabytes(quota?.used)} of ${gigabytes(quota?.total)} in use`,
		},
	},
	sharePoint: {
		name: 'SharePoint',
		operations: 'sharePoint',
		probe: {
			permissions: { delegated: 'Sites.Read.All', application: 'Sites.Read.All' },
			request: () => ({
				method: 'GET',
				path: path`/sites/root`,
				query: { $select: 'displayName,webUrl' },
			}),
			tell: (site: { webUrl?: string }) => `The root site opens: ${site.webUrl ?? ''}`,
		},
	},
	teamsFiles: {
		name: 'Teams Files',
		probe: {
			permissions: { delegated: 'Team.ReadBasic.All', application: 'Team.ReadBasic.All' },
			request: (_person, identity) =>
				identity === 'delegated'
					? { method: 'GET', path: path`/me/joinedTeams` }
					: { method: 'GET', path: path`/teams`, query: { $top: 1, $select: 'id' } },
			tell: ({ value = [] }: { value?: unknown[] }) =>
				value.length === 0
					? 'Teams answer, but there are none to see'
					: 'Teams answer; their files are reached through the channels',
		},
	},
	directory: { name: 'Users and Groups', operations: 'graph' },
} as const satisfies Record<string, CheckedService>;

export type CheckedServiceName = keyof typeof checkedServices;

export const checkedServiceNames = Object.keys(checkedServices) as CheckedServiceName[];

export const serviceOf = (name: CheckedServiceName): CheckedService => checkedServices[name];
