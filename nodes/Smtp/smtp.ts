import type { IExecuteFunctions } from 'n8n-workflow';
import { createSmtpClient, type SmtpClient } from '../../core/mail/smtp';
import { mailPermissions } from '../../core/scopes';
import { connectMail, mailIdentityOf } from '../kit/mailConnect';
import { operationsWith } from '../kit/operation';
import type { OpenTools } from '../kit/runWith';

/** What the node's operations work with. */
export interface SmtpTools {
	readonly smtp: SmtpClient;
	/** The address that the session sends from, unless a message names another. */
	readonly mailbox: string;
}

export const defineSmtpOperation = operationsWith<SmtpTools>();

export const smtpPermissions = mailPermissions.smtp;

/** A session that signs in when the first item needs it, and is closed after the run. */
export async function openSmtpTools(context: IExecuteFunctions): Promise<OpenTools<SmtpTools>> {
	const signal = context.getExecutionCancelSignal();
	const login = await connectMail(context, 'smtp');
	const smtp = createSmtpClient(login, {
		...(signal && { signal }),
		onRetry: (text) => context.logger.info(text),
	});
	return {
		tools: { smtp, mailbox: login.mailbox },
		identity: mailIdentityOf(context),
		...(signal && { signal }),
		close: async () => await smtp.close(),
	};
}
