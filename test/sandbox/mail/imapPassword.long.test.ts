import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { connect } from 'node:tls';
import { createClock } from '../../../sandbox/clock';
import { sandboxDirectory as directory } from '../../../sandbox/directory';
import { type RunningImap, startImap } from '../../../sandbox/imap/startImap';
import { createTls } from '../../../sandbox/tls';
import { describeWithDovecot } from '../../support/mailServers';

const ana = 'ana@contoso.example';
const password = 'bench-2026';

describeWithDovecot("the sandbox's IMAP server and passwords", () => {
	let folder: string;
	let imap: RunningImap | undefined;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'imap-password-'));
	});
	afterEach(async () => {
		await imap?.close();
		imap = undefined;
	});
	afterAll(async () => {
		await rm(folder, { recursive: true });
	});

	async function start(options: { readonly password?: string }): Promise<RunningImap> {
		const started = await startImap({
			tls: await createTls(folder),
			directory,
			clock: createClock(),
			// No token is sent here.
			introspectionUrl: 'https://127.0.0.1:9/introspect',
			introspect: async () => await Promise.resolve({ active: false }),
			...options,
		});
		if ('reason' in started) throw new Error(started.reason);
		imap = started;
		return started;
	}

	/** @returns the tagged answer to each command */
	async function converse({ server }: RunningImap, commands: readonly string[]) {
		const socket = connect({ ...server, rejectUnauthorized: false });
		const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
		const next = async (): Promise<string> => ((await lines.next()) as { value: string }).value;
		await next();
		const answers: string[] = [];
		for (const command of commands) {
			socket.write(`A ${command}\r\n`);
			let line = await next();
			while (!line.startsWith('A ')) line = await next();
			answers.push(line.slice('A '.length));
		}
		socket.destroy();
		return answers;
	}

	it('takes the password that it was started with, and no other', async () => {
		const server = await start({ password });
		const answers = await converse(server, [
			`LOGIN ${ana} wrong`,
			`LOGIN "${ana}" "${password}"`,
			'SELECT INBOX',
		]);
		expect(answers).toEqual([
			expect.stringMatching(/^NO /),
			expect.stringMatching(/^OK /),
			expect.stringMatching(/^OK /),
		]);
	}, 30_000);

	it('takes none unless told', async () => {
		const server = await start({});
		expect(await converse(server, [`LOGIN ${ana} ${password}`])).toEqual([
			expect.stringMatching(/^(NO|BAD) /),
		]);
	}, 30_000);
});
