import { mkdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { announce, readyLine, type ReadySandbox } from './announce';
import { createClock } from './clock';
import { sandboxDirectory } from './directory';
import { startGraph } from './graph/startGraph';
import { startLogin } from './login';
import { installClock } from './login/installClock';
import { addressOf, startMailServers } from './mailServers/startMailServers';
import { startN8n } from './n8n/start';
import { OptionError, parseOptions, usage, type SandboxOptions } from './options';
import { choosePorts } from './ports';
import { say } from './progress';
import { createTls } from './tls';

/** Started in the project's folder by scripts/sandbox.mjs, which installs and builds before. */
const projectFolder = process.cwd();

type Close = () => Promise<void>;

async function start(options: SandboxOptions, closers: Close[]): Promise<ReadySandbox> {
	const dataFolder = resolve(projectFolder, options.dataFolder);
	await rm(dataFolder, { recursive: true, force: true });
	await mkdir(dataFolder, { recursive: true });
	const tls = await createTls(dataFolder);
	const ports = await choosePorts(options.port);
	const clock = createClock();
	installClock(clock);
	const directory = sandboxDirectory;
	const recordFile = resolve(dataFolder, 'graph-requests.jsonl');

	const login = await startLogin({
		tls,
		port: ports.login,
		clock,
		directory,
		graphOrigin: `https://127.0.0.1:${ports.graph}`,
		outlookResource: options.cloud.outlookResource,
	});
	closers.push(async () => {
		await login.close();
	});
	say(`login: ${login.url}`);
	const graph = await startGraph({
		tls,
		port: ports.graph,
		cloud: options.cloud.name,
		clock,
		directory,
		verifyToken: async (token) => await login.verifyAccessToken(token),
		recordFile,
	});
	closers.push(async () => {
		await graph.close();
	});
	say(`Graph: ${graph.url}`);

	const mail = await startMailServers({
		tls,
		clock,
		directory,
		login,
		ports,
		withSeeds: true,
		...(options.imapPassword !== undefined && { imapPassword: options.imapPassword }),
	});
	closers.push(async () => {
		await mail.close();
	});
	say(`SMTP: ${addressOf(mail.smtp)}`);
	say(mail.imap ? `IMAP: ${addressOf(mail.imap)}` : `no IMAP. ${mail.imapReason}`);

	const [app] = directory.apps;
	if (!app) throw new Error('The directory has no app');
	const target = {
		loginUrl: login.url,
		graphUrl: graph.url,
		tenantId: directory.tenantId,
		clientId: app.clientId,
		clientSecret: app.clientSecret,
	};
	const common = { ...target, mail, directory, recordFile, caFile: tls.caFile };
	if (!options.withN8n) return common;
	const binary = process.env['N8N_BINARY'];
	if (!binary) throw new Error('N8N_BINARY must name the entry file of the n8n to start');
	const n8n = await startN8n({
		projectFolder,
		binary,
		dataFolder,
		port: ports.n8n,
		caFile: tls.caFile,
		target,
		mail: {
			imapHost: mail.imap ? addressOf(mail.imap) : '',
			smtpHost: addressOf(mail.smtp),
			outlookUrl: options.cloud.outlookResource,
			// Long enough for the certificates to end first.
			accessToken: await login.issueAccessToken({
				user: directory.users[0]?.userPrincipalName ?? '',
				resource: 'outlook',
				scopes: ['IMAP.AccessAsUser.All', 'SMTP.Send'],
				lifetimeSeconds: 30 * 24 * 3600,
			}),
		},
	});
	closers.push(async () => {
		await n8n.close();
	});
	return { ...common, n8n };
}

async function main(): Promise<void> {
	const options = parseOptions(process.argv.slice(2));
	if (options === 'help') {
		console.log(usage);
		return;
	}
	const closers: Close[] = [];
	let isClosing = false;
	const close = async (exitCode: number) => {
		if (isClosing) return;
		isClosing = true;
		for (const closeOne of closers.reverse()) {
			await closeOne().catch((error: unknown) => {
				say(`while stopping: ${String(error)}`);
			});
		}
		process.exit(exitCode);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			say('stopping');
			void close(0);
		});
	}
	try {
		const ready = await start(options, closers);
		console.log(options.json ? readyLine(ready) : announce(ready));
		void ready.n8n?.ended.then(async () => {
			if (!isClosing) say(`n8n ended by itself; its log is n8n.log in ${options.dataFolder}`);
			await close(1);
		});
	} catch (error) {
		if (isClosing) return;
		say(error instanceof Error ? (error.stack ?? error.message) : String(error));
		await close(1);
	}
}

main().catch((error: unknown) => {
	say(error instanceof OptionError ? `${error.message}\n${usage}` : String(error));
	process.exitCode = 2;
});
