import { AuthError } from '../auth/AuthError';
import { CancelledError } from '../graph/errors';
import { MailServerError, type MailServerErrorDetails } from './MailServerError';
import { connectionFault } from './serverFaults';
import { findTokenFault } from './tokenFault';
import type { MailLogin } from './types';

/** How far a message had come. From `answer` on, the server has all of it and may have taken it. */
export type SmtpPhase = 'connect' | 'signIn' | 'message' | 'answer';

export interface SmtpPlace {
	readonly login: Pick<MailLogin, 'server' | 'mailbox'>;
	readonly phase: SmtpPhase;
	/** The token that was shown to the server; for finding out why it was refused. Never told. */
	readonly token?: string;
	/** The address in From. */
	readonly sender?: string;
	readonly nowMs?: number;
}

/** What nodemailer's errors tell of themselves. */
export interface SmtpFault {
	readonly message: string;
	readonly code?: string | undefined;
	readonly responseCode?: number | undefined;
	/** The server's reply. */
	readonly response?: string | undefined;
	readonly command?: string | undefined;
	readonly cause?: unknown;
}

interface Finding extends Omit<MailServerErrorDetails, 'response' | 'cause' | 'code'> {
	readonly code?: string;
	readonly message: string;
}

/** The code of an error after which nobody knows whether the message went out. */
export const maybeSent = 'may_have_been_sent';

/** Any failure of an SMTP session as an error that says what to do. nodemailer's own stays behind. */
export function toSmtpError(error: unknown, place: SmtpPlace): Error {
	if (
		error instanceof MailServerError ||
		error instanceof AuthError ||
		error instanceof CancelledError
	) {
		return error;
	}
	const fault = error instanceof Error ? (error as SmtpFault) : { message: String(error) };
	const reply = replyOf(fault);
	if (reply === undefined) return withoutReply(fault, place);
	const status = statusOf(reply);
	const { message, ...details } = findRefusal(reply, status, place);
	return new MailServerError(message, { code: status, ...details, response: reply });
}

function replyOf({ response }: SmtpFault): string | undefined {
	const text = response
		?.replaceAll(/[\r\n]+/g, ' ')
		.slice(0, 300)
		.trim();
	return text === undefined || text === '' ? undefined : text;
}

/** The enhanced status (RFC 3463) where there is one, else the reply's three digits. */
function statusOf(reply: string): string {
	return /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(reply)?.[0] ?? reply.slice(0, 3);
}

function withoutReply(fault: SmtpFault, { login, phase }: SmtpPlace): MailServerError {
	const place = { protocol: 'smtp', server: login.server } as const;
	const fromNode = fault.cause instanceof Error ? (fault.cause as SmtpFault) : undefined;
	if (phase === 'answer') {
		return new MailServerError(
			'The connection ended after the whole message was handed over: it may have been sent',
			{
				code: maybeSent,
				nextStep:
					'Look for it at a recipient before sending it again. It was not repeated here, as it could arrive twice.',
				whoCanFix: 'user',
				docsAnchor: 'smtp-may-have-been-sent',
			},
		);
	}
	if (fault.code === 'ESTREAM') {
		return new MailServerError(`An attachment could not be read: ${fault.message}`, {
			code: 'attachment_unreadable',
			nextStep: 'Nothing was sent. Check the node that made the file.',
			whoCanFix: 'user',
		});
	}
	if (fault.code === 'EMESSAGE') {
		const { message, ...details } = tooLarge;
		return new MailServerError(message, { code: '5.3.4', ...details });
	}
	const known = [fromNode, fault, { ...fault, code: networkCode(fault) }]
		.flatMap((one) => (one ? [toPlainFault(one)] : []))
		.map((one) => connectionFault(one, place))
		.find((one) => one !== undefined);
	if (known) return known;
	return new MailServerError(
		`The connection to the SMTP server ${login.server.host}:${login.server.port} failed: ${fault.message}`,
		{
			code: fault.code === 'ETLS' ? 'tls_failed' : 'connection_lost',
			nextStep:
				'Nothing was sent. Run it again; if it fails again, check the SMTP host and port in the credential and the firewall in between.',
			isPassing: true,
		},
	);
}

function toPlainFault({ message, code }: SmtpFault): { message: string; code?: string } {
	return { message, ...(code !== undefined && { code }) };
}

/** nodemailer has codes of its own, with Node's in the text. */
function networkCode({ code, message }: SmtpFault): string | undefined {
	const inText = /\b(E[A-Z]{4,}|CERT_[A-Z_]+|[A-Z_]*SELF_SIGNED[A-Z_]*|UNABLE_TO_[A-Z_]+)\b/.exec(
		message,
	)?.[1];
	if (inText !== undefined) return inText;
	if (code === 'EDNS') return 'ENOTFOUND';
	if (code === 'ECONNECTION') return 'ECONNRESET';
	if (/certificate/i.test(message)) return 'CERT_UNTRUSTED';
	return undefined;
}

const smtpAuthAdminStep = (mailbox: string): string =>
	`An admin allows it for this mailbox in the Microsoft 365 admin center (Users > Active users > the person > Mail > Manage email apps > Authenticated SMTP), or in PowerShell: Set-CASMailbox -Identity ${mailbox} -SmtpClientAuthenticationDisabled $false. It takes up to an hour. `;
