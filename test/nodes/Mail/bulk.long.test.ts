import { type MailSandbox, startMailSandbox } from './mailSandbox';

const ana = 'ana@contoso.example';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

const changes = [
	['update', { changes: { isRead: true } }],
	['move', { folder: byId('archive') }],
	['delete', {}],
] as const;

describe('many messages', () => {
	let sandbox: MailSandbox;

	beforeAll(async () => {
		sandbox = await startMailSandbox();
	});
	afterEach(() => {
		sandbox.reset();
	});
	afterAll(async () => {
		await sandbox.stop();
	});

	async function change(count: number, latencyMs: number, operation: string, parameters: object) {
		sandbox.fill(ana, count);
		const ids = await sandbox.ids(ana, 'inbox');
		expect(ids).toHaveLength(count);
		sandbox.forget();
		sandbox.latency(latencyMs);
		const startedAt = performance.now();
		const { items } = await sandbox.run(
			(index) => ({
				resource: 'message',
				operation,
				messageId: byId(ids[index] ?? ''),
				...parameters,
			}),
			{ items: ids.map(() => ({})) },
		);
		expect(items).toHaveLength(count);
		return performance.now() - startedAt;
	}

	it.each(changes)('%s: 500 take 25 requests', async (operation, parameters) => {
		await change(500, 0, operation, parameters);
		expect(sandbox.requests().map(({ method, url }) => `${method} ${url}`)).toEqual(
			Array.from({ length: 25 }, () => 'POST /v1.0/$batch'),
		);
		expect(sandbox.recorded().every(({ status }) => status === 200)).toBe(true);
	});

	it('runs four at once, which is what a mailbox bears, and so takes about a quarter of the time', async () => {
		const [count, latencyMs] = [100, 60];
		const elapsedMs = await change(count, latencyMs, ...changes[0]);
		expect(sandbox.highestConcurrency()).toBe(4);
		// 1.5 s by the limit of four, 6 s one after the other; half of that bears a busy machine.
		console.log(`${Math.round(elapsedMs)} ms; one after the other: ${count * latencyMs} ms`);
		expect(elapsedMs).toBeLessThan((count * latencyMs) / 2);
	});
});
