/** jest's global teardown. */
export default async function stopSandbox(): Promise<void> {
	await globalThis.e2eSandbox?.stop();
}
