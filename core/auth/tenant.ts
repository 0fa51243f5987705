import { CloudSettingError } from '../clouds';
import type { TokenProvider } from './TokenProvider';

/** The names that stand for many tenants at once; none of them has users or an app registration of its own. */
export const sharedTenants = ['common', 'organizations', 'consumers'] as const;

// Without flags, as n8n's display rules, which use them too, know none.
const guid = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';
const label = '[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?';
const domain = `(${label}\\.)+[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])`;

/** Everything that may stand in a credential's Tenant ID. */
export const tenantPatterns = {
	delegated: new RegExp(`^(${[...sharedTenants, guid, domain].join('|')})$`),
	application: new RegExp(`^(${guid}|${domain})$`),
} as const satisfies Record<TokenProvider['kind'], RegExp>;

export function isSharedTenant(tenantId: string): boolean {
	return (sharedTenants as readonly string[]).includes(tenantId.toLowerCase());
}

export const tenantFormatHint =
	'a tenant ID such as 8eaef023-2b34-4da1-9baa-8bc8c9d6a490, or a domain such as contoso.onmicrosoft.com';

/**
 * The tenant as it goes into URLs.
 * @throws {CloudSettingError} when it is none, or one that the kind of sign-in can't use
 */
export function checkTenant(tenant: string, kind: TokenProvider['kind']): string {
	const text = tenant.trim();
	if (kind === 'application') {
		if (text === '') {
			throw new CloudSettingError('tenantId', `The Tenant ID is empty. Enter ${tenantFormatHint}.`);
		}
		if (isSharedTenant(text)) {
			throw new CloudSettingError(
				'tenantId',
				`An app that signs in by itself does so in one tenant, and "${text}" stands for many. Enter ${tenantFormatHint}. ` +
					'It is on the Overview page of the app registration, as Directory (tenant) ID.',
			);
		}
	} else if (text === '') {
		return 'common';
	}
	if (!tenantPatterns[kind].test(text)) {
		throw new CloudSettingError(
			'tenantId',
			`The Tenant ID is neither a tenant's ID nor a domain. Enter ${tenantFormatHint}` +
				(kind === 'delegated' ? ', or common for an app that many organizations use.' : '.'),
		);
	}
	return text;
}
