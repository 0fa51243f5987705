import type { MailServer } from '../../core/clouds';
import type { Clock } from '../clock';
import type { SandboxDirectory } from '../directory';
import { startImap } from '../imap/startImap';
import type { Login } from '../login';
import { startSmtp } from '../smtp/startSmtp';
import type { SandboxTls } from '../tls';
import { startMailControl } from './control';

export interface MailServersOptions {
	readonly tls: SandboxTls;
	readonly clock: Clock;
	readonly directory: SandboxDirectory;
	readonly login: Login;
	/** 0 or absent: any free ones. */
	readonly ports?: { readonly imap: number; readonly smtp: number };
	readonly withImap?: boolean;
	readonly withSeeds?: boolean;
	/** See `ImapOptions`. */
	readonly imapPassword?: string;
}

export interface RunningMailServers {
	readonly imap: MailServer | undefined;
	/** Why there is no IMAP server, and how to get one. */
	readonly imapReason?: string;
	readonly smtp: MailServer;
	/** See `control.ts`. */
	readonly controlUrl: string;
	close: () => Promise<void>;
}

/** As a credential's field for a custom server takes it. */
export const addressOf = ({ host, port }: MailServer): string => `${host}:${port}`;

/** Exchange's IMAP and SMTP beside the login that their tokens come from. */
export async function startMailServers(options: MailServersOptions): Promise<RunningMailServers> {
	const { tls, clock, directory, login, ports, imapPassword } = options;
	const { withImap = true, withSeeds = false } = options;
	const closers: Array<() => Promise<void>> = [];
	const close = async (): Promise<void> => {
		for (const closeOne of closers.splice(0).reverse()) await closeOne();
	};
	try {
		const started = withImap
			? await startImap({
					tls,
					directory,
					clock,
					introspect: async (token) => await login.introspect(token, 'imap'),
					introspectionUrl: `${login.url}/__sandbox__/introspect?protocol=imap`,
					withSeeds,
					...(ports && { port: ports.imap }),
					...(imapPassword !== undefined && { password: imapPassword }),
				})
			: { reason: 'IMAP was not asked for' };
		const imap = 'reason' in started ? undefined : started;
		if (imap) closers.push(async () => await imap.close());
		const smtp = await startSmtp({
			tls,
			directory,
			introspect: async (token) => await login.introspect(token, 'smtp'),
			...(imap && { imap }),
			...(ports && { port: ports.smtp }),
		});
		closers.push(async () => await smtp.close());
		const control = await startMailControl({ imap, smtp, login, clock });
		closers.push(async () => await control.close());
		return {
			imap: imap?.server,
			...('reason' in started && { imapReason: started.reason }),
			smtp: smtp.server,
			controlUrl: control.url,
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}
