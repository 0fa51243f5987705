import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../../nodes/Imap/resources';
import { describeWithDovecot } from '../../support/mailServers';
import { type ImapSandbox, byPath, mime, startImapSandbox } from './imapSandbox';

// A real server, whose answers take as long as the machine is busy.
jest.setTimeout(30_000);

interface Case {
	/** The least that the operation needs to work, on a message of the inbox. */
	readonly good: (uid: string, round: string) => INodeParameters;
	/** What the server refuses. */
	readonly bad: (uid: string) => INodeParameters;
	readonly problem: string;
}

const nowhere = { folder: byPath('Nowhere') };
const noFolder = 'The mailbox has no folder "Nowhere"';
const onUid = (extra: INodeParameters = {}): Case => ({
	good: (uid) => ({ uid, ...extra }),
	bad: () => ({ uid: '99999', ...extra }),
	problem: 'The folder "INBOX" has no message with the UID 99999',
});
const onUids = (extra: INodeParameters = {}): Case => ({
	good: (uids) => ({ uids, ...extra }),
	bad: () => ({ uids: '99999', ...extra }),
	problem: 'The folder "INBOX" has no message with the UID 99999',
});

const cases: Readonly<Record<string, Case>> = {
	'folder/create': {
		good: (_uid, round) => ({ name: `New ${round}` }),
		bad: () => ({ name: 'Archive' }),
		problem: 'The folder "Archive" exists already',
	},
	'folder/delete': {
		good: (_uid, round) => ({ folder: byPath(`Old ${round}`) }),
		bad: () => nowhere,
		problem: noFolder,
	},
	'folder/getAll': {
		good: () => ({}),
		bad: () => ({ limit: 0 }),
		problem: 'Limit: is 0; the least is 1',
	},
	'folder/getStatus': { good: () => ({}), bad: () => nowhere, problem: noFolder },
	'folder/rename': {
		good: (_uid, round) => ({ folder: byPath(`Old ${round}`), newName: `Renamed ${round}` }),
		bad: () => ({ ...nowhere, newName: 'X' }),
		problem: noFolder,
	},
	'message/append': {
		good: () => ({ subject: 'Draft' }),
		bad: () => nowhere,
		problem: noFolder,
	},
	'message/copy': onUids({ targetFolder: byPath('Archive') }),
	'message/delete': onUids(),
	'message/download': onUid(),
	'message/downloadAttachments': onUid(),
	'message/get': onUid(),
	'message/getAll': { good: () => ({}), bad: () => nowhere, problem: noFolder },
	'message/move': onUids({ targetFolder: byPath('Archive') }),
	'message/setFlags': onUids(),
};

const operations = resources.flatMap(({ value: resource, operations: all }) =>
	all.map(({ value: operation }) => ({ key: `${resource}/${operation}`, resource, operation })),
);

test('every operation has its case', () => {
	expect(operations.map(({ key }) => key).sort()).toEqual(Object.keys(cases).sort());
});

describeWithDovecot('failures', () => {
	let sandbox: ImapSandbox;
	beforeAll(async () => (sandbox = await startImapSandbox()), 60_000);
	afterAll(async () => await sandbox.stop(), 30_000);

	describe.each(operations)('$key', ({ key, resource, operation }) => {
		const caseOf = (): Case => {
			const found = cases[key];
			if (!found) throw new Error(`There is no case for ${key}`);
			return found;
		};
		const prepared = async (round: string): Promise<string> => {
			if (key === 'folder/delete' || key === 'folder/rename') {
				await sandbox.look(async (session) => {
					await session.run(
						async (client) =>
							await client.mailboxCreate(`Old ${key} ${round}`.replaceAll('/', ' ')),
					);
				});
			}
			const [uid = 0] = await sandbox.fill('INBOX', [mime('One')]);
			return String(uid);
		};
		const roundOf = (round: string) => `${key} ${round}`.replaceAll('/', ' ');

		test('fails with what to do, and stops the workflow', async () => {
			const { bad, problem } = caseOf();
			const uid = await prepared('fails');
			const running = sandbox.run({ resource, operation, ...bad(uid) });
			await expect(running).rejects.toMatchObject({
				message: problem,
				context: expect.objectContaining({ itemIndex: 0 }),
			});
		});

		test.each([0, 1])('continues on fail of item %i', async (failing) => {
			const { good, bad, problem } = caseOf();
			const uid = await prepared(`continues ${failing}`);
			const { json, items } = await sandbox.run(
				(index) => ({
					resource,
					operation,
					...(index === failing ? bad(uid) : good(uid, roundOf(`continues ${failing}`))),
				}),
				{ items: [{}, {}], continueOnFail: true },
			);
			const failed = items.filter(({ error }) => error !== undefined);
			expect(failed).toHaveLength(1);
			expect(failed[0]).toMatchObject({
				json: { error: problem },
				pairedItem: { item: failing },
			});
			const others = items.filter(({ error }) => error === undefined);
			expect(others.length).toBeGreaterThan(0);
			for (const { pairedItem } of others) expect(pairedItem).toEqual({ item: 1 - failing });
			expect(json.filter(({ error }) => error !== undefined)).toHaveLength(1);
		});
	});

	describe('without a server', () => {
		beforeAll(async () => await sandbox.servers.down(), 30_000);
		afterAll(async () => await sandbox.servers.up(), 30_000);

		test.each(operations)('$key says so', async ({ key, resource, operation }) => {
			const running = sandbox.run({ resource, operation, ...cases[key]?.good('1', 'x') });
			await expect(running).rejects.toMatchObject({
				message: expect.stringContaining('refused the connection'),
				description: expect.stringContaining('[connection_refused]'),
			});
		});
	});

	test('a sign-in that is refused fails each item, and is tried once', async () => {
		const { json } = await sandbox.run(
			{ resource: 'message', operation: 'getAll' },
			{
				items: [{}, {}, {}],
				continueOnFail: true,
				credential: {
					environment: 'custom',
					customGraphUrl: 'http://127.0.0.1:9',
					customLoginUrl: 'http://127.0.0.1:9',
					customImapHost: `imaps://127.0.0.1:${sandbox.servers.imap.port}`,
					tenantId: sandbox.servers.directory.tenantId,
					clientId: 'x',
					clientSecret: 'x',
					mailbox: 'ana@contoso.example',
					oauthTokenData: {
						access_token: await sandbox.servers.token({
							user: 'ana@contoso.example',
							resource: 'graph',
						}),
					},
				},
			},
		);
		expect(json).toHaveLength(3);
		for (const { error, details } of json) {
			expect(error).toContain('takes tokens for Outlook only');
			expect(details).toContain('[wrong_audience');
		}
	});

	test('a run that is cancelled stops, also with Continue On Fail', async () => {
		const controller = new AbortController();
		controller.abort();
		const running = sandbox.run(
			{ resource: 'message', operation: 'getAll' },
			{ continueOnFail: true, signal: controller.signal },
		);
		await expect(running).rejects.toThrow();
	});
});
