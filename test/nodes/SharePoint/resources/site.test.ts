import { byId, byUrl, type SharePointSandbox, startSharePointSandbox } from '../sharePointSandbox';

let sandbox: SharePointSandbox;
beforeAll(async () => (sandbox = await startSharePointSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const host = 'contoso.sharepoint.example';
const site = async (operation: string, parameters: object = {}) =>
	await sandbox.run({ resource: 'site', operation, ...parameters });
const urls = () => sandbox.requests().map(({ method, url }) => `${method} ${url}`);

describe('get', () => {
	it('takes an id', async () => {
		const { json } = await site('get', { site: byId(sandbox.finance.id) });
		expect(urls()).toEqual([`GET /sites/${sandbox.finance.id}`]);
		expect(json).toEqual([
			{
				id: sandbox.finance.id,
				name: 'Finance',
				webUrl: `https://${host}/sites/finance`,
				description: 'Invoices, budgets, travel',
				created: expect.any(String) as string,
				modified: expect.any(String) as string,
			},
		]);
	});

	it('takes a path', async () => {
		await site('get', { site: { __rl: true, mode: 'path', value: '/sites/finance' } });
		expect(urls()).toEqual([
			'GET /sites/root?$select=id,webUrl',
			`GET /sites/${host}:/sites/finance?$select=id`,
			`GET /sites/${sandbox.finance.id}`,
		]);
	});

	it.each([
		['https://HOST/sites/finance', 'Finance', ['sites/finance']],
		['https://HOST/sites/finance/SitePages/Home.aspx?x=1', 'Finance', ['sites/finance']],
		[
			'https://HOST/sites/finance/Shared%20Documents/Forms/AllItems.aspx',
			'Finance',
			['sites/finance'],
		],
		['https://HOST/sites/finance/audit/Lists/Findings', 'Audit 2026', ['sites/finance/audit']],
		['https://HOST/sites/finance/Receipts', 'Finance', ['sites/finance/Receipts', 'sites/finance']],
		['https://HOST/:l:/s/finance/FExampleToken?e=1', 'Finance', ['sites/finance']],
		['https://HOST/:l:/r/sites/finance/Lists/Invoices', 'Finance', ['sites/finance']],
		['https://HOST/SitePages/Home.aspx', 'Contoso', ['']],
		['https://HOST', 'Contoso', ['']],
		['https://HOST/sites/t-1044', 't-1044', ['sites/t-1044']],
	])('finds the site of %s', async (address, name, tried) => {
		const { json } = await site('get', { site: byUrl(address.replace('HOST', host)) });
		expect(json[0]).toMatchObject({ name });
		expect(urls().slice(0, -1)).toEqual(
			tried.map((path) => `GET /sites/${host}${path === '' ? '' : `:/${path}`}?$select=id`),
		);
	});

	it.each([
		[byUrl('finance'), 'Site: is no web address'],
		[byId('sites/finance'), 'Site: is no site ID'],
		[byUrl(`https://${host}/sites/gone`), 'Requested site could not be found'],
	])('refuses %p', async (value, message) => {
		await expect(site('get', { site: value })).rejects.toThrow(message);
	});
});

it('getRoot answers the root site', async () => {
	const { json } = await site('getRoot');
	expect(urls()).toEqual(['GET /sites/root']);
	expect(json[0]).toMatchObject({ name: 'Contoso', webUrl: `https://${host}` });
});

it('getSubsites lists the sites below', async () => {
	const { json } = await site('getSubsites', { site: byId(sandbox.finance.id) });
	expect(urls()).toEqual([`GET /sites/${sandbox.finance.id}/sites?$top=50`]);
	expect(json.map(({ name }) => name)).toEqual(['Audit 2026']);
});

describe('search', () => {
	it('finds by words', async () => {
		const { json } = await site('search', { search: 'market' });
		expect(urls()).toEqual(['GET /sites?search=market&$top=50']);
		expect(json.map(({ name }) => name)).toEqual(['Marketing']);
	});

	it('lists all without any, untitled ones too', async () => {
		const { json } = await site('search', { returnAll: true });
		expect(urls()).toEqual(['GET /sites?search=*&$top=200']);
		expect(json.map(({ name }) => name)).toEqual([
			'Contoso',
			'Finance',
			'Audit 2026',
			'Marketing',
			't-1044',
		]);
	});

	it('answers as Graph does without simplification', async () => {
		const { json } = await site('search', { search: 'market', simplify: false });
		expect(json[0]).toMatchObject({ displayName: 'Marketing', root: {} });
	});
});

describe('under Sites.Selected', () => {
	beforeEach(() => {
		sandbox.store.grants.add(sandbox.finance.id);
		sandbox.permit('Sites.Selected User.Read');
	});

	it('says that pasting works where the search is refused', async () => {
		await expect(site('search')).rejects.toMatchObject({
			description: expect.stringContaining('Sites.Selected reaches its sites by address') as string,
		});
		await expect(sandbox.search('searchSites', {})).rejects.toMatchObject({
			description: expect.stringContaining('choose By URL') as string,
		});
	});

	it('works with the address', async () => {
		const { json } = await site('get', { site: byUrl(`https://${host}/sites/finance`) });
		expect(json[0]).toMatchObject({ name: 'Finance' });
		await expect(
			site('get', { site: byUrl(`https://${host}/sites/marketing`) }),
		).rejects.toMatchObject({ description: expect.stringContaining('accessDenied') as string });
	});
});
