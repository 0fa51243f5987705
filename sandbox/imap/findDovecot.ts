import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export type FoundDovecot =
	| { readonly binary: string; readonly doveadm: string; readonly reason?: never }
	| { readonly binary?: never; readonly reason: string };

const howToInstall =
	'install it (Debian and Ubuntu: sudo apt-get install dovecot-imapd) and start the sandbox again';

/** Distributions keep it where only root's PATH leads. */
const usualFolders = [
	...(process.env['PATH'] ?? '').split(delimiter),
	'/usr/sbin',
	'/usr/local/sbin',
	'/usr/bin',
	'/opt/homebrew/sbin',
	'/opt/homebrew/bin',
];

/** Dovecot's server, or how to get it. */
export function findDovecot(folders: readonly string[] = usualFolders): FoundDovecot {
	const find = (name: string): string | undefined =>
		folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
	const binary = find('dovecot');
	const doveadm = find('doveadm');
	if (binary === undefined || doveadm === undefined) {
		return { reason: `IMAP needs Dovecot: ${howToInstall}` };
	}
	const version = execFileSync(binary, ['--version'], { encoding: 'utf8' }).trim();
	if (!version.startsWith('2.3.')) {
		return {
			reason: `IMAP needs Dovecot 2.3; ${version.split(' ')[0]} is installed, whose settings are others`,
		};
	}
	return { binary, doveadm };
}
