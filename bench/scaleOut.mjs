// npm run scale-out: n8n's queue mode with Redis, a main and a webhook process and two workers. Mail that
// is notified and mail that is polled starts runs; each run makes a list item, by a person's token that has
// to be renewed meanwhile. Prints what was lost, what came twice, how much more two workers do than one, and
// how often tokens were renewed.
import { join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { cache, n8nHost, root } from '../scripts/bootstrap/paths.mjs';
import { build } from '../scripts/checks.mjs';
import { signIn } from './signIn.mjs';
import { startSandbox } from './sandbox.mjs';
import { instantWorkflow, polledWorkflow } from './scaleOutWorkflows.mjs';

const { values } = parseArgs({
	options: {
		messages: { type: 'string', default: '2000' },
		/** For one worker against two. */
		sample: { type: 'string', default: '300' },
		latency: { type: 'string', default: '400' },
	},
});
const require = createRequire(import.meta.url);
const [ana, ben] = ['ana@contoso.example', 'ben@contoso.example'];
/** The nodes renew a person's token one to five minutes before its end: here every two to six minutes. */
const tokenLifetimeSeconds = 420;
/** Two renewals that are nearer than this were made for one token. */
const nearMs = 30_000;
/** Runs that a worker has under way at once. */
const perWorker = 4;

if (!(await build())) process.exit(1);
const sandbox = await startSandbox(['--no-n8n', '--data', '.sandbox/scale-out']);
const userFolder = resolve(root, '.sandbox/scale-out');
let n8n;
try {
	process.exitCode = (await prove()) ? 0 : 1;
} finally {
	await n8n?.close();
	await sandbox.stop();
}

async function prove() {
	const { installPackage } = module('install');
	await installPackage(root, userFolder);
	n8n = await start(1);
	await setUp();
	const one = await rate(Number(values.sample));
	console.log(`One worker: ${one.toFixed(1)} runs a second`);
	await n8n.close();
	n8n = await start(2);
	await ready();
	const two = await rate(Number(values.sample));
	const gain = two / one;
	console.log(`Two workers: ${two.toFixed(1)} runs a second, ${gain.toFixed(2)} times as many`);
	// How fast is known now; the rest is about what gets lost.
	await sandbox.control('POST', 'latency', { ms: Number(values.latency) / 4 });
	const many = await killOne(Number(values.messages));
	const renewals = await renewalTimes();
	const doubled = renewals.filter((at, index) => at - renewals[index - 1] < nearMs).length;
	console.log(
		`The person's token was renewed ${renewals.length} times, ${doubled} of them by two at once`,
	);
	const isGood =
		gain >= 1.8 &&
		many.lost === 0 &&
		many.repeated <= perWorker &&
		renewals.length > 0 &&
		doubled === 0;
	console.log(isGood ? '1 passed, 0 failed' : '0 passed, 1 failed');
	return isGood;
}

function module(name) {
	return require(join(cache, 'sandbox-build', 'sandbox', 'n8n', `${name}.js`));
}

async function start(workers) {
	return await module('queueMode').startQueueMode({
		binary: n8nHost.binary,
		userFolder,
		caFile: sandbox.caFile,
		workers,
		environment: {
			N8N_CONCURRENCY_PRODUCTION_LIMIT: String(perWorker),
			N8N_DEFAULT_BINARY_DATA_MODE: 'database',
		},
	});
}

/** The owner, the credential, and the two workflows, active. */
async function setUp() {
	const { createN8nRest, setUpOwner, createCredential } = module('rest');
	const { sandboxOwner } = module('start');
	const rest = createN8nRest(n8n.main.url);
	await setUpOwner(rest, sandboxOwner);
	const credential = await createCredential(rest, {
		name: 'App',
		type: 'microsoft365AppOnlyApi',
		data: module('credentialData').credentialData(sandbox),
	});
	const person = await createCredential(rest, await personCredential());
	for (const workflow of [
		instantWorkflow(ana, credential, person),
		polledWorkflow(ben, credential, person),
	]) {
		const { id, versionId } = await rest.call('POST', '/workflows', workflow);
		await rest.call('POST', `/workflows/${id}/activate`, { versionId });
		await published(rest, id);
	}
	await sandbox.control('POST', 'latency', { ms: Number(values.latency) });
}

/** Of somebody who has just signed in. */
async function personCredential() {
	await login('POST', 'login', { tokenLifetimeSeconds });
	const person = sandbox.users.find(({ password }) => password);
	const scope = 'openid profile offline_access User.Read Sites.ReadWrite.All';
	return {
		name: 'Person',
		type: 'microsoft365OAuth2Api',
		data: {
			...module('credentialData').credentialData(sandbox),
			oauthTokenData: await signIn(sandbox, person, scope),
		},
	};
}

/** When the person's token was renewed, in milliseconds since 1970. */
async function renewalTimes() {
	const requests = await login('GET', 'tokens');
	return requests
		.filter(({ grantType }) => grantType === 'refresh_token')
		.map(({ at }) => Date.parse(at));
}

async function login(method, name, body) {
	const answer = await fetch(`${sandbox.loginUrl}/__sandbox__/${name}`, {
		method,
		...(body && { body: JSON.stringify(body) }),
	});
	if (!answer.ok) throw new Error(`${name}: ${await answer.text()}`);
	return await answer.json();
}

async function published(rest, id) {
	for (;;) {
		const { status, triggers } = await rest.call('GET', `/workflows/${id}/publication-status`);
		if (status === 'published') return;
		if (status === 'failed') throw new Error(`Not activated: ${JSON.stringify(triggers)}`);
		await sleep(200);
	}
}

/** The main process has taken its triggers up again when the polled workflow runs. */
async function ready() {
	await rate(1);
}

/** @returns runs a second, from the first list item of so many messages to the last one's */
async function rate(count) {
	const position = sandbox.position();
	const ids = await deliver(ana, count);
	await handled(ids, position, 1);
	const startedAt = performance.now();
	await handled(ids, position);
	return (count - 1) / ((performance.now() - startedAt) / 1000);
}

/**
 * 2,000 notified and 2,000 polled, and a worker that is killed in the middle. n8n notices it after a
 * minute or two, and ends its runs as failed; the triggers then begin them again.
 */
async function killOne(count) {
	const position = sandbox.position();
	const startedAt = performance.now();
	const ids = [...(await deliver(ana, count)), ...(await deliver(ben, count))];
	const half = handled(ids, position, ids.length / 2);
	await half;
	await n8n.workers[0].kill();
	console.log('A worker was killed; another one takes its place');
	await n8n.addWorker();
	const made = await handled(ids, position);
	// What was repeated would come now.
	await sleep(15_000);
	const all = countOf(position, new Set(ids));
	const repeated = [...all.values()].filter((times) => times > 1).length;
	const lost = ids.length - made.size;
	const seconds = Math.round((performance.now() - startedAt) / 1000);
	console.log(
		`${ids.length} messages, ${seconds} s: ${lost} lost; ${repeated} list items made twice, in ` +
			`the place of the killed worker's runs (it had at most ${perWorker} under way)`,
	);
	return { lost, repeated };
}

/** @returns the messages' internet message IDs */
async function deliver(to, count) {
	const ids = [];
	for (let left = count; left > 0; left -= 250) {
		const { messages } = await sandbox.control('POST', 'deliver', {
			to,
			subject: 'Scale out',
			count: Math.min(left, 250),
			spacingMs: 0,
		});
		ids.push(...messages.map(({ internetMessageId }) => internetMessageId));
	}
	return ids;
}

/** Until so many of the messages have their list item. */
async function handled(ids, position, enough = ids.length) {
	const wanted = new Set(ids);
	const deadline = performance.now() + 30 * 60_000;
	for (;;) {
		const made = countOf(position, wanted);
		if (made.size >= enough) return made;
		if (performance.now() > deadline) {
			throw new Error(`${made.size} of ${enough} messages were handled in half an hour`);
		}
		await sleep(500);
	}
}

/** How often each message's list item was made. */
function countOf(position, wanted) {
	const times = new Map();
	for (const { method, url, status, body } of sandbox.requestsSince(position)) {
		if (method !== 'POST' || status !== 201 || !/\/lists\/[^/]+\/items$/.test(url)) continue;
		const id = body?.fields?.Title;
		if (wanted.has(id)) times.set(id, (times.get(id) ?? 0) + 1);
	}
	return times;
}
