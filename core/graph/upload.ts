import { nextDelayMs } from '../http/retryTiming';
import type { Channel } from './channel';
import { OutcomeUnknownError, UploadError } from './errors';
import { SourceReader } from './sourceReader';
import type { UploadOptions, UploadSource } from './types';
import { openSession, type UploadSession } from './uploadSession';

/** learn.microsoft.com/graph/api/driveitem-createuploadsession: a request has less than 60 MiB. */
const MAX_CHUNK_BYTES = 60 * 1024 * 1024 - 1;

/**
 * See `GraphClient.upload`. One chunk is in memory at a time. Goes on from what the session has,
 * after a broken connection or a server error; cancels the session when it gives up.
 *
 * @throws {UploadError} @throws {OutcomeUnknownError} @throws {RangeError} for chunks of a wrong size
 */
export async function upload(
	channel: Channel,
	createSession: () => Promise<unknown>,
	source: UploadSource,
	options: UploadOptions,
): Promise<unknown> {
	const { chunkBytes } = options;
	if (!Number.isInteger(chunkBytes) || chunkBytes < 1 || chunkBytes > MAX_CHUNK_BYTES) {
		throw new RangeError(`A chunk has 1 to ${MAX_CHUNK_BYTES} bytes, not ${chunkBytes}`);
	}
	if (source.size === 0) {
		throw new UploadError(`"${source.name}" is empty, which an upload session can't take`, {
			code: 'emptySource',
			nextStep: 'Check the binary data that is uploaded.',
		});
	}
	const session = openSession(channel, await createSession());
	const reader = new SourceReader(source, chunkBytes);
	try {
		return await sendChunks(channel, session, reader, source.size, options);
	} catch (error) {
		if (!isOver(error)) await session.cancel();
		throw error;
	} finally {
		reader.close();
	}
}

async function sendChunks(
	channel: Channel,
	session: UploadSession,
	reader: SourceReader,
	totalBytes: number,
	{ onProgress }: UploadOptions,
): Promise<unknown> {
	let offset = 0;
	let acceptedBytes = 0;
	// Counted from the last progress, so that a large file may have many faults on its way.
	let failures = 0;
	let waitedMs = 0;
	const noteFailure = async (error: Error, retryAfterMs?: number) => {
		const state = { attempt: ++failures, waitedMs, retryAfterMs };
		const delayMs = nextDelayMs(state, channel.retryLimits, channel.random);
		if (delayMs === undefined) throw error;
		await channel.clock.sleep(delayMs, channel.signal);
		waitedMs += delayMs;
	};
	for (;;) {
		const chunk = reader.chunkAt(offset);
		let step = await session.put(chunk);
		if (step.kind === 'unsure') {
			const { error, retryAfterMs } = step;
			await noteFailure(error, retryAfterMs);
			step = await session.status(chunk, error);
		} else if (step.kind === 'next' && step.offset <= acceptedBytes) {
			await noteFailure(outOfStep());
		}
		if (step.kind === 'done') {
			onProgress?.({ sentBytes: totalBytes, totalBytes });
			return step.body;
		}
		({ offset } = step);
		if (offset >= totalBytes) throw outOfStep();
		if (offset > acceptedBytes) {
			acceptedBytes = offset;
			failures = 0;
			waitedMs = 0;
			onProgress?.({ sentBytes: offset, totalBytes });
		}
	}
}

function outOfStep(): UploadError {
	return new UploadError('The upload session keeps asking for the same part', {
		code: 'uploadOutOfStep',
		nextStep: 'Upload the file again.',
	});
}

/** Whether there is nothing left to cancel. */
function isOver(error: unknown): boolean {
	return (
		error instanceof OutcomeUnknownError ||
		(error instanceof UploadError && error.code === 'uploadSessionGone')
	);
}
