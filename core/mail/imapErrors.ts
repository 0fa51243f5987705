import type { ImapFlowError } from 'imapflow';
import { AuthError } from '../auth/AuthError';
import { CancelledError } from '../graph/errors';
import { MailServerError, type MailServerErrorDetails } from './MailServerError';
import { connectionFault } from './serverFaults';
import { findTokenFault } from './tokenFault';
import type { MailLogin } from './types';

export interface ImapPlace {
	readonly login: Pick<MailLogin, 'server' | 'mailbox'>;
	/** The token that was shown to the server; for finding out why it was refused. Never told. */
	readonly token?: string;
	/** The folder that was worked on. */
	readonly folder?: string;
	/** Why the server ended the session, where it said so. */
	readonly byeReason?: string | undefined;
	readonly nowMs?: number;
}

type Details = Omit<MailServerErrorDetails, 'response' | 'cause'>;

interface Finding extends Details {
	readonly message: string;
}

/** The session ended because its token ran out: a new one with a fresh token goes on. */
export const sessionExpired = 'session_expired';
const connectionLostCode = 'connection_lost';

/** Whether another session may do what this one could not. */
export function isSessionLoss(error: unknown): error is MailServerError {
	return (
		error instanceof MailServerError &&
		(error.code === sessionExpired || error.code === connectionLostCode)
	);
}

/**
 * Any failure of an IMAP session as an error that says what to do. imapflow's own error stays
 * behind: it holds the command that was sent.
 */
export function toImapError(error: unknown, place: ImapPlace): Error {
	if (
		error instanceof MailServerError ||
		error instanceof AuthError ||
		error instanceof CancelledError
	) {
		return error;
	}
	const fault: ImapFlowError = isErrorLike(error) ? error : new Error(String(error));
	const response = responseOf(fault, place);
	const finding =
		findSessionEnd(response, place) ??
		(fault.authenticationFailed ? findSignInFault(response, place) : undefined);
	if (finding) return errorOf(finding, response);
	const broken = connectionFault(
		{ message: fault.message, ...(fault.code !== undefined && { code: fault.code }) },
		{ protocol: 'imap', server: place.login.server },
	);
	if (broken) return broken;
	const refusal = findRefusal(fault, response, place);
	return refusal ? errorOf(refusal, response) : lostOrUnknown(fault, response, place);
}

function errorOf({ message, ...details }: Finding, response: string): MailServerError {
	return new MailServerError(message, { ...details, ...(response && { response }) });
}

/** By its shape: an error of Node's own may be of another realm, as under jest. */
function isErrorLike(error: unknown): error is Error {
	return typeof error === 'object' && error !== null && 'message' in error;
}

/** The server's own words, shortened; they never quote what was sent. */
function responseOf(fault: ImapFlowError, { byeReason }: ImapPlace): string {
	const own = fault.responseText ?? (typeof fault.response === 'string' ? fault.response : '');
	const text = own || (fault.reason ?? byeReason ?? '');
	return text.replaceAll(/[\r\n]+/g, ' ').slice(0, 300);
}

function findSessionEnd(response: string, { login }: ImapPlace): Finding | undefined {
	if (/AccessTokenExpired|session invalidated/i.test(response)) {
		return {
			code: sessionExpired,
			message: 'Exchange ended the session because its access token ran out (AccessTokenExpired)',
			nextStep:
				'Run it again: a new session gets a fresh token. If it fails at once, connect the account in the credential again.',
			isPassing: true,
		};
	}
	if (/authenticated but not connected/i.test(response)) {
		return {
			code: 'not_connected',
			message: `Exchange accepted the sign-in, but did not open the mailbox ${login.mailbox} (User is authenticated but not connected)`,
			nextStep:
				'There are two causes. ' +
				`(1) The mailbox or the permission: check the address ${login.mailbox} in the credential (the primary SMTP address), that it has a mailbox with a license or is a shared one, and that the signed-in person (or the app) has Full Access to it; an admin grants it with Add-MailboxPermission. ` +
				'(2) Too many connections: Exchange allows a limited number of sessions a mailbox; close other mail programs and workflows on it, and try again in some minutes.',
			whoCanFix: 'admin',
			docsAnchor: 'mail-not-connected',
		};
	}
	if (
		/too many|maximum number of connections|connection limit|\[LIMIT\]|throttl|server (is )?busy/i.test(
			response,
		)
	) {
		return {
			code: 'too_many_connections',
			message: `The server has too many connections or requests for ${login.mailbox}`,
			nextStep:
				'Close other mail programs and workflows that use this mailbox, or let the workflow run less often, and try again in some minutes.',
			isPassing: true,
		};
	}
	return undefined;
}

