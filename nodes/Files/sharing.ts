import type {
	IdentitySet,
	Permission,
	SharePointIdentitySet,
} from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';

type Identities = SharePointIdentitySet | IdentitySet | null | undefined;

/** A permission as one flat object that has the same keys for every one. */
export function simplifyPermission(permission: Permission): IDataObject {
	const { link } = permission;
	const people = permission.grantedToIdentitiesV2 ?? permission.grantedToIdentities ?? [];
	const holders = [permission.grantedToV2 ?? permission.grantedTo, ...people];
	return {
		id: permission.id ?? '',
		type: link ? 'link' : 'direct',
		roles: permission.roles ?? [],
		grantedTo: holders.map(nameOf).filter((name) => name !== ''),
		linkUrl: link?.webUrl ?? '',
		linkType: link?.type ?? '',
		linkScope: link?.scope ?? '',
		hasPassword: permission.hasPassword ?? false,
		expirationDateTime: permission.expirationDateTime ?? '',
		isInherited: Boolean(permission.inheritedFrom?.id),
	};
}

function nameOf(identities: Identities): string {
	const { user, group, siteUser, siteGroup, application } = (identities ??
		{}) as SharePointIdentitySet;
	const holder = user ?? group ?? siteUser ?? siteGroup ?? application;
	const email = (holder as { email?: string } | null | undefined)?.email;
	return email ?? holder?.displayName ?? '';
}

export const outputPermission = (permission: Permission, simplify: boolean): IDataObject =>
	simplify ? simplifyPermission(permission) : { ...permission };
