import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { adminConsentUrl } from '../../core/auth/adminConsent';
import { explainAadError } from '../../core/auth/aadErrors';
import { AuthError } from '../../core/auth/AuthError';
import { readTokenClaims } from '../../core/auth/tokenClaims';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import { createImapConnection } from '../../core/mail/imapConnection';
import { MailServerError } from '../../core/mail/MailServerError';
import { createSmtpClient } from '../../core/mail/smtp';
import type { MailLogin } from '../../core/mail/types';
import type { MailProtocol } from '../../core/scopes';
import { type Connection, readConnection } from './connection';
import { ParameterError } from './field';
import { personLogin, protocolsOf } from './mailConnect';
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
			const mailRoles = await rolesForMail(connection);
			if (mailRoles.length > 0) return connected(mailRoles);
			return {
				status: 'Error',
				message:
					'The app signs in, but may do nothing: it has no application permission that an admin approved. ' +
					'Add application permissions (not delegated ones) of Microsoft Graph to the app registration under API permissions, ' +
					`then an admin opens ${adminConsentUrl(connection)}`,
			};
		}
		return claims
			? connected(claims.roles)
			: {
					status: 'OK',
					message: 'Connected. Microsoft gave a token that does not tell what it allows.',
				};
	} catch (error) {
		const { message, nextStep } = explainAadError(error);
		return { status: 'Error', message: `${message}. ${nextStep}` };
	}
}

function connected(roles: readonly string[]): INodeCredentialTestResult {
	return { status: 'OK', message: `Connected. The app may: ${roles.join(', ')}` };
}

/** An app for IMAP and SMTP alone has nothing in Microsoft Graph. */
async function rolesForMail(connection: Connection): Promise<readonly string[]> {
	try {
		const resource = connection.cloud.outlookAppResource;
		return (
			readTokenClaims(await applicationTokens(connection, { resource }).getToken())?.roles ?? []
		);
	} catch {
		return [];
	}
}

/**
 * Tests a person's mail credential: signs in to each server of its purpose and does nothing there.
 * With the stored token, as n8n renews tokens for nodes only.
 *
 * n8n up to 2.40 asks no package about credentials that extend its own OAuth2: it looks whether
 * there is a token. The operation Verify of the SMTP node signs in there.
 */
export async function microsoft365MailTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted,
): Promise<INodeCredentialTestResult> {
	try {
		const connection = readConnection('delegated', data);
		const tokens = storedToken(data);
		const done: string[] = [];
		for (const protocol of protocolsOf(data)) {
			const login = await personLogin(connection, data, protocol, tokens);
			await signInTo[protocol](login);
			done.push(`${protocol.toUpperCase()} at ${login.server.host} as ${login.mailbox}`);
		}
		return { status: 'OK', message: `Connected: ${done.join(', ')}` };
	} catch (error) {
		if (!(error instanceof MailServerError) && !(error instanceof ParameterError)) {
			const { message, nextStep } = explainAadError(error);
			return { status: 'Error', message: `${message}. ${nextStep}` };
		}
		return { status: 'Error', message: [error.message, error.nextStep].join('. ') };
	}
}

const signInTo: Readonly<Record<MailProtocol, (login: MailLogin) => Promise<void>>> = {
	imap: async (login) => {
		const imap = createImapConnection(login);
		try {
			await imap.use(async () => await Promise.resolve());
		} finally {
			await imap.close();
		}
	},
	smtp: async (login) => {
		const smtp = createSmtpClient(login);
		try {
			await smtp.verify();
		} finally {
			await smtp.close();
		}
	},
};

function storedToken({ oauthTokenData }: ICredentialDataDecryptedObject): TokenProvider {
	const { access_token: token } = (oauthTokenData ?? {}) as { access_token?: string };
	if (token === undefined) {
		throw new AuthError('Nobody has finished connecting an account with this credential', {
			code: 'not_connected',
			nextStep: 'Press "Connect", sign in and accept.',
			whoCanFix: 'user',
			docsAnchor: 'not-connected',
		});
	}
	return {
		kind: 'delegated',
		getToken: async () => await Promise.resolve(token),
		renew: async () => await Promise.resolve(token),
	};
}
