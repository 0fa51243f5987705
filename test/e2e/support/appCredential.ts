import { createCredential, type N8nRest, type SavedCredential } from '../../../sandbox/n8n/rest';
import { sandbox } from './sandbox';

/** An app-only credential for the suite's login and Graph, in an n8n of a test's own. */
export async function createAppCredential(
	rest: N8nRest,
	others: Readonly<Record<string, unknown>> = {},
): Promise<SavedCredential> {
	const { loginUrl, graphUrl, tenantId, clientId, clientSecret } = sandbox();
	return await createCredential(rest, {
		name: 'App',
		type: 'microsoft365AppOnlyApi',
		data: {
			environment: 'custom',
			customLoginUrl: loginUrl,
			customGraphUrl: graphUrl,
			tenantId,
			clientId,
			clientCredentialType: 'clientSecret',
			clientSecret,
			...others,
		},
	});
}
