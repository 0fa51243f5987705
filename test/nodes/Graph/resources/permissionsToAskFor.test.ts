import type { INodeParameters } from 'n8n-workflow';
import { sandboxDirectory } from '../../../../sandbox/directory';
import { type NodeSandbox, startNodeSandbox } from '../graphSandbox';

let sandbox: NodeSandbox;
beforeAll(async () => (sandbox = await startNodeSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const failing = async (running: Promise<unknown>) =>
	await running.then(
		() => undefined,
		(error: unknown) => error as { message: string; description: string },
	);
const clientId = sandboxDirectory.apps[0]?.clientId;
const { tenantId } = sandboxDirectory;

describe('getAdminConsentUrl', () => {
	const ask = async (parameters: INodeParameters) =>
		(await sandbox.run({ resource: 'connection', operation: 'getAdminConsentUrl', ...parameters }))
			.json[0] as unknown as { url: string; state: string; permissions: string[]; note: string };

	it('asks for what the credential does', async () => {
		const { url, state, note } = await ask({});
		expect(sandbox.requests()).toEqual([]);
		const link = new URL(url);
		expect(`${link.origin}${link.pathname}`).toBe(
			`http://127.0.0.1:9/${tenantId}/v2.0/adminconsent`,
		);
		expect(Object.fromEntries(link.searchParams)).toEqual({
			client_id: clientId,
			scope: 'Mail.Read offline_access',
			redirect_uri: 'http://127.0.0.1/rest/oauth2-credential/callback',
			state,
		});
		expect(state).toMatch(/^[0-9a-f-]{36}$/);
		expect(note).toContain('insufficient parameters');
	});

	it('asks for what operations need, at an address of the own choice', async () => {
		const { url, permissions } = await ask({
			approve: 'operations',
			operations: ['mail/message/reply', 'mail/message/get', 'calendar/event/get'],
			othersMailboxes: true,
			options: { redirectUri: 'https://n8n.example.com/webhook/x', state: 'ticket 7' },
		});
		expect(permissions).toEqual([
			'Calendars.Read.Shared',
			'Mail.ReadWrite.Shared',
			'Mail.Send.Shared',
			'offline_access',
			'User.Read',
		]);
		const { searchParams } = new URL(url);
		expect(searchParams.get('redirect_uri')).toBe('https://n8n.example.com/webhook/x');
		expect(searchParams.get('state')).toBe('ticket 7');
	});

	it('asks for names, and for all that the app registration lists', async () => {
		expect(
			(await ask({ approve: 'others', names: 'Mail.Read, Files.Read.All' })).permissions,
		).toEqual(['Mail.Read', 'Files.Read.All']);
		expect((await ask({ approve: 'registered' })).permissions).toEqual([
			`${sandbox.graph.url}/.default`,
		]);
	});
});

describe('getPermissions', () => {
	interface Found {
		readonly delegated: Readonly<Record<string, unknown>>;
		readonly application: Readonly<Record<string, unknown>>;
	}
	const ask = async (operations: string[], othersMailboxes = false) =>
		(
			await sandbox.run({
				resource: 'connection',
				operation: 'getPermissions',
				operations,
				othersMailboxes,
			})
		).json[0] as unknown as Found;

	it('lists the least for both kinds, ready for Entra', async () => {
		const { delegated, application } = await ask([
			'mail/message/send',
			'mail/message/getAll',
			'mail/message/move',
			'graph/user/getGroups',
		]);
		expect(sandbox.requests()).toEqual([]);
		expect(delegated).toMatchObject({
			permissions: [
				'GroupMember.Read.All',
				'Mail.ReadWrite',
				'Mail.Send',
				'offline_access',
				'User.Read',
			],
			text: 'GroupMember.Read.All Mail.ReadWrite Mail.Send offline_access User.Read',
			needAdmin: ['GroupMember.Read.All'],
			notOffered: [],
			withoutId: [],
			requiredResourceAccess: [
				{
					resourceAppId: '00000003-0000-0000-c000-000000000000',
					resourceAccess: [
						{ id: 'bc024368-1153-4739-b217-4326f2e966d0', type: 'Scope' },
						{ id: '024d486e-b451-40bb-833d-3e66d98c5c73', type: 'Scope' },
						{ id: 'e383f46e-2787-4529-855e-0e479a3ffac0', type: 'Scope' },
						{ id: 'e1fe6dd8-ba31-4d61-89e7-88639da4683d', type: 'Scope' },
					],
				},
			],
		});
		expect(application).toMatchObject({
			permissions: ['Directory.Read.All', 'Mail.ReadWrite', 'Mail.Send'],
			withoutId: ['Directory.Read.All'],
			requiredResourceAccess: [
				{
					resourceAccess: [
						{ id: 'e2a3a72e-5f79-4c64-b1b1-878b674786c9', type: 'Role' },
						{ id: 'b633e1c5-b582-4048-a93e-9f11b44c7e96', type: 'Role' },
					],
				},
			],
		});
	});

	it('wants operations', async () => {
		expect((await failing(ask([])))?.message).toBe('Operations: is empty');
	});
});
