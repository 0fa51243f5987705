import type { TokenProvider } from './auth/TokenProvider';
import { permissionFacts } from './permissionFacts';

type Identity = TokenProvider['kind'];

/**
 * What one permission covers besides itself, as Microsoft's pages list "higher privileged
 * permissions" for the requests of this package (learn.microsoft.com/graph/permissions-overview).
 * Covering is transitive.
 */
const covered: Readonly<Record<string, readonly string[]>> = {
	'Mail.Read': ['Mail.ReadBasic', 'Mail.ReadBasic.All'],
	'Mail.ReadBasic.All': ['Mail.ReadBasic'],
	'Mail.ReadBasic.Shared': ['Mail.ReadBasic'],
	'Mail.Read.Shared': ['Mail.Read', 'Mail.ReadBasic.Shared'],
	'Mail.ReadWrite': ['Mail.Read'],
	'Mail.ReadWrite.Shared': ['Mail.ReadWrite', 'Mail.Read.Shared'],
	'Mail.Send.Shared': ['Mail.Send'],
	'MailboxSettings.ReadWrite': ['MailboxSettings.Read'],
	'Calendars.Read': ['Calendars.ReadBasic', 'Calendars.ReadBasic.All'],
	'Calendars.ReadBasic.All': ['Calendars.ReadBasic'],
	'Calendars.Read.Shared': ['Calendars.Read'],
	'Calendars.ReadWrite': ['Calendars.Read'],
	'Calendars.ReadWrite.Shared': ['Calendars.ReadWrite', 'Calendars.Read.Shared'],
	'Files.Read.All': ['Files.Read'],
	'Files.ReadWrite': ['Files.Read'],
	'Files.ReadWrite.All': ['Files.ReadWrite', 'Files.Read.All'],
	'Sites.Read.All': ['Files.Read.All'],
	'Sites.ReadWrite.All': ['Sites.Read.All', 'Files.ReadWrite.All'],
	'Sites.Manage.All': ['Sites.ReadWrite.All'],
	'Sites.FullControl.All': ['Sites.Manage.All'],
	'Place.ReadWrite.All': ['Place.Read.All'],
	'Group.Read.All': ['GroupMember.Read.All', 'Team.ReadBasic.All', 'Channel.ReadBasic.All'],
	'Group.ReadWrite.All': ['Group.Read.All'],
	'GroupMember.ReadWrite.All': ['GroupMember.Read.All'],
	'User.ReadWrite': ['User.Read'],
	'User.ReadBasic.All': ['User.Read'],
	'User.Read.All': ['User.ReadBasic.All'],
	'User.ReadWrite.All': ['User.Read.All', 'User.ReadWrite'],
	'Application.ReadWrite.All': ['Application.Read.All'],
	'Directory.Read.All': ['User.Read.All', 'GroupMember.Read.All', 'Application.Read.All'],
	'Directory.ReadWrite.All': ['Directory.Read.All'],
};

/** For apps alone: learn.microsoft.com/graph/api/list-create#permissions */
const coveredForApps: Readonly<Record<string, readonly string[]>> = {
	'Sites.ReadWrite.All': ['Sites.Manage.All'],
};

/** Whether who holds the one permission may do what the other one allows. */
export function covers(held: string, wanted: string, identity: Identity): boolean {
	const seen = new Set<string>();
	const open = [held];
	for (let name = open.pop(); name !== undefined; name = open.pop()) {
		if (name === wanted) return true;
		if (seen.has(name)) continue;
		seen.add(name);
		open.push(...(covered[name] ?? []));
		if (identity === 'application') open.push(...(coveredForApps[name] ?? []));
	}
	return false;
}

/** Several names with a space between them, as operations and tokens have them. */
export function permissionNames(names: string): string[] {
	return names.split(/\s+/).filter((name) => name !== '');
}

/**
 * Which of the needed permissions a connection lacks.
 * @param needed one or several, with a space
 * @param granted as a token tells them, with or without the resource before them
 */
export function missingPermissions(
	needed: string,
	granted: readonly string[],
	identity: Identity,
): string[] {
	const held = granted.map((name) => name.slice(name.lastIndexOf('/') + 1));
	return permissionNames(needed).filter(
		(wanted) => !held.some((name) => covers(name, wanted, identity)),
	);
}

/** The same permissions without those that another one of them covers. */
export function withoutCovered(names: readonly string[], identity: Identity): string[] {
	const unique = [...new Set(names)];
	return unique
		.filter(
			(name) =>
				!unique.some(
					(other) =>
						other !== name &&
						covers(other, name, identity) &&
						// Of two that cover each other, the first stays.
						(!covers(name, other, identity) || unique.indexOf(other) < unique.indexOf(name)),
				),
		)
		.sort();
}

/** The `.Shared` form that a person needs for somebody else's mailbox, where there is one. */
export function sharedForm(permission: string): string | undefined {
	// Of Calendars.ReadBasic and MailboxSettings there is none.
	return /^(Mail\.(ReadBasic|Read|ReadWrite|Send)|Calendars\.(Read|ReadWrite))$/.test(permission)
		? `${permission}.Shared`
		: undefined;
}

/** Who can give a permission, as long as the tenant leaves people the right to consent at all. */
export function whoCanGrant(permission: string, identity: Identity): 'user' | 'admin' {
	if (identity === 'application') return 'admin';
	return permissionFacts[permission]?.needsAdmin ? 'admin' : 'user';
}
