import { readTokenClaims } from '../auth/tokenClaims';
import { type MailProtocol, mailPermissions } from '../scopes';
import type { MailServerErrorDetails } from './MailServerError';

/** An audience is a service's URL or the GUID that it has in every tenant. */
const graphAppId = '00000003-0000-0000-c000-000000000000';
const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000';
const isGraph = (audience: string): boolean =>
	audience === graphAppId || /graph\.microsoft\.|microsoftgraph\./i.test(audience);
const isOutlook = (audience: string): boolean =>
	audience === exchangeAppId || /outlook/i.test(audience);

interface TokenFault extends Omit<MailServerErrorDetails, 'response' | 'cause'> {
	/** What is wrong with it, without a full stop. */
	readonly message: string;
}

/**
 * Why a mail server has to refuse a token, as far as the token itself tells: it is another
 * service's, has run out, or lacks the permission. `undefined` when nothing is wrong with it, or
 * it can't be read.
 *
 * Exchange answers all of these with the same words.
 */
export function findTokenFault(
	token: string,
	protocol: MailProtocol,
	nowMs: number,
): TokenFault | undefined {
	const claims = readTokenClaims(token);
	if (!claims) return undefined;
	const { delegated: scope, application: role } = mailPermissions[protocol];
	const label = protocol.toUpperCase();
	if (claims.audience !== undefined && !isOutlook(claims.audience)) {
		const service = isGraph(claims.audience) ? 'Microsoft Graph' : claims.audience;
		return {
			code: 'wrong_audience',
			message: `The access token is for ${service}, and the ${label} server takes tokens for Outlook only`,
			nextStep:
				`Use the Microsoft 365 Mail credential (IMAP and SMTP), whose sign-in asks for ${scope} on Outlook; ` +
				'a credential of the Graph nodes can not open a mail server. ' +
				'If it is the Mail credential already, connect its account again.',
			whoCanFix: 'user',
			docsAnchor: 'mail-token-audience',
		};
	}
	if (claims.expiresAtMs !== undefined && claims.expiresAtMs <= nowMs) {
		return {
			code: 'token_expired',
			message: 'The access token has run out',
			nextStep:
				'Run it again. If this comes back, check the clock of the machine that runs n8n, and connect the account in the credential again.',
			whoCanFix: 'user',
			isPassing: true,
		};
	}
	if (claims.scopes.length > 0 && !claims.scopes.some((name) => endsWithName(name, scope))) {
		return {
			code: 'missing_scope',
			message: `The signed-in person's connection does not include ${label}`,
			nextStep: `Choose a purpose with ${label} in the Microsoft 365 Mail credential, connect the account again and accept (permission ${scope}); an admin may have to approve it.`,
			whoCanFix: 'user',
			docsAnchor: 'mail-permissions',
		};
	}
	if (claims.scopes.length === 0 && !claims.roles.includes(role)) {
		return {
			code: 'missing_role',
			message: `The app has no permission for ${label}`,
			nextStep: `An admin adds the application permission ${role} of Office 365 Exchange Online to the app registration under API permissions, and grants admin consent.`,
			whoCanFix: 'admin',
			docsAnchor: 'mail-app-only',
		};
	}
	return undefined;
}

/** Microsoft writes a scope with or without its resource before it. */
function endsWithName(name: string, scope: string): boolean {
	return name === scope || name.endsWith(`/${scope}`);
}