function findSignInFault(response: string, place: ImapPlace): Finding {
	const { login, token, nowMs = Date.now() } = place;
	const own = token === undefined ? undefined : findTokenFault(token, 'imap', nowMs);
	if (own) return own;
	return {
		code: 'authentication_failed',
		message: `The IMAP server refused the sign-in to ${login.mailbox}${response ? ` (${response})` : ''}`,
		nextStep:
			`Check in this order: (1) the address ${login.mailbox} in the credential is the mailbox's primary SMTP address; ` +
			'(2) IMAP is switched on for the mailbox (an admin: Set-CASMailbox -ImapEnabled $true), and no Conditional Access or authentication policy blocks it; ' +
			'(3) for a shared mailbox, the signed-in person has Full Access to it; ' +
			'(4) for an app-only credential, an admin ran New-ServicePrincipal with the object ID of the Enterprise application, and Add-MailboxPermission for this mailbox.',
		whoCanFix: 'admin',
		docsAnchor: 'mail-authentication-failed',
	};
}

function findRefusal(
	fault: ImapFlowError,
	response: string,
	{ folder, login }: ImapPlace,
): Finding | undefined {
	const code = (fault.serverResponseCode ?? /^\[([A-Z]+)/.exec(response)?.[1] ?? '').toUpperCase();
	const named = folder === undefined ? 'The folder' : `The folder "${folder}"`;
	if (
		fault.mailboxMissing ||
		fault.code === 'NotFound' ||
		code === 'NONEXISTENT' ||
		code === 'TRYCREATE' ||
		/doesn'?t exist|does not exist|not found|unknown mailbox|no such mailbox/i.test(response)
	) {
		return {
			code: 'folder_not_found',
			message: `${named} does not exist in ${login.mailbox}`,
			nextStep:
				'Choose a folder from the list, or enter its whole path with the names of its parent folders (folder names differ by the language of the mailbox).',
		};
	}
	if (code === 'ALREADYEXISTS' || /already exists|name conflict/i.test(response)) {
		return {
			code: 'folder_exists',
			message: `${named} exists already`,
			nextStep: 'Choose another name.',
		};
	}
	if (code === 'NOPERM' || /permission denied|access denied|not permitted/i.test(response)) {
		return {
			code: 'no_permission',
			message: `The server does not allow this${folder === undefined ? '' : ` in the folder "${folder}"`}`,
			nextStep: `The person or app that signs in lacks the right to it in the mailbox ${login.mailbox}; whoever owns it, or an admin, can give it.`,
		};
	}
	if (code === 'OVERQUOTA' || /quota/i.test(response)) {
		return {
			code: 'over_quota',
			message: `The mailbox ${login.mailbox} is full`,
			nextStep: 'Delete messages or ask an admin for more space.',
		};
	}
	if (
		code === 'APPENDLIMIT' ||
		code === 'TOOBIG' ||
		/too (large|big)|maximum.*size/i.test(response)
	) {
		return {
			code: 'message_too_large',
			message: 'The message is larger than the server takes',
			nextStep: 'Make its attachments smaller, or share them by a link.',
		};
	}
	if (code === 'READ-ONLY') {
		return {
			code: 'read_only',
			message: `${named} can only be read`,
			nextStep: 'Whoever owns the mailbox has to give the right to change it.',
		};
	}
	if (['UNAVAILABLE', 'INUSE', 'SERVERBUG', 'EXPUNGEISSUED'].includes(code)) {
		return {
			code: 'server_unavailable',
			message: `The IMAP server can not do this at present${response ? ` (${response})` : ''}`,
			nextStep: 'Try it again in a while.',
			isPassing: true,
		};
	}
	if (fault.tlsFailed || /does not support STARTTLS/i.test(fault.message)) {
		return {
			code: 'tls_mismatch',
			message: `The IMAP server ${login.server.host} offers no encryption on port ${login.server.port}`,
			nextStep:
				'Nothing was sent. Check the IMAP host and port in the credential (993 with TLS is the usual one).',
		};
	}
	return undefined;
}

const goneCodes = new Set([
	'NoConnection',
	'EConnectionClosed',
	'StateLogout',
	'ClosedAfterConnectText',
	'ClosedAfterConnectTLS',
]);

function lostOrUnknown(
	fault: ImapFlowError,
	response: string,
	{ login }: ImapPlace,
): MailServerError {
	const { host, port } = login.server;
	if (fault.code !== undefined && goneCodes.has(fault.code)) {
		return new MailServerError(
			`The IMAP server ${host}:${port} ended the connection${response ? ` (${response})` : ''}`,
			{
				code: connectionLostCode,
				nextStep: 'Run it again; if it happens often, check the firewall in between.',
				isPassing: true,
				...(response && { response }),
			},
		);
	}
	const said = response || (fault.responseStatus === undefined ? fault.message : '');
	return new MailServerError(`The IMAP server refused this${said ? `: ${said}` : ''}`, {
		code: fault.serverResponseCode?.toLowerCase() ?? fault.code ?? 'imap_error',
		nextStep:
			fault.responseStatus === 'BAD'
				? 'The server does not understand the command; check the parameters, such as a search.'
				: 'Check the parameters, and whether the same works in another mail program.',
		...(response && { response }),
	});
}
