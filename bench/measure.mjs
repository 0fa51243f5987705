import { forgetPeak, peakMiB, residentMiB } from './memory.mjs';

/**
 * One run of a work's side in n8n.
 *
 * @returns wall time of the measured nodes, Graph requests in all (`$batch` counts as one, its
 *   requests beside it; none for a work without Graph), resident memory before and at its peak;
 *   `error` where the side failed
 */
export async function runSide(context, work, side, size) {
	const { sandbox, n8n } = context;
	if (work[side] === undefined) return undefined;
	await work.prepare(context, size);
	const plan = work[side](await context.side(side), size);
	if (work.fault) await sandbox.control('POST', 'faults', work.fault);
	const position = sandbox.position();
	const beforeMiB = residentMiB(sandbox.pid);
	forgetPeak(sandbox.pid);
	const result = await n8n.run(plan);
	const memory = { beforeMiB, peakMiB: peakMiB(sandbox.pid) };
	const requests = sandbox.requestsSince(position);
	if (work.fault) await sandbox.control('DELETE', 'faults');
	try {
		if (result.status !== 'success') return { error: result.error ?? result.status };
		plan.check(result);
	} catch (error) {
		return { error: error.message };
	} finally {
		await result.cleanUp();
	}
	return { wallMs: result.wallMs, ...memory, ...(!work.withoutGraph && count(requests)) };
}

/** The same work by the bare client. */
export async function runFloor(context, work, size) {
	const { sandbox, bare } = context;
	if (work.floor === undefined) return undefined;
	await work.prepare(context, size);
	const prepared = await work.floorPrepare?.(bare, size);
	const places = await context.places();
	if (work.fault) await sandbox.control('POST', 'faults', work.fault);
	const startedAt = performance.now();
	await work.floor(bare, size, prepared, places);
	const wallMs = performance.now() - startedAt;
	if (work.fault) await sandbox.control('DELETE', 'faults');
	return { wallMs };
}

function count(requests) {
	const inner = requests
		.filter(({ url }) => url.includes('/$batch'))
		.reduce((sum, { body }) => sum + (body?.requests?.length ?? 0), 0);
	return { requests: requests.length, batched: inner };
}
