import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../../nodes/kit/operation';
import { defineResource } from '../../../../nodes/kit/resource';
import { answerReview } from '../../../../nodes/kit/review/answer';
import { Claims } from '../../../../nodes/kit/review/claims';
import type { Asked, DecideInput } from '../../../../nodes/kit/review/types';
import { ask } from '../../../../nodes/kit/review/wait';
import { FakeN8n, buttonLinks, start } from './fakeN8n';

const hourMs = 3_600_000;
const asked: Asked = {
	mailbox: path`/users/${'sales@contoso.com'}`,
	title: 'Offer',
	message: 'Please look',
	form: { kind: 'approval', approveLabel: 'Approve', declineLabel: 'Decline', comment: true },
	reviewers: ['ana@contoso.com', 'ben@contoso.com'],
	limitMs: hourMs,
	subject: { draftId: 'DRAFT1' },
};

const decided = jest.fn<Promise<IDataObject | undefined>, [DecideInput]>();

function resourcesFor(operation: string) {
	const texts = { name: 'Ask', action: 'Ask', description: 'Ask' };
	const permissions = { delegated: 'Mail.Send', application: 'Mail.Send' };
	return [
		defineResource({
			name: 'Draft',
			value: 'draft',
			operations: [
				defineOperation({
					...texts,
					value: operation,
					permissions,
					properties: [],
					review: { ask: () => asked, decide: decided },
				}),
				defineOperation({
					...texts,
					value: 'get',
					permissions,
					properties: [],
					execute: () => [],
				}),
			],
		}),
	];
}

beforeEach(() => decided.mockReset().mockResolvedValue({ sent: true }));

