import type { INodeParameters } from 'n8n-workflow';
import {
	ana,
	ben,
	byId,
	byName,
	marketing,
	type NodeSandbox,
	startNodeSandbox,
	support,
} from '../graphSandbox';

let sandbox: NodeSandbox;
beforeAll(async () => (sandbox = await startNodeSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const on = async (resource: string, operation: string, parameters: INodeParameters) =>
	await sandbox.run({ resource, operation, ...parameters });
const failing = async (running: Promise<unknown>) =>
	await running.then(
		() => undefined,
		(error: unknown) => error as { message: string; description: string },
	);

describe('user', () => {
	it('gets a profile, of oneself too', async () => {
		const { json } = await on('user', 'get', { user: byName('me') });
		expect(sandbox.requests()).toEqual(['GET /me']);
		expect(json).toMatchObject([
			{ name: 'Ana Martins', userName: ana, email: ana, jobTitle: 'Operations lead' },
		]);
		expect(JSON.stringify(json)).not.toContain('@odata');
	});

	it('gets the properties that are named, as they are', async () => {
		const { json } = await on('user', 'get', {
			user: byName(ben),
			options: { properties: 'displayName, companyName' },
		});
		expect(sandbox.requests()).toEqual([`GET /users/${ben}?$select=displayName,companyName`]);
		expect(json).toMatchObject([{ displayName: 'Ben Okafor', companyName: 'Contoso' }]);
	});

	it('gets one person an item', async () => {
		const people = [ana, ben];
		const { json } = await sandbox.run(
			(index) => ({ resource: 'user', operation: 'get', user: byName(people[index] ?? '') }),
			{ items: [{}, {}] },
		);
		expect(json.map(({ userName }) => userName)).toEqual(people);
	});

	it('searches names and addresses on the index', async () => {
		const { json } = await on('user', 'getAll', { search: 'oka' });
		expect(sandbox.requests()).toEqual([
			'GET /users?$search="displayName:oka"+OR+"mail:oka"+OR+"userPrincipalName:oka"'.replaceAll(
				'+',
				' ',
			) + '&$select=id,displayName,givenName,surname,userPrincipalName,mail&$count=true&$top=50',
		]);
		expect(sandbox.recorded()[0]?.headers['consistencylevel']).toBe('eventual');
		expect(json).toMatchObject([{ name: 'Ben Okafor', email: ben }]);
	});

	it('filters, and returns raw what is asked for', async () => {
		const { json } = await on('user', 'getAll', {
			returnAll: true,
			options: { filter: "jobTitle eq 'Designer'", properties: 'displayName,jobTitle' },
		});
		expect(json).toEqual([
			{ id: expect.any(String), displayName: 'Chloé Дмитриева', jobTitle: 'Designer' },
		]);
		expect(sandbox.requests()[0]).toContain("$filter=jobTitle eq 'Designer'");
	});

	it('works with the permission for basic profiles', async () => {
		sandbox.permit(['User.ReadBasic.All']);
		const { json } = await on('user', 'getAll', { returnAll: true });
		expect(json).toHaveLength(4);
		expect((await on('user', 'get', { user: byName(ben) })).json).toMatchObject([
			{ name: 'Ben Okafor' },
		]);
		const refused = await failing(
			on('user', 'get', { user: byName(ben), options: { properties: 'jobTitle' } }),
		);
		expect(refused?.description).toContain('Authorization_RequestDenied');
	});

	it('finds the manager, and the people who report to somebody', async () => {
		const manager = await on('user', 'getManager', { user: byName(ben) });
		expect(manager.json).toMatchObject([{ userName: ana, jobTitle: 'Operations lead' }]);
		const reports = await on('user', 'getDirectReports', { user: byName('me') });
		expect(reports.json.map(({ name }) => name)).toEqual(['Ben Okafor', 'Chloé Дмитриева']);
		const nobody = await failing(on('user', 'getManager', { user: byName(ana) }));
		expect(nobody?.description).toContain('Request_ResourceNotFound');
	});

	it('lists groups, through other groups too', async () => {
		const { json } = await on('user', 'getGroups', { user: byName(ben) });
		expect(sandbox.requests()[0]).toMatch(
			/^GET \/users\/ben@contoso\.example\/memberOf\/microsoft\.graph\.group\?.*\$count=true/,
		);
		expect(json).toMatchObject([
			{
				id: marketing,
				name: 'Marketing',
				email: 'marketing@contoso.example',
				kind: 'microsoft365',
			},
		]);
		await on('user', 'getGroups', { user: byName('me'), nested: true });
		expect(sandbox.requests()[1]).toContain('/me/transitiveMemberOf/microsoft.graph.group');
	});

	it.each(['memory', 'stored'] as const)('downloads a photo (%s)', async (binaryMode) => {
		const { items, file } = await sandbox.run(
			{ resource: 'user', operation: 'getPhoto', user: byName(ben), size: '120x120' },
			{ binaryMode },
		);
		expect(sandbox.requests()).toEqual([`GET /users/${ben}/photos/120x120/$value`]);
		expect(items[0]?.binary?.['data']).toMatchObject({
			fileName: 'photo.png',
			mimeType: 'image/png',
		});
		expect((await file(0, 'data')).subarray(1, 4).toString()).toBe('PNG');
	});

	it('says that there is no photo', async () => {
		const error = await failing(on('user', 'getPhoto', { user: byName(support) }));
		expect(error?.message).toBe('There is no such photo of this person');
		expect(error?.description).toContain('ImageNotFound');
	});

	it('refuses me where the app itself is connected', async () => {
		const error = await failing(
			sandbox.runAsApp(['User.Read.All'], {
				resource: 'user',
				operation: 'get',
				user: byName('me'),
			}),
		);
		expect(error?.message).toContain('User: is me, but the connection is an app');
	});

	it('is picked from a list, with a search', async () => {
		const { results } = await sandbox.search('searchUsers', { typed: 'chl' });
		expect(results).toEqual([
			{ name: 'Chloé Дмитриева — chloe@contoso.example', value: expect.any(String) as string },
		]);
		expect((await sandbox.search('searchUsers')).results).toHaveLength(4);
		expect(sandbox.requests()[1]).toContain('$orderby=displayName');
	});
});

describe('group', () => {
	it('lists and searches groups', async () => {
		const { json } = await on('group', 'getAll', { search: 'mark' });
		expect(json).toMatchObject([
			{ id: marketing, kind: 'microsoft365', isDynamic: false, visibility: 'Private' },
		]);
		expect((await on('group', 'getAll', { search: 'nothing' })).json).toEqual([]);
	});

	it('lists members by id, address and list', async () => {
		const { json } = await on('group', 'getMembers', { group: byId(marketing) });
		expect(json).toMatchObject([
			{ type: 'user', name: 'Ana Martins' },
			{ type: 'user', name: 'Ben Okafor' },
		]);
		const email = { __rl: true, mode: 'email', value: 'marketing@contoso.example' };
		await on('group', 'getMembers', { group: email, nested: true });
		expect(sandbox.requests().at(-1)).toMatch(/\/groups\/0a0a.*\/transitiveMembers\?\$count=true/);
		const { results } = await sandbox.search('searchGroups', { typed: 'Mark' });
		expect(results).toEqual([{ name: 'Marketing — marketing@contoso.example', value: marketing }]);
	});
});
