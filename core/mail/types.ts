import type { TokenProvider } from '../auth/TokenProvider';
import type { MailServer } from '../clouds';

/** What it takes to open a session on a mail server: where, as which mailbox, with whose token. */
export interface MailLogin {
	readonly server: MailServer;
	/** The address that the session opens: the signed-in person's own, or a shared mailbox's. */
	readonly mailbox: string;
	/** Of the Outlook resource. IMAP and SMTP refuse tokens of Microsoft Graph. */
	readonly tokens: TokenProvider;
}
