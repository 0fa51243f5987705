import type { N8nRest } from '../../sandbox/n8n/rest';
import { until } from '../support/until';
import { jsonOf } from './support/files';
import { activate, deactivate } from './support/instant';
import {
	type Execution,
	exampleAsApp,
	finished,
	n8nRest,
	runsOf,
	runWorkflow,
	waiting,
} from './support/n8n';
import { control, recordedRequests } from './support/sandbox';

const ana = 'ana@contoso.example';
const ben = 'ben@contoso.example';
/** Nothing else is in her calendar. */
const chloe = 'chloe@contoso.example';
/** The examples look every minute. */
const patience = { patienceMs: 90_000, pauseMs: 250 };
const minuteMs = 60_000;

describe('the examples that begin with a trigger', () => {
	let rest: N8nRest;
	const active: string[] = [];
	beforeAll(() => {
		rest = n8nRest();
	});
	afterEach(async () => {
		for (const id of active.splice(0)) await deactivate(rest, id).catch(() => undefined);
	});

	const publish = async (id: string): Promise<void> => {
		const { versionId } = await rest.call<{ versionId: string }>('GET', `/workflows/${id}`);
		active.push(id);
		await activate(rest, { id, versionId });
	};
	/** The runs that the trigger has started, the oldest first, once there are so many. */
	const startedRuns = async (id: string, count: number): Promise<string[]> => {
		const started = async () =>
			(await runsOf(rest, id)).filter(({ mode }) => mode === 'trigger').map((run) => run.id);
		await until(async () => (await started()).length >= count, patience);
		return (await started()).sort((a, b) => Number(a) - Number(b));
	};

	describe('Remind me before meetings', () => {
		const meeting = async (subject: string, minutes: number): Promise<void> => {
			const at = (offset: number) => ({
				dateTime: new Date(Date.now() + offset * minuteMs).toISOString().slice(0, 19),
				timeZone: 'UTC',
			});
			await control('graph', 'POST', 'deliver', {
				calendar: chloe,
				from: ben,
				event: {
					subject,
					start: at(minutes),
					end: at(minutes + 30),
					location: { displayName: 'Room 4' },
					body: { contentType: 'text', content: 'Please read the offer before.' },
				},
			});
		};

		it('takes the next meeting by hand, and each one in time by itself', async () => {
			await meeting('In an hour', 60);
			const id = await exampleAsApp(rest, 'remind-me-before-meetings.json', { mailbox: chloe });
			const test = await runWorkflow(rest, id, 'Before a Meeting');
			expect(test.error).toBeUndefined();
			expect(jsonOf(test.items('Before a Meeting'))).toMatchObject([
				{ subject: 'In an hour', organizer: ben, location: 'Room 4' },
			]);
			expect(reminders()).toEqual([expect.stringMatching(/^In (59|60) minutes: In an hour$/)]);

			await meeting('Soon', 10);
			await publish(id);
			const [run, ...others] = await startedRuns(id, 1);
			expect(others).toEqual([]);
			const execution = await finished(rest, run ?? '');
			expect(execution.error).toBeUndefined();
			expect(reminders()).toEqual([
				expect.anything(),
				expect.stringMatching(/^In (9|10) minutes: Soon$/),
			]);
			const text = mails().at(-1)?.body?.content ?? '';
			expect(text).toContain('Room 4');
			expect(text).toContain('Please read the offer before.');
		});
	});

	describe('New file for approval', () => {
		const file = async (path: string): Promise<void> => {
			await control('graph', 'POST', 'deliver', { drive: ana, path, text: path, from: ana });
		};

		it('moves what is approved, and renames what is declined', async () => {
			await file('Approved/earlier.txt');
			await file('To Approve/old.txt');
			const id = await exampleAsApp(rest, 'new-file-for-approval.json', {
				mailbox: ana,
				location: 'user',
				user: ana,
			});
			await publish(id);
			await file('To Approve/good.txt');
			await file('To Approve/bad.txt');
			const runs = await startedRuns(id, 2);
			expect(runs).toHaveLength(2);
			const ended: Execution[] = [];
			for (const run of runs) await waiting(rest, run);
			await answer('Please approve: good.txt', 'Approve', { decision: 'approved' });
			await answer('Please approve: bad.txt', 'Decline', {
				decision: 'declined',
				comment: 'No price in it',
			});
			for (const run of runs) ended.push(await finished(rest, run));
			for (const { error } of ended) expect(error).toBeUndefined();
			const output = (node: string) => ended.flatMap((run) => jsonOf(run.items(node)));
			expect(output('Move to Approved')).toMatchObject([{ path: 'Approved/good.txt' }]);
			expect(output('Mark as Declined')).toMatchObject([{ path: 'To Approve/Declined - bad.txt' }]);
			expect(mails().at(-1)).toMatchObject({
				subject: 'Declined: bad.txt',
				body: { content: expect.stringContaining('No price in it') as unknown },
			});
			expect(await startedRuns(id, 2)).toHaveLength(2);
		});
	});
});

interface SentMail {
	readonly subject?: string;
	readonly body?: { readonly content?: string };
}

/** All that were sent, the oldest first. */
function mails(): SentMail[] {
	return recordedRequests()
		.filter(({ url }) => url.endsWith('/sendMail'))
		.map(({ body }) => (body as { message?: SentMail } | null)?.message ?? {});
}

const reminders = (): string[] =>
	mails().flatMap(({ subject }) => (subject && /^In \d+ minutes/.test(subject) ? [subject] : []));

/** What the reviewer does on the page behind a button of the mail. */
async function answer(
	title: string,
	label: string,
	fields: Readonly<Record<string, string>>,
): Promise<void> {
	const html = mails().find(({ subject }) => subject === title)?.body?.content ?? '';
	const link = new RegExp(`<a href="([^"]+)"[^>]*>${label}</a>`).exec(html)?.[1];
	if (!link) throw new Error(`No button ${label} in the mail "${title}"`);
	const body = new URLSearchParams(fields);
	const response = await fetch(link.replaceAll('&#38;', '&'), { method: 'POST', body });
	if (!response.ok) throw new Error(`${label}: ${response.status}`);
}
