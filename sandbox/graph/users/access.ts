import type { AccessTokenClaims } from '../../accessToken';
import type { Access } from '../server/call';

/** learn.microsoft.com/graph/permissions-reference, users and groups. */
const profiles = ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'];

export const profileRead: Access = {
	delegated: ['User.Read', 'User.ReadWrite'],
	shared: ['User.ReadBasic.All', ...profiles],
	isDirectoryData: true,
	application: profiles,
};

export const profilesRead: Access = { ...profileRead, delegated: [] };

export const managerRead: Access = {
	delegated: profiles,
	shared: profiles,
	isDirectoryData: true,
	application: profiles,
};

const groups = [
	'GroupMember.Read.All',
	'Group.Read.All',
	'Group.ReadWrite.All',
	'Directory.Read.All',
];

export const groupsRead: Access = { delegated: groups, application: groups };

/** A person's own take no more than the profile's permission; apps need the directory's. */
export const membershipRead: Access = {
	delegated: ['User.Read', 'User.ReadWrite'],
	shared: groups,
	isDirectoryData: true,
	application: ['Directory.Read.All'],
};

const applications = ['Application.Read.All', 'Application.ReadWrite.All', 'Directory.Read.All'];

export const applicationsRead: Access = { delegated: applications, application: applications };

/** Whether more than the basic profile of others may be told. */
export function mayReadFullProfiles({ scp, roles }: AccessTokenClaims): boolean {
	const held = [...(scp?.split(' ') ?? []), ...(roles ?? [])];
	return held.some((name) => profiles.includes(name));
}
