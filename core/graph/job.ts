import { parseRetryAfterMs } from '../http/retryTiming';
import type { HttpResponse } from '../http/types';
import type { Channel } from './channel';
import { GraphError } from './errors';
import { assertSafeAddress } from './preauthorised';
import type { GraphJob, GraphRequest, JobStatus } from './types';

const FIRST_POLL_MS = 500;
const LAST_POLL_MS = 10_000;
const STATUS_TIMEOUT_MS = 30_000;

/** See `GraphClient.startJob`. */
export async function startJob(channel: Channel, request: GraphRequest): Promise<GraphJob> {
	const http = channel.toHttpRequest(request);
	const response = await channel.send(http);
	if (response.status >= 300) throw channel.errorFor(response, http.repeatable);
	const monitorUrl = response.headers['location'];
	if (monitorUrl === undefined) {
		throw new GraphError('Microsoft Graph began the work but named no way to follow it', {
			code: 'noMonitor',
			status: response.status,
			requestId: response.headers['request-id'],
			nextStep: 'Check the destination in Microsoft 365 before you run it again.',
		});
	}
	assertSafeAddress(monitorUrl, 'monitor');
	return openJob(channel, monitorUrl);
}

function openJob(channel: Channel, monitorUrl: string): GraphJob {
	let retryAfterMs: number | undefined;
	const status = async (): Promise<JobStatus> => {
		const response = await channel.sendBareWithRetry({
			method: 'GET',
			url: monitorUrl,
			headers: {},
			responseType: 'json',
			repeatable: true,
			throttleKey: 'monitor',
			timeoutMs: STATUS_TIMEOUT_MS,
			...(channel.signal && { signal: channel.signal }),
		});
		retryAfterMs = parseRetryAfterMs(response.headers['retry-after'], channel.clock.now());
		return readStatus(channel, response);
	};
	return {
		monitorUrl,
		status,
		wait: async (maxWaitMs, onStatus) => {
			const end = channel.clock.now() + maxWaitMs;
			for (let pollMs = FIRST_POLL_MS; ; pollMs = Math.min(pollMs * 2, LAST_POLL_MS)) {
				const current = await status();
				onStatus?.(current);
				const leftMs = end - channel.clock.now();
				if (current.state !== 'running' || leftMs <= 0) return current;
				await channel.clock.sleep(Math.min(retryAfterMs ?? pollMs, leftMs), channel.signal);
			}
		},
	};
}

/** learn.microsoft.com/graph/api/resources/asyncjobstatus; older answers redirect to what was made. */
function readStatus(channel: Channel, response: HttpResponse): JobStatus {
	const { status, headers } = response;
	if (status === 303) {
		const id = /\/items\/([^/?]+)/.exec(headers['location'] ?? '')?.[1];
		return { state: 'completed', ...(id !== undefined && { resourceId: decodeURIComponent(id) }) };
	}
	if (status >= 300) throw channel.errorFor(response, true);
	const told = (response.body ?? {}) as {
		status?: string;
		percentageComplete?: number;
		resourceId?: string;
		error?: { code?: string; message?: string };
	};
	return {
		state: stateOf(told.status, status),
		...(told.percentageComplete !== undefined && { percent: told.percentageComplete }),
		...(told.resourceId !== undefined && { resourceId: told.resourceId }),
		...(told.error && {
			error: { code: told.error.code ?? 'jobFailed', message: told.error.message ?? '' },
		}),
	};
}

function stateOf(told: string | undefined, httpStatus: number): JobStatus['state'] {
	if (told === undefined) return httpStatus === 202 ? 'running' : 'completed';
	if (told === 'completed') return 'completed';
	return /fail/i.test(told) ? 'failed' : 'running';
}
