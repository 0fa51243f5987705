import { Worker } from 'node:worker_threads';

/** What a parser of somebody's file may take before it is ended. */
const MEMORY_MIB = 512;
const TIMEOUT_MS = 120_000;

/** A file can't be read as the kind that it says it is. */
export class UnreadableFileError extends Error {
	override readonly name = 'UnreadableFileError';
}

/**
 * Runs a library's function on bytes in a thread of its own: files come from anywhere, and one
 * that takes a minute or a gigabyte to parse must not hold up every other workflow.
 *
 * @param program the body of `async (library, bytes) => string`; it sees nothing else
 * @param library as `require` takes it
 */
export async function extractInThread(
	program: string,
	library: string,
	bytes: Uint8Array,
	signal?: AbortSignal,
): Promise<string> {
	const worker = new Worker(
		`const { parentPort, workerData } = require('node:worker_threads');
		console.log = console.warn = () => undefined;
		const extract = async (library, bytes) => { ${program} };
		extract(require(workerData.library), workerData.bytes).then(
			(text) => parentPort.postMessage({ text }),
			(error) => parentPort.postMessage({ problem: String(error?.message ?? error) }),
		);`,
		{
			eval: true,
			workerData: { library, bytes },
			resourceLimits: { maxOldGenerationSizeMb: MEMORY_MIB },
		},
	);
	const end = (): void => void worker.terminate();
	signal?.addEventListener('abort', end, { once: true });
	const timer = setTimeout(end, TIMEOUT_MS);
	try {
		return await new Promise<string>((resolve, reject) => {
			const fail = (reason: string) => reject(new UnreadableFileError(reason));
			worker.once('message', ({ text, problem }: { text?: string; problem?: string }) =>
				text === undefined ? fail(problem ?? '') : resolve(text),
			);
			worker.once('error', (error: Error) => fail(error.message));
			worker.once('exit', () => fail('it took too long or too much memory'));
		});
	} finally {
		clearTimeout(timer);
		signal?.removeEventListener('abort', end);
		await worker.terminate();
	}
}
