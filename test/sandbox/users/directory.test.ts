import { ana, ben, describeWithMetadata, startWire, support, type Wire } from '../graph/wire';

const marketing = '0a0a0a0a-0000-4000-8000-000000000001';
const eventual = { ConsistencyLevel: 'eventual' };
let wire: Wire;

beforeAll(async () => (wire = await startWire()));
afterAll(async () => await wire.close());

const as = async (scopes: string, path: string, headers: Readonly<Record<string, string>> = {}) =>
	await wire.send('GET', path, { token: wire.token({ upn: ana, scopes }), headers });
const asApp = async (roles: readonly string[], path: string, headers = {}) =>
	await wire.send('GET', path, { token: wire.token({ roles }), headers });

describe('permissions', () => {
	it.each([
		['/users', 'User.ReadBasic.All', 'User.Read'],
		[`/users/${ben}`, 'User.ReadBasic.All', 'User.Read'],
		[`/users/${ben}/manager`, 'User.Read.All', 'User.ReadBasic.All'],
		['/me/directReports', 'User.ReadBasic.All', 'User.Read'],
		[`/users/${ben}/photo/$value`, 'User.ReadBasic.All', 'User.Read'],
		['/me/photo/$value', 'User.Read', 'Mail.Read'],
		['/me/memberOf', 'User.Read', 'Mail.Read'],
		[`/users/${ben}/memberOf`, 'GroupMember.Read.All', 'User.Read.All'],
		['/groups', 'GroupMember.Read.All', 'User.Read.All'],
		[`/groups/${marketing}/members`, 'GroupMember.Read.All', 'User.Read.All'],
		['/applications', 'Application.Read.All', 'User.Read.All'],
	])('%s takes %s, and %s is too little', async (path, enough, tooLittle) => {
		expect((await as(enough, path)).status).toBe(200);
		const refused = await as(tooLittle, path);
		expect([refused.status, refused.body['error']?.['code']]).toEqual([403, 'ErrorAccessDenied']);
	});

	it.each([
		['/users', 'User.Read.All'],
		[`/users/${ben}/memberOf`, 'Directory.Read.All'],
		['/groups', 'GroupMember.Read.All'],
		['/applications', 'Application.Read.All'],
	])('%s takes the role %s', async (path, role) => {
		expect((await asApp([role], path)).status).toBe(200);
		expect((await asApp(['Mail.Read'], path)).status).toBe(403);
	});

	it('tells basic profiles only to those who may read no more', async () => {
		const basic = await as('User.ReadBasic.All', `/users/${ben}`);
		expect(Object.keys(basic.body).filter((name) => !name.startsWith('@'))).toEqual([
			'displayName',
			'givenName',
			'surname',
			'mail',
			'userPrincipalName',
			'id',
		]);
		const more = await as('User.ReadBasic.All', `/users/${ben}?$select=jobTitle`);
		expect([more.status, more.body['error']?.['code']]).toEqual([
			403,
			'Authorization_RequestDenied',
		]);
		expect((await as('User.Read', '/me?$select=jobTitle')).body['jobTitle']).toBe(
			'Operations lead',
		);
	});
});

describeWithMetadata('queries on the index', () => {
	const all = 'User.Read.All GroupMember.Read.All';

	it.each([
		'/users?$search="displayName:ben"',
		'/users?$count=true',
		'/me/memberOf/microsoft.graph.group',
	])('%s takes the header ConsistencyLevel', async (path) => {
		const refused = await as(all, path);
		expect([refused.status, refused.body['error']?.['code']]).toEqual([
			400,
			'Request_UnsupportedQuery',
		]);
	});

	it('casts take the count too', async () => {
		const path = '/me/memberOf/microsoft.graph.group';
		expect((await as(all, path, eventual)).status).toBe(400);
		expect((await as(all, `${path}?$count=true`, eventual)).body['value']).toMatchObject([
			{ displayName: 'Marketing' },
		]);
	});

	it('searches by the beginning of words, in any of the properties', async () => {
		const find = async (text: string) => {
			const search = encodeURIComponent(`"displayName:${text}" OR "mail:${text}"`);
			const { body } = await as(all, `/users?$search=${search}&$count=true`, eventual);
			return (body['value'] as unknown as Array<{ mail: string }>).map(({ mail }) => mail);
		};
		expect(await find('mart')).toEqual([ana]);
		expect(await find('support@')).toEqual([support]);
		expect(await find('tins')).toEqual([]);
		const wrong = await as(all, '/users?$search=ben', eventual);
		expect(wrong.status).toBe(400);
	});

	it('refuses what users do not have', async () => {
		expect((await as(all, '/me/favouriteColours')).status).toBe(400);
		expect((await as(all, '/groups?$expand=colours')).status).toBe(400);
		expect((await as(all, '/users?$colour=red')).status).toBe(400);
	});
});

describe('people', () => {
	const all = 'User.Read.All GroupMember.Read.All Application.Read.All';

	it('have managers, reports, groups and photos', async () => {
		expect((await as(all, `/users/${ben}/manager`)).body).toMatchObject({ mail: ana });
		expect((await as(all, '/me/manager')).status).toBe(404);
		const reports = await as(all, '/me/directReports');
		expect(reports.body['value']).toMatchObject([{ mail: ben }, { mail: 'chloe@contoso.example' }]);
		expect((await as(all, `/groups/${marketing}/transitiveMembers`)).body['value']).toMatchObject([
			{ '@odata.type': '#microsoft.graph.user', mail: ana },
			{ mail: ben },
		]);
		expect((await as(all, '/groups/none/members')).status).toBe(404);
		const photo = await as(all, '/me/photos/240x240/$value');
		expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/png']);
		expect((await as(all, '/me/photos/648x648/$value')).status).toBe(404);
		expect((await as(all, `/users/${support}/photo/$value`)).status).toBe(404);
	});

	it('belong to a tenant whose apps tell when their secrets end, and nothing of the secret', async () => {
		const { body, text } = await as(
			all,
			"/applications?$filter=appId eq '8f0d5a3e-6b1a-4f7e-8d2c-51c9a4b7e001'&$select=passwordCredentials",
		);
		expect(body['value']).toMatchObject([
			{ passwordCredentials: [{ hint: 'san', endDateTime: '2027-01-31T00:00:00Z' }] },
		]);
		expect(text).not.toContain('sandbox~secret');
	});
});
