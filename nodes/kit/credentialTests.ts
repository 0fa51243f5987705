import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { adminConsentUrl } from '../../core/auth/adminConsent';
import { explainAadError } from '../../core/auth/aadErrors';
import { readTokenClaims } from '../../core/auth/tokenClaims';
import { readConnection } from './connection';
import { applicationTokens } from './tokens';

/**
 * Tests an app-only credential: a new token from Microsoft, and whether it allows anything.
 *
 * Graph itself isn't asked. Microsoft checks the Graph address while giving the token
 * (AADSTS500011), and every request needs some permission that an app with few may rightly lack.
 */
export async function microsoft365AppOnlyTest(
	this: ICredentialTestFunctions,
	{ data }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const connection = readConnection('application', data ?? {});
		const tokens = applicationTokens(connection);
		// A stored token would hide that the secret has been deleted since.
		const token = await tokens.renew(await tokens.getToken());
		const claims = readTokenClaims(token);
		if (claims?.roles.length === 0) {
			return {
				status: 'Error',
				message:
					'The app signs in, but may do nothing: it has no application permission that an admin approved. ' +
					'Add application permissions (not delegated ones) of Microsoft Graph to the app registration under API permissions, ' +
					`then an admin opens ${adminConsentUrl(connection)}`,
			};
		}
		return {
			status: 'OK',
			message: claims
				? `Connected. The app may: ${claims.roles.join(', ')}`
				: 'Connected. Microsoft gave a token that does not tell what it allows.',
		};
	} catch (error) {
		const { message, nextStep } = explainAadError(error);
		return { status: 'Error', message: `${message}. ${nextStep}` };
	}
}
