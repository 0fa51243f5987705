import type { SandboxDirectory, SandboxUser } from '../../directory';
import { sandboxGroups, type SandboxGroup } from '../drive/seeds';
import type { Entity } from '../odata/evaluate';

/** The first two people of the directory are in every group. */
export function membersOf(directory: SandboxDirectory): readonly SandboxUser[] {
	return directory.users.slice(0, 2);
}

export function groupsOf(directory: SandboxDirectory, user: SandboxUser): readonly SandboxGroup[] {
	return membersOf(directory).includes(user) ? sandboxGroups : [];
}

export function groupView({ id, displayName, mail }: SandboxGroup): Entity {
	return {
		'@odata.type': '#microsoft.graph.group',
		id,
		createdDateTime: '2026-01-05T08:00:00Z',
		description: `The team ${displayName}`,
		displayName,
		groupTypes: ['Unified'],
		mail,
		mailEnabled: true,
		securityEnabled: false,
		visibility: 'Private',
	};
}
