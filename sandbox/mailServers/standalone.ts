import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClock } from '../clock';
import { sandboxDirectory } from '../directory';
import { startLogin } from '../login';
import { installClock } from '../login/installClock';
import { createTls } from '../tls';
import { startMailServers } from './startMailServers';

/**
 * Login, IMAP and SMTP without Graph and n8n, for tests: prints one JSON line when they are ready.
 * Ends with its input.
 */
async function main(): Promise<void> {
	const clock = createClock();
	installClock(clock);
	const folder = await mkdtemp(join(tmpdir(), 'sandbox-mail-'));
	const tls = await createTls(folder);
	const args = process.argv.slice(2);
	const directory = sandboxDirectory;
	const login = await startLogin({
		tls,
		clock,
		directory,
		graphOrigin: 'https://graph.sandbox.test',
		outlookResource: 'https://outlook.office.com',
	});
	const { close, ...servers } = await startMailServers({
		tls,
		clock,
		directory,
		login,
		withImap: !args.includes('--no-imap'),
		withSeeds: args.includes('--seed'),
	});
	const { caFile, ca } = tls;
	console.log(JSON.stringify({ ...servers, loginUrl: login.url, caFile, ca, directory }));
	const end = async (): Promise<void> => {
		await close();
		await login.close();
		await rm(folder, { recursive: true, force: true });
		process.exit();
	};
	process.stdin.resume();
	process.stdin.on('end', () => {
		void end();
	});
}

void main();
