import type { TokenProvider } from '../../core/auth/TokenProvider';
import {
	missingPermissions,
	sharedForm,
	permissionNames,
	whoCanGrant,
} from '../../core/permissions';
import type { Operation } from './operation';

type Identity = TokenProvider['kind'];

/** Whether a connection may run an operation, by the permissions that it was granted. */
export type PermissionVerdict =
	| { readonly state: 'granted' }
	| {
			readonly state: 'missing';
			readonly permissions: readonly string[];
			readonly whoCanGrant: 'user' | 'admin';
	  }
	/** Microsoft offers it to the other kind of connection only. */
	| { readonly state: 'otherIdentity' };

/** @param granted the permissions of the connection's token */
export function permissionVerdict(
	{ permissions }: Pick<Operation, 'permissions'>,
	identity: Identity,
	granted: readonly string[],
): PermissionVerdict {
	const needed = permissions[identity];
	if (needed === null) return { state: 'otherIdentity' };
	const missing = missingPermissions(needed, granted, identity);
	if (missing.length === 0) return { state: 'granted' };
	const isForAdmins = missing.some((name) => whoCanGrant(name, identity) === 'admin');
	return {
		state: 'missing',
		permissions: missing,
		whoCanGrant: isForAdmins ? 'admin' : 'user',
	};
}

/** What to do where Microsoft Graph refuses an operation with 403, which names nothing itself. */
export function permissionStep(
	operation: Pick<Operation, 'permissions'>,
	identity: Identity,
	granted: readonly string[] | undefined,
): string {
	const needed = operation.permissions[identity];
	if (needed === null) return otherIdentityStep(identity);
	if (needed === '') return anyRequestStep(granted);
	const verdict = permissionVerdict(operation, identity, granted ?? []);
	const isGranted = verdict.state !== 'missing';
	const named = isGranted ? needed : verdict.permissions.join(' ');
	return identity === 'application'
		? applicationStep(named, isGranted)
		: delegatedStep(named, isGranted, verdict);
}

function anyRequestStep(granted: readonly string[] | undefined): string {
	const has = granted === undefined ? '' : ` The connection has: ${granted.join(', ') || 'none'}.`;
	return `Microsoft's page about this request tells which permission it needs.${has}`;
}

export function otherIdentityStep(identity: Identity): string {
	return identity === 'application'
		? 'Microsoft offers this to signed-in people only: choose "A Person (OAuth2)" under Connect As.'
		: 'Microsoft offers this to apps only: choose "The App Itself (App-Only)" under Connect As.';
}

function applicationStep(named: string, isGranted: boolean): string {
	return isGranted
		? `The app has the application permission ${named}. So it is this very mailbox, site or drive that is closed to it: ` +
				'an access policy, RBAC for applications or Sites.Selected keeps it out. An admin can change that.'
		: `The app needs the application permission ${named}, with admin consent, and a mailbox or site ` +
				'that no access policy keeps from it. An admin adds it in Entra under App registrations > API permissions.';
}

function delegatedStep(named: string, isGranted: boolean, verdict: PermissionVerdict): string {
	const others = othersMailboxNote(named);
	if (isGranted) {
		return (
			`The connection has the permission ${named}. So the person has no access of their own to this very mailbox, ` +
			`site, drive or item, or a policy forbids it.${others}`
		);
	}
	const approval =
		verdict.state === 'missing' && verdict.whoCanGrant === 'admin'
			? 'only an admin can approve it'
			: 'an admin may have to approve it';
	return (
		`The signed-in person's connection needs the permission ${named}. Add it in the credential, ` +
		`connect the account again, and accept; ${approval}.${others}`
	);
}

function othersMailboxNote(named: string): string {
	const names = permissionNames(named);
	const shared = names.map((name) => sharedForm(name)).filter((name) => name !== undefined);
	if (shared.length > 0) {
		return ` For somebody else's mailbox it takes ${shared.join(' ')}, and the person's access to it in Exchange.`;
	}
	// Of MailboxSettings there is none; a person's own mailbox is all that it opens.
	return names.some((name) => name.startsWith('MailboxSettings.'))
		? " In somebody else's mailbox only an app may do this: connect as the app itself there."
		: '';
}
