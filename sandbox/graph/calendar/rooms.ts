import type { BoxOwner } from './calendarBox';
import type { SandboxDirectory } from '../../directory';
import { sandboxGroups } from '../drive/seeds';

export interface SandboxRoom extends BoxOwner {
	readonly capacity: number;
	readonly building: string;
	readonly floor: number;
	/** The address of its room list. */
	readonly list: string;
}

export interface SandboxRoomList {
	readonly id: string;
	readonly name: string;
	readonly address: string;
}

/** A Microsoft 365 group, with its own calendar. */
export interface SandboxGroup extends BoxOwner {
	/** Principal names. */
	readonly members: readonly string[];
}

export interface SandboxPlaces {
	readonly rooms: readonly SandboxRoom[];
	readonly lists: readonly SandboxRoomList[];
	readonly groups: readonly SandboxGroup[];
}

/** Rooms and groups of the tenant. Everything here is made up and public. */
export function placesOf({ domain, users }: SandboxDirectory): SandboxPlaces {
	const room = (number: number, name: string, capacity: number, building: number): SandboxRoom => ({
		id: `00000000-0000-4000-9000-00000000000${number}`,
		name,
		address: `room${number}@${domain}`,
		capacity,
		building: `Building ${building}`,
		floor: 1,
		list: `building${building}@${domain}`,
	});
	const list = (number: number): SandboxRoomList => ({
		id: `00000000-0000-4000-9100-00000000000${number}`,
		name: `Building ${number}`,
		address: `building${number}@${domain}`,
	});
	return {
		rooms: [room(1, 'Atlantic', 4, 1), room(2, 'Baltic', 8, 1), room(3, 'Caribbean', 20, 2)],
		lists: [list(1), list(2)],
		groups: sandboxGroups.map(({ id, displayName, mail }) => ({
			id,
			name: displayName,
			address: mail,
			members: users.slice(0, 2).map(({ userPrincipalName }) => userPrincipalName),
		})),
	};
}
