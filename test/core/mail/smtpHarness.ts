import { createSmtpClient, type SmtpClient, type SmtpClientOptions } from '../../../core/mail/smtp';
import type { OutgoingMail } from '../../../core/mail/outgoingMail';
import type { MailLogin } from '../../../core/mail/types';
import { createFakeClock } from '../../support/fakeClock';
import { type LoginOptions, type MailServers, startMailServers } from '../../support/mailServers';

export const ana = 'ana@contoso.example';
export const ben = 'ben@contoso.example';
export const support = 'support@contoso.example';

export const plain: OutgoingMail = {
	from: { address: ana, name: 'Ana Martins' },
	to: [{ address: ben }],
	cc: [],
	bcc: [],
	replyTo: [],
	subject: 'Hello',
	text: 'Hello Ben',
	headers: {},
	files: [],
};

/** The SMTP server for the tests of one file, and clients that are closed after each of them. */
export function smtpHarness() {
	let started: MailServers | undefined;
	const open: SmtpClient[] = [];
	const servers = (): MailServers => {
		if (!started) throw new Error('The servers start before the first test');
		return started;
	};

	beforeAll(async () => {
		started = await startMailServers({ imap: false });
	}, 60_000);
	afterAll(async () => {
		await servers().close();
	});
	afterEach(async () => {
		await Promise.all(open.splice(0).map(async (client) => await client.close()));
		await servers().reset();
	});

	function clientFor(login: MailLogin, options: SmtpClientOptions = {}) {
		const clock = createFakeClock();
		const retries: string[] = [];
		const smtp = createSmtpClient(login, {
			clock,
			onRetry: (text) => retries.push(text),
			...options,
		});
		open.push(smtp);
		return { smtp, clock, retries };
	}

	function client(loginOptions: LoginOptions = {}, options: SmtpClientOptions = {}) {
		const login = servers().login('smtp', loginOptions);
		return { login, ...clientFor(login, options) };
	}

	return { servers, client, clientFor };
}
