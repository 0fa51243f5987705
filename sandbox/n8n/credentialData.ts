/** What a credential of the sandbox is filled in with. */
export interface CredentialTarget {
	readonly loginUrl: string;
	readonly graphUrl: string;
	readonly tenantId: string;
	readonly clientId: string;
	readonly clientSecret: string;
}

/** The fields of this package's credentials that lead to the sandbox's login and Graph. */
export function credentialData(target: CredentialTarget): Readonly<Record<string, unknown>> {
	return {
		environment: 'custom',
		customLoginUrl: target.loginUrl,
		customGraphUrl: target.graphUrl,
		tenantId: target.tenantId,
		clientId: target.clientId,
		clientCredentialType: 'clientSecret',
		clientSecret: target.clientSecret,
	};
}