describe.each(['sendAndWait', 'sendAfterApproval'])('%s', (operation) => {
	const resources = resourcesFor(operation);
	const parameters: INodeParameters = { resource: 'draft', operation };

	async function asking(changes: Partial<Asked> = {}, n8n = new FakeN8n(parameters)) {
		const review = { ask: () => ({ ...asked, ...changes }) };
		const shown = await ask(n8n.execute(), review, n8n.input({}), () => start);
		return { n8n, shown, links: n8n.requests.map(buttonLinks) };
	}

	async function visit(
		n8n: FakeN8n,
		url = '',
		body?: IDataObject,
		atMs = start,
		claims = new Claims(60_000, () => atMs),
	) {
		const { context, sent } = n8n.webhook(url, body);
		const connected = () => Promise.resolve({ graph: n8n.graph, identity: 'delegated' as const });
		const result = await answerReview(context, resources, {
			now: () => atMs,
			claims,
			connect: connected,
		});
		return { sent, result };
	}

	it('mails each reviewer links of their own, and waits until the limit', async () => {
		const { n8n, shown, links } = await asking();
		expect(n8n.requests.map(({ method, path: at }) => `${method} ${at.toString()}`)).toEqual([
			'POST /users/sales%40contoso.com/sendMail',
			'POST /users/sales%40contoso.com/sendMail',
		]);
		expect(n8n.requests[1]?.body).toMatchObject({
			message: {
				subject: 'Offer',
				toRecipients: [{ emailAddress: { address: 'ben@contoso.com' } }],
			},
		});
		expect(new Set(links.flat()).size).toBe(4);
		expect(n8n.waitTill).toEqual(new Date(start + hourMs));
		expect(shown[0]?.json).toMatchObject({ decision: 'waiting', draftId: 'DRAFT1' });
		expect(n8n.notes).toEqual([]);
	});

	it('leaves by the second output when nobody answers, paired with the item before', async () => {
		const { n8n } = await asking();
		expect(n8n.executeData.data).toEqual({
			main: [
				[],
				[
					{
						json: {
							decision: 'none',
							question: 'Offer',
							draftId: 'DRAFT1',
							expiresAt: '2026-03-02T09:00:00.000Z',
						},
						pairedItem: { item: 0 },
					},
				],
			],
		});
		expect(n8n.executeData.source?.['main']?.[1]).toEqual({ previousNode: 'Before' });
		expect(n8n.metadata).toEqual({ forwardAllOutputs: true });
	});

	it('waits for ever without a limit', async () => {
		const { n8n } = await asking({ limitMs: undefined });
		expect(n8n.waitTill?.getUTCFullYear()).toBe(3000);
	});

	it('decides nothing on a GET, however often', async () => {
		const { n8n, links } = await asking();
		for (const url of links.flat()) {
			const { sent, result } = await visit(n8n, url);
			expect(sent.status).toBe(200);
			expect(sent.headers['Content-Security-Policy']).toContain("default-src 'none'");
			expect(result).toEqual({ noWebhookResponse: true });
		}
		expect(decided).not.toHaveBeenCalled();
	});

	it('decides on a POST: acts first, then continues with who, when and what', async () => {
		const { n8n, links } = await asking();
		const { result } = await visit(
			n8n,
			links[1]?.[0],
			{ decision: 'approved', comment: 'ok' },
			start + 5000,
		);
		const answer = {
			decision: 'approved',
			comment: 'ok',
			respondedBy: 'ben@contoso.com',
			respondedAt: '2026-03-02T08:00:05.000Z',
		};
		expect(decided.mock.calls[0]?.[0]).toMatchObject({ answer, subject: { draftId: 'DRAFT1' } });
		expect(decided.mock.calls[0]?.[0].mailbox.toString()).toBe('/users/sales%40contoso.com');
		expect(result.webhookResponse).toContain('You approved it');
		expect(result.workflowData).toEqual([
			[
				{
					json: { approved: true, ...answer, question: 'Offer', draftId: 'DRAFT1', sent: true },
					pairedItem: { item: 0 },
				},
			],
		]);
	});

	it('leaves by the third output when declined', async () => {
		const { n8n, links } = await asking();
		const { result } = await visit(n8n, links[0]?.[1], { decision: 'declined' });
		expect(result.workflowData?.map((items) => items.map(({ json }) => json['approved']))).toEqual([
			[],
			[],
			[false],
		]);
	});

	it('takes one answer only', async () => {
		const { n8n, links } = await asking();
		const claims = new Claims(60_000, () => start);
		const [first, second] = await Promise.all([
			visit(n8n, links[0]?.[0], { decision: 'approved' }, start, claims),
			visit(n8n, links[1]?.[0], { decision: 'approved' }, start, claims),
		]);
		expect(first.result.workflowData).toBeDefined();
		expect(second.result).toEqual({ noWebhookResponse: true });
		expect(second.sent.status).toBe(409);
		expect(decided).toHaveBeenCalledTimes(1);
	});

	it('takes no answer to a question that was asked before, as in a loop', async () => {
		const { n8n, links } = await asking();
		await asking({}, n8n);
		const { sent } = await visit(n8n, links[0]?.[0], { decision: 'approved' });
		expect(sent.status).toBe(409);
		expect(decided).not.toHaveBeenCalled();
	});

	it('takes no answer at or after the limit', async () => {
		const { n8n, links } = await asking();
		const late = await visit(n8n, links[0]?.[0], { decision: 'approved' }, start + hourMs);
		expect(late.sent.status).toBe(410);
		expect(late.sent.body).toContain('2 Mar 2026, 10:00 (Europe/Berlin)');
		expect(decided).not.toHaveBeenCalled();
		const justInTime = await visit(
			n8n,
			links[0]?.[0],
			{ decision: 'approved' },
			start + hourMs - 1,
		);
		expect(justInTime.result.workflowData).toBeDefined();
	});

	it.each([
		['reviewer', '1'],
		['choice', 'decline'],
		['question', 'other'],
		['proof', '0'.repeat(64)],
	])('refuses a link whose %s was changed', async (name, value) => {
		const { n8n, links } = await asking();
		const url = new URL(links[0]?.[0] ?? '');
		url.searchParams.set(name, value);
		const { sent, result } = await visit(n8n, url.href, { decision: 'approved' });
		expect(sent.status).toBe(403);
		expect(result.workflowData).toBeUndefined();
		expect(decided).not.toHaveBeenCalled();
	});

	it('keeps the question open when acting fails, and tells why', async () => {
		const { n8n, links } = await asking();
		const claims = new Claims(60_000, () => start);
		decided.mockRejectedValueOnce(new Error('Exchange is busy'));
		const failed = await visit(
			n8n,
			links[0]?.[0],
			{ decision: 'approved', comment: 'ok' },
			start,
			claims,
		);
		expect(failed.result).toEqual({ noWebhookResponse: true });
		expect(failed.sent.status).toBe(502);
		expect(failed.sent.body).toContain('Exchange is busy. Nothing was decided; you can try again.');
		expect(failed.sent.body).toContain('ok</textarea>');
		expect(n8n.logged[0]).toContain('Exchange is busy');
		const again = await visit(n8n, links[0]?.[0], { decision: 'approved' }, start, claims);
		expect(again.result.workflowData).toBeDefined();
	});

	it('shows a wrong answer again', async () => {
		const { n8n, links } = await asking();
		const { sent } = await visit(n8n, links[0]?.[0], { comment: 'hm' });
		expect(sent.status).toBe(422);
		expect(sent.body).toContain('Choose one of the buttons.');
		expect(sent.body).toContain('hm</textarea>');
	});

	it('asks once a run: several items are refused before anything is sent', async () => {
		const n8n = new FakeN8n(parameters, undefined, [{ json: {} }, { json: {} }]);
		await expect(asking({}, n8n)).rejects.toThrow('one question a run, but 2 items');
		expect(n8n.requests).toEqual([]);
		expect(n8n.waitTill).toBeUndefined();
	});

	it('takes back what it prepared when the mail can not be sent', async () => {
		const n8n = new FakeN8n(parameters);
		const abandon = jest.fn(() => Promise.resolve());
		n8n.failures.set(1, new Error('No such mailbox'));
		await expect(asking({ abandon }, n8n)).rejects.toMatchObject({
			message: 'No such mailbox',
			aftermath: 'Mail already went to ana@contoso.com; its links lead nowhere now.',
		});
		expect(abandon).toHaveBeenCalledTimes(1);
		expect(n8n.waitTill).toBeUndefined();
		expect(n8n.context).toEqual({});
	});

	it('warns when reviewers elsewhere can not reach n8n', async () => {
		const n8n = new FakeN8n(parameters);
		n8n.origin = 'http://localhost:5678';
		await asking({}, n8n);
		expect(n8n.notes).toEqual([expect.stringContaining('WEBHOOK_URL')]);
	});

	it('has one output as a tool of an agent', async () => {
		const n8n = new FakeN8n(parameters, 'n8n-nodes-microsoft365.microsoft365MailHitlTool');
		const { links } = await asking({}, n8n);
		expect(n8n.executeData.data['main']).toHaveLength(1);
		const { result } = await visit(n8n, links[0]?.[1], { decision: 'declined' });
		expect(result.workflowData).toHaveLength(1);
	});
});
