import type { Browser } from 'playwright-core';
import type { N8nRest } from '../../sandbox/n8n/rest';
import { saveScreenshot } from './support/artifacts';
import { startBrowser } from './support/browser';
import {
	type Execution,
	createWorkflow,
	exampleAsApp,
	finished,
	n8nRest,
	sandboxCredential,
	startWorkflow,
	waiting,
} from './support/n8n';
import { control, recordedRequests } from './support/sandbox';

const mail = 'n8n-nodes-microsoft365.microsoft365Mail';
const ana = 'ana@contoso.example';

describe('people in the loop', () => {
	let rest: N8nRest;
	let browser: Browser;

	beforeAll(async () => {
		rest = n8nRest();
		browser = await startBrowser();
	});

	afterAll(async () => {
		await browser.close();
	});

	async function ask(parameters: object): Promise<string> {
		const { id, name } = await sandboxCredential(rest, 'microsoft365AppOnlyApi');
		const workflow = await createWorkflow(rest, 'Question', [
			{
				name: 'Ask',
				type: mail,
				parameters: {
					authentication: 'application',
					resource: 'message',
					operation: 'sendAndWait',
					mailbox: ana,
					reviewers: 'ben@contoso.example',
					message: 'Shall we?',
					...parameters,
				},
				credentials: { microsoft365AppOnlyApi: { id, name } },
			},
		]);
		const execution = await startWorkflow(rest, workflow);
		await waiting(rest, execution);
		return execution;
	}

	it('lets no scanner and no forger decide; a person on the page does, once', async () => {
		const execution = await ask({ reviewSubject: 'Approve it?' });
		const link = linkInMail('Approve it?', 'Approve');
		for (const method of ['GET', 'HEAD']) {
			expect((await fetch(link, { method })).status).toBe(200);
		}
		const forged = await fetch(tamperedWith(link), {
			method: 'POST',
			...form({ decision: 'approved' }),
		});
		expect(forged.status).toBeGreaterThanOrEqual(400);
		await waiting(rest, execution);

		const page = await browser.newPage();
		await page.goto(link);
		await saveScreenshot(page, 'review-confirm');
		await page.fill('textarea', 'Go ahead');
		await page.click('button[value=approved]');
		await page.waitForLoadState();
		await saveScreenshot(page, 'review-done');
		await page.close();
		const { json } = only(await finished(rest, execution), 'Ask');
		expect(json).toMatchObject({
			approved: true,
			decision: 'approved',
			comment: 'Go ahead',
			respondedBy: 'ben@contoso.example',
		});
		const again = await fetch(link, { method: 'POST', ...form({ decision: 'declined' }) });
		expect(again.status === 200 ? await again.text() : 'refused').not.toContain('Thank you');
	});

	it('continues on its own branch when nobody answers in time', async () => {
		const execution = await ask({
			reviewSubject: 'In a minute?',
			timeLimit: 1,
			timeLimitUnit: 'minutes',
		});
		const ended = await finished(rest, execution);
		expect(ended.items('Ask', 0)).toEqual([]);
		expect(ended.items('Ask', 1)).toHaveLength(1);
		const late = await fetch(linkInMail('In a minute?', 'Approve'), {
			method: 'POST',
			...form({ decision: 'approved' }),
		});
		expect(late.status === 200 ? await late.text() : 'refused').not.toContain('Thank you');
	}, 180_000);

	it('runs the example "Draft and send after review": the very draft is sent on approval', async () => {
		const workflow = await exampleAsApp(rest, 'draft-and-send-after-review.json', { mailbox: ana });
		const execution = await startWorkflow(rest, workflow, 'When You Run It');
		await waiting(rest, execution);
		const [draft] = await messagesOf(ana, 'drafts');
		expect(draft).toMatchObject({ subject: 'Our offer', isDraft: true });
		const link = linkInMail('Please approve: our offer to Chloé', 'Approve');
		const page = await browser.newPage();
		await page.goto(link);
		await saveScreenshot(page, 'review-draft');
		await page.click('button[value=approved]');
		await page.waitForLoadState();
		await page.close();
		const ended = await finished(rest, execution);
		expect(only(ended, 'Sent').json).toMatchObject({
			approved: true,
			sent: true,
			draftId: draft?.id,
		});
		const sent = await messagesOf(ana, 'sentitems');
		expect(sent.map(({ id }) => id)).toContain(draft?.id);
		expect(
			(await messagesOf('chloe@contoso.example', 'inbox')).map(({ subject }) => subject),
		).toContain('Our offer');
	});

	it('keeps the draft and tells the author when it is declined', async () => {
		const workflow = await exampleAsApp(rest, 'draft-and-send-after-review.json', { mailbox: ana });
		const execution = await startWorkflow(rest, workflow, 'When You Run It');
		await waiting(rest, execution);
		const link = linkInMail('Please approve: our offer to Chloé', 'Decline');
		const answer = await fetch(link, {
			method: 'POST',
			...form({ decision: 'declined', comment: 'Too cheap' }),
		});
		expect(answer.status).toBe(200);
		const ended = await finished(rest, execution);
		expect(ended.error).toBeUndefined();
		expect(ended.items('Tell the Author')).toHaveLength(1);
		expect(await messagesOf(ana, 'drafts')).toHaveLength(1);
		const told = recordedRequests().at(-1);
		expect(JSON.stringify(told?.body)).toContain('ben@contoso.example declined: Too cheap');
	});
});

function only(execution: Execution, node: string) {
	expect(execution.error).toBeUndefined();
	const [item, ...more] = execution.items(node);
	expect(more).toEqual([]);
	if (!item) throw new Error(`${node} put out nothing`);
	return item;
}

/** The link behind a button of the newest question with this title, as the reviewer got it. */
function linkInMail(title: string, label: string): string {
	const bodies = recordedRequests()
		.map(
			({ body }) => body as { message?: { subject?: string; body?: { content?: string } } } | null,
		)
		.filter((body) => body?.message?.subject === title)
		.map((body) => body?.message?.body?.content ?? '');
	const html = bodies.at(-1) ?? '';
	const link = new RegExp(`<a href="([^"]+)"[^>]*>${label}</a>`).exec(html)?.[1];
	if (!link) throw new Error(`No button ${label} in the mail "${title}"`);
	return link.replaceAll('&#38;', '&');
}

/** The same link with one character of each long parameter changed. */
function tamperedWith(link: string): string {
	const url = new URL(link);
	for (const [name, value] of url.searchParams) {
		if (value.length < 20) continue;
		url.searchParams.set(name, `${value.slice(0, -1)}${value.endsWith('a') ? 'b' : 'a'}`);
	}
	return url.href;
}

function form(fields: Record<string, string>): { body: URLSearchParams } {
	return { body: new URLSearchParams(fields) };
}

interface StoredMessage {
	readonly id: string;
	readonly subject: string;
	readonly isDraft: boolean;
}

async function messagesOf(mailbox: string, folder: string): Promise<readonly StoredMessage[]> {
	const { folders } = (await control('graph', 'GET', `state?mailbox=${mailbox}`)) as {
		folders: ReadonlyArray<{ wellKnownName: string | null; messages: readonly StoredMessage[] }>;
	};
	return folders.find(({ wellKnownName }) => wellKnownName === folder)?.messages ?? [];
}