const graphInstead =
	'Or send with the Microsoft 365 Mail node (Message > Send): it goes by Microsoft Graph and needs no SMTP.';

function findRefusal(reply: string, status: string, place: SmtpPlace): Finding {
	const { login, phase, token, sender, nowMs = Date.now() } = place;
	const { mailbox } = login;
	if (/SmtpClientAuthentication is disabled/i.test(reply)) {
		const isTenant = /for the Tenant/i.test(reply);
		return {
			code: '5.7.139',
			message: `Sending by SMTP is switched off for ${isTenant ? 'the organization' : `the mailbox ${mailbox}`} (SmtpClientAuthentication is disabled)`,
			nextStep: smtpAuthAdminStep(mailbox) + graphInstead,
			whoCanFix: 'admin',
			docsAnchor: 'smtp-auth-disabled',
		};
	}
	if (status === '5.7.60' || /SendAsDenied|permissions? to send as/i.test(reply)) {
		const from = sender ?? mailbox;
		return {
			message: `${mailbox} may not send as ${from} (SendAsDenied)`,
			nextStep:
				`Leave From empty to send as ${mailbox}, or an admin gives the right: Add-RecipientPermission ${from} -Trustee ${mailbox} -AccessRights SendAs. ` +
				'It takes up to an hour. For a shared mailbox, its address can be the Mailbox of the credential instead.',
			whoCanFix: 'admin',
			docsAnchor: 'smtp-send-as-denied',
		};
	}
	if (status === '4.3.2') {
		return {
			message: `Exchange takes no more connections for ${mailbox} at once (concurrency limit)`,
			nextStep:
				'Nothing was sent for this item. At most three connections a mailbox send at the same time: let fewer workflows run at once, send the items of one run with one node, or run it again later. For many mails use the Microsoft 365 Mail node.',
			whoCanFix: 'user',
			docsAnchor: 'smtp-limits',
			isPassing: true,
		};
	}
	if (phase === 'signIn' || /^5(30|35|34)\b/.test(reply)) {
		const own = token === undefined ? undefined : findTokenFault(token, 'smtp', nowMs);
		return own ?? signInRefused(mailbox, reply, status);
	}
	return findMessageRefusal(reply, status);
}

function signInRefused(mailbox: string, reply: string, status: string): Finding {
	const isPolicy = status === '5.7.139';
	return {
		message: `The SMTP server refused the sign-in to ${mailbox} (${reply})`,
		nextStep:
			`Check in this order: (1) the address ${mailbox} in the credential is the mailbox's primary SMTP address; ` +
			'(2) Authenticated SMTP is allowed for the mailbox and the organization (an admin: Get-CASMailbox, Get-TransportConfig); ' +
			'(3) for a shared mailbox, the signed-in person has Full Access and Send As; ' +
			'(4) for an app-only credential, an admin ran New-ServicePrincipal with the object ID of the Enterprise application, and Add-MailboxPermission for this mailbox' +
			`${isPolicy ? '; (5) no Conditional Access policy or security defaults block the sign-in' : ''}. ` +
			graphInstead,
		whoCanFix: 'admin',
		docsAnchor: 'smtp-authentication-failed',
	};
}

const tooLarge: Finding = {
	message: 'The message is larger than the mailbox may send',
	nextStep:
		'Nothing was sent. Send large files as links to OneDrive or SharePoint; an admin can raise the limit of the mailbox (35 MB at first, up to 150 MB).',
	whoCanFix: 'user',
	docsAnchor: 'smtp-limits',
};

function findMessageRefusal(reply: string, status: string): Finding {
	const isPassing = reply.startsWith('4');
	if (status === '5.1.10' || status === '5.1.1' || /RecipientNotFound|user unknown/i.test(reply)) {
		return {
			message: `No recipient was accepted: there is no such mailbox (${reply})`,
			nextStep: 'Check the spelling of the addresses in To, Cc and Bcc.',
			whoCanFix: 'user',
		};
	}
	if (status === '5.3.4' || reply.startsWith('552')) {
		return tooLarge;
	}
	if (status === '5.1.90' || /daily limit|recipient ?rate/i.test(reply)) {
		return {
			message: 'The mailbox has reached its limit of recipients for today',
			nextStep:
				'Go on tomorrow, or send bulk mail with a service for it: Exchange Online takes 10,000 recipients a day and 30 messages a minute from a mailbox.',
			whoCanFix: 'user',
			docsAnchor: 'smtp-limits',
		};
	}
	if (status === '5.1.8' || /bad outbound sender/i.test(reply)) {
		return {
			message: 'Exchange has blocked the mailbox from sending, as it takes its mail for spam',
			nextStep:
				'An admin finds and releases it in Microsoft Defender under Email & collaboration > Review > Restricted entities.',
			whoCanFix: 'admin',
		};
	}
	if (isPassing) {
		return {
			message: `The SMTP server did not take the message for now (${reply})`,
			nextStep: 'Nothing was sent for this item. Run it again later.',
			isPassing: true,
		};
	}
	return {
		message: `The SMTP server refused the message (${reply})`,
		nextStep: 'Nothing was sent for this item. What the server says tells why.',
	};
}
