import type { TokenProvider } from '../../core/auth/TokenProvider';
import { graphAppId, permissionFacts } from '../../core/permissionFacts';
import { permissionNames, sharedForm, withoutCovered } from '../../core/permissions';
import { requiredScopes } from '../../core/scopes';
import type { CatalogEntry } from '../catalog';

type Identity = TokenProvider['kind'];

export interface PermissionChoice {
	readonly entries: readonly CatalogEntry[];
	/** Whether people work in others' mailboxes and calendars too. */
	readonly othersMailboxes: boolean;
}

/** The fewest and smallest permissions with which all of the operations run. */
export function leastPermissions(
	{ entries, othersMailboxes }: PermissionChoice,
	identity: Identity,
): string[] {
	const needed = entries.flatMap(({ operation }) =>
		permissionNames(operation.permissions[identity] ?? ''),
	);
	const shared =
		othersMailboxes && identity === 'delegated'
			? needed.flatMap((name) => sharedForm(name) ?? [])
			: [];
	return withoutCovered([...needed, ...shared], identity);
}

/** What every sign-in asks besides. */
export function withSignIn(names: readonly string[]): string[] {
	return [...new Set([...names, ...requiredScopes])];
}

export interface ResourceAccess {
	readonly id: string;
	readonly type: 'Scope' | 'Role';
}

/** For `requiredResourceAccess` in the manifest of an app registration. */
export function resourceAccess(
	names: readonly string[],
	identity: Identity,
): { readonly access: ResourceAccess[]; readonly withoutId: string[] } {
	const access: ResourceAccess[] = [];
	const withoutId: string[] = [];
	for (const name of names) {
		const facts = permissionFacts[name];
		const id = identity === 'delegated' ? facts?.scopeId : facts?.roleId;
		if (id === undefined) withoutId.push(name);
		else access.push({ id, type: identity === 'delegated' ? 'Scope' : 'Role' });
	}
	return { access, withoutId };
}

export const requiredResourceAccess = (resourceAccess: readonly ResourceAccess[]): object[] =>
	resourceAccess.length === 0 ? [] : [{ resourceAppId: graphAppId, resourceAccess }];
