/** What Exchange says when it takes no mail, and at which step. `{mailbox}` is who signed in. */
export const refusals = {
	/** SMTP AUTH is off for the whole organisation. */
	tenantDisabled: {
		at: 'auth',
		reply:
			'535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information.',
	},
	/** SMTP AUTH is off for this mailbox. */
	mailboxDisabled: {
		at: 'auth',
		reply:
			'535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.',
	},
	authUnsuccessful: { at: 'auth', reply: '535 5.7.3 Authentication unsuccessful' },
	notAuthenticated: { at: 'mailFrom', reply: '530 5.7.57 Client not authenticated to send mail.' },
	sendAsDenied: {
		at: 'data',
		reply: '550 5.7.60 SMTP; Client does not have permissions to send as this sender',
	},
	submissionSendAsDenied: {
		at: 'data',
		reply:
			'554 5.2.252 SendAsDenied; {mailbox} not allowed to send as somebody@contoso.example; STOREDRV.Submission.Exception:SendAsDeniedException.MapiExceptionSendAsDenied; Failed to process message due to a permanent exception',
	},
	concurrency: {
		at: 'auth',
		reply:
			'432 4.3.2 Concurrent connections limit exceeded. Visit https://aka.ms/concurrent_sending for more information.',
	},
	senderThreads: {
		at: 'data',
		reply: '432 4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded',
	},
	submissionQuota: {
		at: 'data',
		reply:
			"550 5.1.90 Your message can't be sent because you've reached your daily limit for message recipients.",
	},
	outboundSpam: {
		at: 'data',
		reply:
			'550 5.1.8 Access denied, bad outbound sender. For more information please go to http://go.microsoft.com/fwlink/?LinkId=875724.',
	},
	tooLarge: { at: 'data', reply: '552 5.3.4 Message size exceeds fixed maximum message size' },
	busy: { at: 'mailFrom', reply: '451 4.7.500 Server busy. Please try again later.' },
	/** The connection ends after the whole message, and nobody knows whether it was taken. */
	dropAfterData: { at: 'data', reply: undefined },
	/** The same, without an end. */
	silenceAfterData: { at: 'data', reply: undefined },
	/** The connection ends in the middle of the message. */
	dropInData: { at: 'data', reply: undefined },
	/** No greeting. */
	silenceAtConnect: { at: 'connect', reply: undefined },
	dropAtConnect: { at: 'connect', reply: undefined },
} as const satisfies Record<
	string,
	{ readonly at: 'connect' | 'auth' | 'mailFrom' | 'data'; readonly reply: string | undefined }
>;

export type SmtpRefusal = keyof typeof refusals;

export function isRefusal(name: string): name is SmtpRefusal {
	return Object.hasOwn(refusals, name);
}

/** A reply as smtp-server takes it. */
export class SmtpReplyError extends Error {
	override readonly name = 'SmtpReplyError';
	readonly responseCode: number;
	constructor(reply: string) {
		super(reply.slice(4));
		this.responseCode = Number(reply.slice(0, 3));
	}
}
