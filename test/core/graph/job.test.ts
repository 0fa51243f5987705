import { path } from '../../../core/graph/path';
import type { GraphRequest, JobStatus } from '../../../core/graph/types';
import { createGraphHarness } from '../../support/graphHarness';
import { scriptedServers } from '../../support/scriptedServer';

const servers = scriptedServers();
const copy: GraphRequest = {
	method: 'POST',
	path: path`/me/drive/items/${'01'}/copy`,
	body: { name: 'b' },
};
const running = { status: 202, json: { status: 'inProgress', percentageComplete: 40 } };

async function start(
	...answers: Array<{ status?: number; headers?: Record<string, string>; json?: unknown }>
) {
	const server = await servers.start();
	const storage = await servers.start();
	server.expect(
		{ method: 'POST', path: '/v1.0/me/drive/items/01/copy', body: { name: 'b' } },
		{ status: 202, headers: { location: `${storage.origin}/monitor/1?tempauth=x` } },
	);
	for (const answer of answers) {
		storage.expect(
			{ method: 'GET', path: '/monitor/1?tempauth=x', headers: { authorization: null } },
			answer,
		);
	}
	const harness = createGraphHarness(server.origin);
	return { ...harness, job: await harness.graph.startJob(copy) };
}

it('waits ever longer, without a token, until the work is done', async () => {
	const { job, clock } = await start(running, running, running, {
		json: { status: 'completed', percentageComplete: 100, resourceId: '02' },
	});
	const seen: JobStatus[] = [];
	await expect(job.wait(60_000, (status) => seen.push(status))).resolves.toEqual({
		state: 'completed',
		percent: 100,
		resourceId: '02',
	});
	expect(clock.sleeps).toEqual([500, 1_000, 2_000]);
	expect(seen.map(({ percent }) => percent)).toEqual([40, 40, 40, 100]);
});

it('gives up at the end of the time, and honours Retry-After', async () => {
	const { job, clock } = await start(
		{ ...running, headers: { 'retry-after': '30' } },
		{ ...running, headers: { 'retry-after': '45' } },
		running,
	);
	await expect(job.wait(60_000)).resolves.toMatchObject({ state: 'running', percent: 40 });
	expect(clock.sleeps).toEqual([30_000, 30_000]);
});

it('tells a failure, and understands the redirect of older answers', async () => {
	const failed = await start({
		json: { status: 'failed', error: { code: 'nameAlreadyExists', message: 'Taken' } },
	});
	await expect(failed.job.wait(1_000)).resolves.toEqual({
		state: 'failed',
		error: { code: 'nameAlreadyExists', message: 'Taken' },
	});
	const moved = await start({
		status: 303,
		headers: { location: 'https://graph.microsoft.com/v1.0/drives/b!1/items/01%21AB' },
	});
	await expect(moved.job.status()).resolves.toEqual({ state: 'completed', resourceId: '01!AB' });
});

it('refuses an answer without a monitor, and a monitor that anyone could read along', async () => {
	const server = await servers.start();
	server.expect(
		{ method: 'POST', path: '/v1.0/me/drive/items/01/copy', body: { name: 'b' } },
		{ status: 202 },
	);
	server.expect(
		{ method: 'POST', path: '/v1.0/me/drive/items/01/copy', body: { name: 'b' } },
		{ status: 202, headers: { location: 'http://storage.example/monitor' } },
	);
	const { graph } = createGraphHarness(server.origin);
	await expect(graph.startJob(copy)).rejects.toMatchObject({ code: 'noMonitor' });
	await expect(graph.startJob(copy)).rejects.toMatchObject({ code: 'unsafeAddress' });
});

it('throws what Graph refuses', async () => {
	const server = await servers.start();
	server.expect(
		{ method: 'POST', path: '/v1.0/me/drive/items/01/copy', body: { name: 'b' } },
		{ status: 404, json: { error: { code: 'itemNotFound', message: 'Gone' } } },
	);
	const { graph } = createGraphHarness(server.origin);
	await expect(graph.startJob(copy)).rejects.toMatchObject({
		name: 'NotFoundError',
		code: 'itemNotFound',
	});
});
