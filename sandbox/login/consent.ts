import type { default as OidcProvider, Grant } from 'oidc-provider' with {
	'resolution-mode': 'import',
};
import { fromProvider, openIdScopes, toProvider } from './openIdScopes';
import { openIdPermissions, type Permission } from './permissions';
import type { ScopeCatalogue } from './scopes';
import { consentKey, type Tenant } from './tenant';

export interface ConsentContext {
	readonly provider: OidcProvider;
	readonly tenant: Tenant;
	readonly catalogue: ScopeCatalogue;
}

/** What this user, or an admin for everyone, has consented to for the app so far. */
export async function loadConsent(
	context: ConsentContext,
	userId: string,
	clientId: string,
): Promise<Grant | undefined> {
	const { provider, tenant } = context;
	const grantId = tenant.consents.get(consentKey(userId, clientId));
	const grant = grantId === undefined ? undefined : await provider.Grant.find(grantId);
	const forAll = tenant.adminConsents.get(clientId);
	if (!forAll) return grant;
	return await addConsent(context, userId, clientId, forAll, grant);
}

/** Remembers that the user has consented to these scopes (towards the provider) as well. */
export async function addConsent(
	{ provider, tenant, catalogue }: ConsentContext,
	userId: string,
	clientId: string,
	scopes: Iterable<string>,
	existing?: Grant,
): Promise<Grant> {
	const grant = existing ?? new provider.Grant({ accountId: userId, clientId });
	for (const scope of scopes) {
		const api = isOpenId(scope) ? undefined : catalogue.permissionOf(scope);
		if (api) grant.addResourceScope(api.resource.audience, scope);
		else grant.addOIDCScope(scope);
	}
	tenant.consents.set(consentKey(userId, clientId), await grant.save());
	return grant;
}

/** The permissions of a consent page, in the order of asking. */
export function permissionsOf(catalogue: ScopeCatalogue, scopes: Iterable<string>): Permission[] {
	const permissions: Permission[] = [];
	for (const scope of scopes) {
		const permission = isOpenId(scope)
			? openIdPermissions.find(({ name }) => name === fromProvider(scope))
			: catalogue.permissionOf(scope)?.permission;
		if (permission) permissions.push(permission);
	}
	return permissions;
}

function isOpenId(scope: string): boolean {
	return openIdScopes.some((openId) => toProvider(openId) === scope);
}
