import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createClock } from '../clock';
import { sandboxDirectory } from '../directory';
import { createTls } from '../tls';
import { AccessTokenError } from './accessTokens';
import { installClock } from './installClock';
import { startLogin } from '.';

/**
 * The login on its own, for its tests: prints `{url, caFile}`, then answers each JSON line on its
 * input (`{verify, resource?}` or `{issue}`) with one of its own. Ends with its input.
 */
async function main(): Promise<void> {
	const clock = createClock();
	installClock(clock);
	const tls = await createTls(await mkdtemp(join(tmpdir(), 'sandbox-login-')));
	const login = await startLogin({
		tls,
		clock,
		directory: sandboxDirectory,
		graphOrigin: 'https://graph.sandbox.test',
		outlookResource: 'https://outlook.sandbox.test',
	});
	const say = (line: unknown): void => void process.stdout.write(`${JSON.stringify(line)}\n`);
	say({ url: login.url, caFile: tls.caFile });
	for await (const line of createInterface({ input: process.stdin })) {
		const { verify, resource, issue } = JSON.parse(line) as {
			verify?: string;
			resource?: 'graph' | 'outlook';
			issue?: Parameters<typeof login.issueAccessToken>[0];
		};
		if (verify === undefined) {
			say({ token: await login.issueAccessToken(issue) });
			continue;
		}
		try {
			say({ claims: await login.verifyAccessToken(verify, resource) });
		} catch (error) {
			say({ reason: error instanceof AccessTokenError ? error.reason : String(error) });
		}
	}
	await login.close();
}

void main();
