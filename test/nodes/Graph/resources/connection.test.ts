import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { catalog } from '../../../../nodes/catalog';
import type { ConnectionReport } from '../../../../nodes/Graph/check/report';
import { sandboxDirectory } from '../../../../sandbox/directory';
import { createTestToken } from '../../../../sandbox/graph/testTokens';
import { ana, everything, type NodeSandbox, startNodeSandbox, support } from '../graphSandbox';

let sandbox: NodeSandbox;
beforeAll(async () => (sandbox = await startNodeSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const failing = async (running: Promise<unknown>) =>
	await running.then(
		() => undefined,
		(error: unknown) => error as { message: string; description: string },
	);
const checkIt: INodeParameters = { resource: 'connection', operation: 'check' };
const report = ({ json }: { json: IDataObject[] }) => json[0] as unknown as ConnectionReport;
const clientId = sandboxDirectory.apps[0]?.clientId;
const { tenantId } = sandboxDirectory;

describe('check', () => {
	it('tells who is connected, tries each service, and lists every operation', async () => {
		const result = await sandbox.run(checkIt);
		const { ok, connection, services, missingPermissions, operations } = report(result);
		expect(ok).toBe(true);
		expect(connection).toMatchObject({
			kind: 'delegated',
			signedInAs: ana,
			clientId,
			tenantId,
			environment: 'Custom',
			permissions: everything,
			tokenExpires: expect.stringMatching(/^20\d\d-.*Z$/) as string,
			proof: { kind: 'secret', expires: null, daysLeft: null },
		});
		expect(connection.proof.note).toContain('Application.Read.All');
		expect(services.map(({ service, state }) => [service, state])).toEqual([
			['Mail', 'works'],
			['Calendar', 'works'],
			['OneDrive', 'works'],
			['SharePoint', 'works'],
			['Teams Files', 'works'],
		]);
		expect(services[0]?.result).toBe(
			'The mailbox opens: 0 messages in the Inbox, 0 of them unread',
		);
		expect(missingPermissions).toEqual([]);
		expect(operations).toHaveLength(catalog.length);
	});

	it('asks once a service', async () => {
		await sandbox.run(checkIt);
		const asked = sandbox.recorded().flatMap(({ method, url, body }) => {
			const { requests } = (body ?? {}) as { requests?: Array<{ method: string; url: string }> };
			return (requests ?? [{ method, url: url.replace('/v1.0', '') }]).map(
				(one) => `${one.method} ${one.url.split('?')[0] ?? ''}`,
			);
		});
		expect(asked.sort()).toEqual([
			'GET /me/calendar',
			'GET /me/drive',
			'GET /me/joinedTeams',
			'GET /me/mailFolders/inbox',
			'GET /sites/root',
		]);
	});

	it('checks what was chosen only', async () => {
		const result = await sandbox.run({ ...checkIt, services: ['mail'] });
		expect(report(result).services.map(({ service }) => service)).toEqual(['Mail']);
		expect(new Set(report(result).operations.map(({ node }) => node))).toEqual(
			new Set(['Microsoft 365 Mail']),
		);
		expect(sandbox.requests()).toHaveLength(1);
	});

	it('says what is missing, who can grant it, and how many operations wait for it', async () => {
		sandbox.permit(['User.Read', 'Mail.Read', 'Calendars.ReadBasic']);
		const result = await sandbox.run({
			...checkIt,
			services: ['mail', 'calendar'],
			options: { onlyProblems: true },
		});
		const { ok, services, missingPermissions, operations } = report(result);
		expect(ok).toBe(false);
		expect(services.map(({ state }) => state)).toEqual(['works', 'works']);
		const of = (name: string) => missingPermissions.find(({ permission }) => permission === name);
		expect(of('Mail.Send')).toMatchObject({ whoCanGrant: 'user' });
		expect(of('Place.Read.All')).toEqual({
			permission: 'Place.Read.All',
			whoCanGrant: 'admin',
			operations: 2,
		});
		expect(operations.every(({ allowed }) => allowed === false)).toBe(true);
		expect(operations.find(({ operation }) => operation === 'Reply All')).toMatchObject({
			node: 'Microsoft 365 Mail',
			resource: 'Message',
			missing: 'Mail.ReadWrite Mail.Send',
			missingForOthersMailboxes: 'Mail.ReadWrite.Shared Mail.Send.Shared',
			whoCanGrant: 'user',
		});
	});

	it("knows what others' mailboxes take besides", async () => {
		const result = await sandbox.run({ ...checkIt, services: ['mail'], output: 'operations' });
		expect(result.json.find(({ operation }) => operation === 'Get Thread')).toMatchObject({
			allowed: true,
			missingForOthersMailboxes: 'Mail.Read.Shared',
		});
	});

	it('tells a refusal of a service in plain words', async () => {
		sandbox.permit(['User.Read']);
		const { services } = report(await sandbox.run(checkIt));
		expect(services[0]).toMatchObject({
			state: 'fails',
			result: 'Microsoft refuses it: Access is denied. Check credentials and try again.',
			nextStep: expect.stringContaining('needs the permission Mail.ReadBasic.') as string,
			code: 'ErrorAccessDenied',
			requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
		});
		expect(services.every(({ state }) => state === 'fails')).toBe(true);
	});

	it('tells a mailbox that is closed from a permission that is missing', async () => {
		const { services } = report(
			await sandbox.run({ ...checkIt, services: ['mail'], mailbox: 'ben@contoso.example' }),
		);
		expect(services[0]?.nextStep).toMatch(
			/^The connection has the permission Mail\.ReadBasic\. So the person has no access .* Mail\.ReadBasic\.Shared/,
		);
	});

	it('tells of an app, which has no mailbox of its own', async () => {
		const roles = ['Mail.Read', 'Sites.ReadWrite.All'];
		const { connection, services, operations } = report(await sandbox.runAsApp(roles, checkIt));
		expect(connection).toMatchObject({ kind: 'application', signedInAs: '', permissions: roles });
		expect(services.map(({ state }) => state)).toEqual([
			'notChecked',
			'notChecked',
			'notChecked',
			'works',
			'fails',
		]);
		const row = (node: string, name: string) =>
			operations.find(
				({ node: its, operation }) => its === `Microsoft 365 ${node}` && operation === name,
			);
		expect(row('SharePoint', 'Create Many')).toMatchObject({ allowed: true });
		expect(row('Files', 'Upload')).toMatchObject({ allowed: true });
		expect(row('Mail', 'Archive')).toMatchObject({
			allowed: false,
			missing: 'Mail.ReadWrite',
			whoCanGrant: 'admin',
		});
		const named = await sandbox.runAsApp(roles, { ...checkIt, mailbox: support });
		expect(report(named).services[0]).toMatchObject({ service: 'Mail', state: 'works' });
	});

	it('reads when the client secret ends, where it may', async () => {
		sandbox.permit(['Application.Read.All']);
		const { connection } = report(await sandbox.run({ ...checkIt, services: ['directory'] }));
		expect(sandbox.requests()).toEqual([
			`GET /applications?$filter=appId eq '${clientId ?? ''}'&$select=id,displayName,passwordCredentials`,
		]);
		expect(connection.proof).toMatchObject({
			kind: 'secret',
			expires: '2027-01-31T00:00:00.000Z',
			daysLeft: expect.any(Number) as number,
		});
	});

	it('fails on problems where that is wanted, and not without', async () => {
		const options = { failOnProblems: true };
		expect((await sandbox.run({ ...checkIt, options })).json).toHaveLength(1);
		sandbox.permit(everything.filter((name) => name !== 'Mail.Send'));
		const error = await failing(sandbox.run({ ...checkIt, options }));
		expect(error?.message).toBe(
			'The connection does not do all that was chosen: it lacks Mail.Send',
		);
		expect(error?.description).toContain('#connection-problems');
	});

	it('fails where the token is no good any more', async () => {
		sandbox.clock.advance(2 * 3_600_000);
		const credential = {
			environment: 'custom',
			customGraphUrl: sandbox.graph.url,
			customLoginUrl: 'http://127.0.0.1:9',
			tenantId,
			clientId: clientId ?? '',
			clientSecret: 'x',
			oauthTokenData: {
				access_token: createTestToken({ upn: ana, scopes: 'Mail.Read', expiresInSeconds: 60 }),
			},
		};
		const error = await failing(sandbox.run(checkIt, { credential }));
		expect(error?.message).toBe('The sign-in can not be renewed: Microsoft gave no refresh token');
		expect(error?.description).toContain('#no-refresh-token');
	});

	it('tells why there is no token', async () => {
		const error = await failing(
			sandbox.run(checkIt, {
				credential: {
					environment: 'custom',
					customGraphUrl: sandbox.graph.url,
					customLoginUrl: 'http://127.0.0.1:9',
					tenantId,
					clientId: clientId ?? '',
					clientSecret: 'x',
				},
			}),
		);
		expect(error?.message).toBe('Nobody has finished connecting an account with this credential');
		expect(error?.description).toContain('#not-connected');
	});
});
