import type { SandboxDirectory } from './directory';
import { addressOf, type RunningMailServers } from './mailServers/startMailServers';
import type { CredentialTarget } from './n8n/credentialData';
import type { RunningN8n } from './n8n/start';

export interface ReadySandbox extends CredentialTarget {
	readonly mail: Omit<RunningMailServers, 'close'>;
	readonly directory: SandboxDirectory;
	readonly recordFile: string;
	readonly caFile: string;
	readonly n8n?: RunningN8n;
}

/** The one line of `--json`. */
export function readyLine(sandbox: ReadySandbox): string {
	const { n8n, directory } = sandbox;
	return JSON.stringify({
		n8nUrl: n8n?.url ?? null,
		n8nOwner: n8n ? { email: n8n.owner.email, password: n8n.owner.password } : null,
		loginUrl: sandbox.loginUrl,
		graphUrl: sandbox.graphUrl,
		imap: sandbox.mail.imap ?? null,
		...(sandbox.mail.imapReason !== undefined && { imapReason: sandbox.mail.imapReason }),
		smtp: sandbox.mail.smtp,
		mailControlUrl: sandbox.mail.controlUrl,
		clientId: sandbox.clientId,
		clientSecret: sandbox.clientSecret,
		tenantId: sandbox.tenantId,
		users: directory.users.map(
			({ id, displayName, userPrincipalName, password, isSharedMailbox }) => ({
				id,
				displayName,
				userPrincipalName,
				password: isSharedMailbox ? null : password,
				isSharedMailbox,
			}),
		),
		recordFile: sandbox.recordFile,
		caFile: sandbox.caFile,
	});
}

export function announce(sandbox: ReadySandbox): string {
	const { n8n, directory, mail } = sandbox;
	const rows = [
		...(n8n
			? [
					['n8n', n8n.url],
					['  sign in', `${n8n.owner.email}   ${n8n.owner.password}`],
					['  credentials', n8n.credentials.map(({ name }) => name).join(', ')],
					['  workflows', n8n.workflows.join(', ') || 'none'],
					['', ''],
				]
			: []),
		['Login', sandbox.loginUrl],
		['Graph', sandbox.graphUrl],
		['IMAP', mail.imap ? `${addressOf(mail.imap)} (TLS)` : (mail.imapReason ?? 'none')],
		['SMTP', `${addressOf(mail.smtp)} (STARTTLS)`],
		['Mail control', mail.controlUrl],
		['Tenant ID', sandbox.tenantId],
		['Client ID', sandbox.clientId],
		['Client secret', sandbox.clientSecret],
		['Certificates', `signed by ${sandbox.caFile}`],
		['Graph requests', sandbox.recordFile],
		['', ''],
		...directory.users.map((user) => [
			user.displayName,
			`${user.userPrincipalName}   ${user.isSharedMailbox ? '(shared mailbox)' : user.password}`,
		]),
	];
	const lines = rows.map(([label = '', value = '']) => `  ${label.padEnd(16)}${value}`.trimEnd());
	const hint = n8n
		? '\n\nIn n8n: open the credential "Microsoft 365 (sandbox)", press Connect my account, and sign\n' +
			'in as one of the people above. The browser asks about the throw-away certificate once.'
		: '';
	return `\nThe embedded Microsoft 365 is ready.\n\n${lines.join('\n')}${hint}\n\nCtrl-C stops everything.\n`;
}
