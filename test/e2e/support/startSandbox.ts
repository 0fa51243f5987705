import { createN8nRest, signIn } from '../../../sandbox/n8n/rest';
import { startSandboxProcess, type SandboxLine, type SandboxProcess } from './sandboxProcess';

declare global {
	// jest hands nothing else from its global setup to its global teardown.
	var e2eSandbox: SandboxProcess | undefined;
}

/** jest's global setup; test files run in the same process and read the line from the environment. */
export default async function startSandbox(): Promise<void> {
	const line = await sandboxLine();
	// Once for the suite: n8n refuses more than a few sign-ins in a row.
	const rest = createN8nRest(line.n8nUrl);
	await signIn(rest, line.n8nOwner);
	process.env.E2E_SANDBOX = JSON.stringify({ ...line, n8nSession: rest.cookie() });
}

async function sandboxLine(): Promise<SandboxLine> {
	// To work on a test: the line of a sandbox that runs already.
	const running = process.env.E2E_SANDBOX;
	if (running !== undefined) return JSON.parse(running) as SandboxLine;
	globalThis.e2eSandbox = await startSandboxProcess();
	return globalThis.e2eSandbox.line;
}
