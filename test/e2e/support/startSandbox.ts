import { startSandboxProcess, type SandboxProcess } from './sandboxProcess';

declare global {
	// jest hands nothing else from its global setup to its global teardown.
	var e2eSandbox: SandboxProcess | undefined;
}

/** jest's global setup; test files run in the same process and read the line from the environment. */
export default async function startSandbox(): Promise<void> {
	// To work on a test: the line of a sandbox that runs already.
	if (process.env.E2E_SANDBOX !== undefined) return;
	globalThis.e2eSandbox = await startSandboxProcess();
	process.env.E2E_SANDBOX = JSON.stringify(globalThis.e2eSandbox.line);
}
