import type { Trouble } from './troubleshooting';

const trouble = (about: Omit<Trouble, 'area'>): Trouble => ({ area: 'mail', ...about });

/** What IMAP and SMTP servers refuse, for the troubleshooting page. */
export const mailTroubles: readonly Trouble[] = [
	trouble({
		anchor: 'imap-and-smtp',
		codes: ['credential_purpose', 'mailbox_unknown'],
		message: 'The mail credential does not fit what the node does',
		cause: 'Its Purpose leaves out reading or sending, or it does not tell whose mailbox it opens.',
		nextStep:
			'Choose the Purpose for both in the Microsoft 365 Mail credential, or enter the address under Mailbox, and connect the account again.',
		whoCanFix: 'user',
	}),
	trouble({
		anchor: 'mail-token-audience',
		codes: ['wrong_audience'],
		message:
			'The access token is for Microsoft Graph, and mail servers take tokens for Outlook only',
		nextStep:
			'Use the Microsoft 365 Mail credential (IMAP and SMTP) and connect its account; the credential of the Graph nodes can not open a mail server.',
		whoCanFix: 'user',
	}),
	trouble({
		anchor: 'mail-permissions',
		codes: ['missing_scope'],
		message: "The signed-in person's connection does not include IMAP or SMTP",
		nextStep:
			'Choose a Purpose with it in the credential, connect the account again and accept; an admin may have to approve it.',
		whoCanFix: 'user',
	}),
	trouble({
		anchor: 'mail-app-only',
		codes: ['missing_role'],
		message: 'The app has no permission for IMAP or SMTP',
		nextStep:
			'An admin adds IMAP.AccessAsApp or SMTP.SendAsApp of Office 365 Exchange Online to the app registration, grants consent, and gives the app its mailboxes with New-ServicePrincipal and Add-MailboxPermission.',
		whoCanFix: 'admin',
	}),
	trouble({
		anchor: 'mail-authentication-failed',
		codes: ['authentication_failed'],
		message: 'The IMAP server refused the sign-in',
		cause: 'Exchange gives one answer for every reason; the message lists them in order.',
		nextStep:
			"Check the mailbox's address, that IMAP is switched on for it, and that the person or the app has Full Access.",
		whoCanFix: 'admin',
	}),
	trouble({
		anchor: 'mail-not-connected',
		codes: ['not_connected'],
		message: 'Exchange accepted the sign-in, but did not open the mailbox',
		cause: 'There is no such mailbox for this account, or it has too many connections.',
		nextStep:
			'Check the address and the access to it; close other mail programs and workflows on it, and try again in some minutes.',
		whoCanFix: 'admin',
	}),
	trouble({
		anchor: 'mail-tls-mismatch',
		codes: ['tls_mismatch'],
		message: 'The mail server does not speak TLS the way it was asked to',
		cause: 'Some ports want TLS from the start, others STARTTLS after a greeting.',
		nextStep:
			'Check the host and port in the credential; empty, they are those of the environment.',
		whoCanFix: 'maker',
	}),
	trouble({
		anchor: 'smtp-auth-disabled',
		codes: ['5.7.139'],
		message: 'Sending by SMTP is switched off',
		nextStep:
			'An admin allows it for the mailbox with Set-CASMailbox -SmtpClientAuthenticationDisabled $false. Or send with the Microsoft 365 Mail node, which needs no SMTP.',
		whoCanFix: 'admin',
	}),
	trouble({
		anchor: 'smtp-authentication-failed',
		codes: ['5.7.3', '5.7.8'],
		message: 'The SMTP server refused the sign-in',
		nextStep:
			"Check the mailbox's address, that authenticated SMTP is switched on for it, and that no policy blocks it.",
		whoCanFix: 'admin',
	}),
	trouble({
		anchor: 'smtp-send-as-denied',
		codes: ['5.7.60', 'SendAsDenied'],
		message: 'The mailbox may not send as this address',
		nextStep: 'An Exchange admin allows it with Send As, or leave From as it is.',
		whoCanFix: 'admin',
	}),
	trouble({
		anchor: 'smtp-limits',
		codes: ['4.3.2', '5.2.2', '5.3.4'],
		message: 'A limit of Exchange for sending is reached',
		cause: 'The size of a message, the recipients of a day, or three connections at once.',
		nextStep: 'Send less at once, or later; upload large files and send links.',
		whoCanFix: 'user',
	}),
	trouble({
		anchor: 'smtp-may-have-been-sent',
		codes: ['may_have_been_sent'],
		message: 'The connection broke before the server confirmed: the mail may have been sent',
		nextStep: 'Look into Sent Items before you run it again.',
		whoCanFix: 'user',
	}),
];
