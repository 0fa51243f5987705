import type { Fixer } from '../auth/AuthError';

export interface MailServerErrorDetails {
	/** Exchange's enhanced status such as `5.7.139`, or a name of ours in snake case such as `connection_refused`. */
	readonly code: string;
	/** What to do next, in the user's words, as whole sentences. Never a secret. */
	readonly nextStep: string;
	/** The server's own line, where it gave one. Never what was sent to it. */
	readonly response?: string;
	readonly whoCanFix?: Fixer;
	/** The part of the documentation that tells more. */
	readonly docsAnchor?: string;
	/** Whether the same may work in a while without anybody doing anything: a limit, a restart, the network. */
	readonly isPassing?: boolean;
	readonly cause?: unknown;
}

/** An IMAP or SMTP server refused, could not be reached, or answered nothing. */
export class MailServerError extends Error {
	override readonly name = 'MailServerError';
	readonly code: string;
	readonly nextStep: string;
	readonly response?: string;
	readonly whoCanFix?: Fixer;
	readonly docsAnchor?: string;
	readonly isPassing: boolean;

	constructor(message: string, details: MailServerErrorDetails) {
		super(message, details.cause === undefined ? undefined : { cause: details.cause });
		this.code = details.code;
		this.nextStep = details.nextStep;
		this.isPassing = details.isPassing ?? false;
		if (details.response !== undefined) this.response = details.response;
		if (details.whoCanFix !== undefined) this.whoCanFix = details.whoCanFix;
		if (details.docsAnchor !== undefined) this.docsAnchor = details.docsAnchor;
	}
}
