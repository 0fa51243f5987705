import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describeWithDovecot, type MailServers, startMailServers } from '../../support/mailServers';
import { ana, createInstallation, eventually, mime, newFolder, watchFolder } from './watchHarness';

jest.setTimeout(300_000);

const total = 10_000;
const bodyBytes = 6_000;
/** A sixth of what the messages have in all. */
const allowedBytes = 10_000_000;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function liveBytes(): number {
	collectGarbage();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

describeWithDovecot('a backlog', () => {
	let servers: MailServers;

	beforeAll(async () => {
		servers = await startMailServers();
	});
	afterAll(async () => {
		await servers.close();
	});

	it('of 10,000 messages is handed over in bounded memory, each one once, in order', async () => {
		const folder = await newFolder(servers);
		const installation = createInstallation();
		const first = watchFolder(servers, folder, { installation });
		await first.watch.begun;
		await first.watch.stop();
		const body = `${'x'.repeat(76)}\r\n`.repeat(bodyBytes / 78);
		for (let index = 0; index < total; index += 50) {
			const batch = Array.from({ length: 50 }, (_, place) =>
				mime(`Message ${index + place}`, body),
			);
			await Promise.all(batch.map(async (one) => await servers.deliver(ana, one, { folder })));
		}

		let open = 0;
		let mostOpen = 0;
		let peakBytes = 0;
		const uids: number[] = [];
		/** What a worker of jest still has of earlier files may be freed meanwhile. */
		let firstBytes: number | undefined;
		const watched = watchFolder(servers, folder, {
			installation,
			deliver: async ({ summary, content }) => {
				expect(content.length).toBeGreaterThan(bodyBytes - 200);
				uids.push(summary.uid);
				if (uids.length % 1_000 === 0) {
					const bytes = liveBytes();
					firstBytes ??= bytes;
					peakBytes = Math.max(peakBytes, bytes);
				}
				open += 1;
				mostOpen = Math.max(mostOpen, open);
				// A run takes a moment; its content stays in memory as long.
				const recorded = new Promise<void>((resolve) => {
					setTimeout(() => {
						open -= content.length > 0 ? 1 : 0;
						resolve();
					}, 2);
				});
				return { recorded };
			},
		});
		await eventually(() => uids.length >= total, 240_000);
		await eventually(() => watched.cursor().pending.length === 0);
		await watched.watch.stop();
		expect(new Set(uids).size).toBe(total);
		expect(uids).toEqual([...uids].sort((one, other) => one - other));
		expect(mostOpen).toBeLessThanOrEqual(40);
		const growthBytes = peakBytes - (firstBytes ?? 0);
		expect(growthBytes).toBeLessThan(allowedBytes);
		// Saved with each run: it may not grow with the backlog.
		expect(JSON.stringify(watched.cursor()).length).toBeLessThan(20_000);
		const growthMegabytes = (growthBytes / 1e6).toFixed(1);
		console.info(
			`${total} messages: at most ${growthMegabytes} MB more than after the first 1,000`,
		);
	});
});
