// How long the instant trigger takes from a change in Microsoft 365 to the start of its workflow, and
// what it costs while nothing happens. Against the sandbox, on this machine: without the time that
// Microsoft itself takes to notice a change and to send a notification.
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { cache } from '../scripts/bootstrap/paths.mjs';
import { startSandbox } from './sandbox.mjs';

const usage = `npm run bench:latency -- [options]
  --messages N   how many messages arrive, one after another (default 40)
  --idle SECONDS how long to count requests while nothing arrives (default 120, two looks)`;

const { values } = parseArgs({
	options: {
		messages: { type: 'string', default: '40' },
		idle: { type: 'string', default: '120' },
		help: { type: 'boolean', default: false },
	},
});
if (values.help) {
	console.log(usage);
	process.exit(0);
}

const mailbox = 'ben@contoso.example';
/** As n8n's form has it; the measurement looks each minute instead. */
const defaultFloorMinutes = 10;
const patienceMs = 120_000;
const require = createRequire(import.meta.url);

const sandbox = await startSandbox();
try {
	// As the sandbox itself uses it; compiled by its start.
	const { createN8nRest, signIn } = require(
		join(cache, 'sandbox-build', 'sandbox', 'n8n', 'rest.js'),
	);
	const { parse } = require('flatted');
	const rest = createN8nRest(sandbox.n8nUrl);
	await signIn(rest, sandbox.n8nOwner);
	const workflowId = await activate(rest);

	const deliveredAt = new Map();
	for (let number = 1; number <= Number(values.messages); number++) {
		const subject = `Message ${number}`;
		deliveredAt.set(subject, Date.now());
		await sandbox.control('POST', 'deliver', { to: mailbox, subject });
		await sleep(300 + Math.random() * 900);
	}
	const runs = await runsOf(rest, workflowId, deliveredAt.size);
	const latencies = [];
	for (const { id, startedAt } of runs) {
		const { data } = await rest.call('GET', `/executions/${id}`);
		const { resultData } = parse(data);
		const subject = resultData.runData.Trigger[0].data.main[0][0].json.subject;
		latencies.push(Date.parse(startedAt) - deliveredAt.get(subject));
	}
	latencies.sort((a, b) => a - b);
	const at = (part) => latencies[Math.ceil(part * latencies.length) - 1];
	console.log(
		`Change to workflow start, ${latencies.length} messages, each one run: ` +
			`p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, slowest ${at(1)} ms`,
	);

	// The second look after the last notification is over by then.
	await sleep(20_000);
	const before = sandbox.position();
	const seconds = Number(values.idle);
	await sleep(seconds * 1000);
	const requests = sandbox.requestsSince(before);
	const looks = Math.round(seconds / 60);
	const perHour = (requests.length / looks) * (60 / defaultFloorMinutes);
	console.log(
		`Idle: ${requests.length} requests for ${looks} looks at one folder ` +
			`(${[...new Set(requests.map(({ method, url }) => `${method} ${decodeURIComponent(url.split('?')[0])}`))].join(', ')}); ` +
			`with a look every ${defaultFloorMinutes} minutes that is ${perHour} requests an hour. ` +
			`Polling each minute takes ${(requests.length / looks) * 60}.`,
	);
} finally {
	await sandbox.stop();
}

async function activate(rest) {
	const credentials = await rest.call('GET', '/credentials');
	const { id, name } = credentials.find(({ type }) => type === 'microsoft365AppOnlyApi');
	const workflow = await rest.call('POST', '/workflows', {
		name: 'Push latency',
		nodes: [
			{
				id: 'trigger',
				webhookId: randomUUID(),
				name: 'Trigger',
				type: 'n8n-nodes-microsoft365.microsoft365InstantTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {
					authentication: 'application',
					event: 'messageReceived',
					mailbox,
					floorMinutes: 1,
				},
				credentials: { microsoft365AppOnlyApi: { id, name } },
			},
			{
				id: 'end',
				name: 'End',
				type: 'n8n-nodes-base.noOp',
				typeVersion: 1,
				position: [220, 0],
				parameters: {},
			},
		],
		connections: { Trigger: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: {},
	});
	await rest.call('POST', `/workflows/${workflow.id}/activate`, { versionId: workflow.versionId });
	// n8n publishes in the background.
	await until(async () => {
		const { status } = await rest.call('GET', `/workflows/${workflow.id}/publication-status`);
		return status === 'published';
	});
	return workflow.id;
}

/** All of a workflow's runs that have ended, once there are so many. */
async function runsOf(rest, workflowId, count) {
	const filter = encodeURIComponent(JSON.stringify({ workflowId, status: ['success'] }));
	let runs = [];
	await until(async () => {
		const { results } = await rest.call('GET', `/executions?filter=${filter}&limit=${count + 1}`);
		runs = results;
		return runs.length >= count;
	});
	return runs;
}

async function until(isMet) {
	const deadline = performance.now() + patienceMs;
	while (!(await isMet())) {
		if (performance.now() > deadline) throw new Error(`Waited ${patienceMs / 1000} s in vain`);
		await sleep(200);
	}
}
