import { createServer, request as requestOf } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort } from '../ports';
import { startN8nProcess, type N8nProcess } from './process';
import { startRedis } from './redis';

export interface QueueModeOptions {
	/** n8n's entry file. */
	readonly binary: string;
	/** Shared by all processes, with their SQLite database. The package is installed in it. */
	readonly userFolder: string;
	/** The authority that signed login's and Graph's certificates. */
	readonly caFile?: string;
	/** Default: 1. */
	readonly workers?: number;
	/** Default: 1. Production webhooks go to them in turn, never to the main process. */
	readonly webhookProcesses?: number;
	readonly environment?: Readonly<Record<string, string>>;
}

/** n8n as it is scaled out: a main process, webhook processes, workers, Redis between them. */
export interface QueueMode {
	/** Of the reverse proxy, which is also `WEBHOOK_URL`; without a trailing slash. */
	readonly url: string;
	readonly main: N8nProcess;
	readonly webhookProcesses: readonly N8nProcess[];
	readonly workers: readonly N8nProcess[];
	/** One more, as a service manager starts it in the place of one that died. */
	addWorker(): Promise<N8nProcess>;
	close(): Promise<void>;
}

export async function startQueueMode(options: QueueModeOptions): Promise<QueueMode> {
	const { binary, userFolder, caFile, workers = 1, webhookProcesses = 1 } = options;
	const closers: Array<() => Promise<void>> = [];
	const close = async () => {
		for (const closeOne of closers.splice(0).reverse()) await closeOne();
	};
	try {
		const redis = await startRedis(userFolder);
		closers.push(async () => {
			await redis.close();
		});
		const proxy = await startProxy();
		closers.push(proxy.close);
		const environment = {
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			QUEUE_HEALTH_CHECK_ACTIVE: 'true',
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'false',
			WEBHOOK_URL: `${proxy.url}/`,
			...options.environment,
		};
		const start = async (command: 'start' | 'webhook' | 'worker', number: number) => {
			const port = await freePort();
			const n8n = await startN8nProcess({
				binary,
				userFolder,
				port,
				command,
				logName: command === 'start' ? 'n8n.log' : `n8n-${command}-${number}.log`,
				...(caFile !== undefined && { caFile }),
				environment: {
					...environment,
					QUEUE_HEALTH_CHECK_PORT: String(port),
					...(command === 'start' && { N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' }),
				},
			});
			closers.push(async () => {
				await n8n.close();
			});
			return n8n;
		};
		const startAll = async (command: 'webhook' | 'worker', count: number) =>
			await Promise.all(Array.from({ length: count }, (_, index) => start(command, index + 1)));
		// First, for it migrates the database and makes the encryption key that the others read.
		const main = await start('start', 1);
		const [webhooks, workerProcesses] = await Promise.all([
			startAll('webhook', webhookProcesses),
			startAll('worker', workers),
		]);
		proxy.route(main, webhooks);
		let workerCount = workers;
		return {
			url: proxy.url,
			main,
			webhookProcesses: webhooks,
			workers: workerProcesses,
			addWorker: async () => await start('worker', ++workerCount),
			close,
		};
	} catch (error) {
		await close();
		throw error;
	}
}

/** What a load balancer does before n8n. */
async function startProxy() {
	let main: N8nProcess | undefined;
	let webhooks: readonly N8nProcess[] = [];
	let turn = 0;
	const server = createServer((request, response) => {
		const { url = '/', method, headers } = request;
		const target = url.startsWith('/webhook/') ? webhooks[turn++ % webhooks.length] : main;
		if (!target) {
			response.writeHead(502).end();
			return;
		}
		const { port } = new URL(target.url);
		const onward = requestOf({ host: '127.0.0.1', port, path: url, method, headers }, (answer) => {
			response.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(response);
		});
		onward.on('error', () => {
			if (!response.headersSent) response.writeHead(502);
			response.end();
		});
		// A request that is held open is given up on both sides.
		response.once('close', () => onward.destroy());
		request.pipe(onward);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		route: (toMain: N8nProcess, toWebhooks: readonly N8nProcess[]) => {
			main = toMain;
			webhooks = toWebhooks;
		},
		close: async () => {
			await new Promise<void>((resolve) => {
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			});
		},
	};
}
