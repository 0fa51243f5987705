import {
	anasDrive,
	byId,
	byPath,
	byUrl,
	channel,
	contractsDrive,
	financeDrive,
	financeUrl,
	type FilesSandbox,
	marketingDrive,
	startFilesSandbox,
	textAt,
	team,
} from './filesSandbox';

let sandbox: FilesSandbox;
beforeAll(async () => (sandbox = await startFilesSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const get = { resource: 'file', operation: 'get' };
const urls = () =>
	sandbox.requests().map(({ method, url }) => `${method} ${url.split('?')[0] ?? ''}`);

describe('where a file is', () => {
	it('my OneDrive', async () => {
		sandbox.put('a.txt');
		const { json } = await sandbox.run({ ...get, item: byPath('/a.txt') });
		expect(urls()).toEqual(['GET /v1.0/me/drive/root:/a.txt:']);
		expect(json[0]).toMatchObject({ name: 'a.txt', driveId: anasDrive });
	});

	it("a user's OneDrive", async () => {
		const item = sandbox.put('a.txt', 'shared', 'b!sandbox-onedrive-0002');
		item.permissions.push({
			id: '1',
			roles: ['read'],
			grantedTo: ['ana@contoso.example'],
			hasPassword: false,
		});
		await sandbox.run({
			...get,
			location: 'user',
			user: 'ben@contoso.example',
			item: byId(item.id),
		});
		expect(urls()).toEqual([`GET /v1.0/users/ben%40contoso.example/drive/items/${item.id}`]);
	});

	it("a site's default library, by the site's address", async () => {
		sandbox.put('Budgets/2026.txt', 'x', financeDrive);
		const parameters = { ...get, location: 'site', site: byUrl(`${financeUrl}/Shared Documents`) };
		const { json } = await sandbox.run(
			{ ...parameters, item: byPath('Budgets/2026.txt') },
			{ items: [{}, {}] },
		);
		expect(json.map(({ driveId }) => driveId)).toEqual([financeDrive, financeDrive]);
		// The site is looked for once for all items, and both come in one batch.
		expect(
			urls()
				.filter((url) => !url.includes('/root:'))
				.at(-1),
		).toBe('POST /v1.0/$batch');
		expect(
			urls().filter((url) => url.includes('/sites/contoso.sharepoint.example:/')).length,
		).toBeLessThanOrEqual(2);
	});

	it.each([
		['name', 'Contracts'],
		['url', `${financeUrl}/Contracts/Forms/AllItems.aspx`],
		['id', contractsDrive],
	])("a site's other library, by %s", async (mode, value) => {
		const item = sandbox.put('Fabrikam.txt', 'x', contractsDrive);
		await sandbox.run({
			...get,
			location: 'site',
			site: byUrl(financeUrl),
			library: { __rl: true, mode, value },
			item: byPath('Fabrikam.txt'),
		});
		expect(urls().at(-1)).toBe(
			`GET /v1.0/drives/${encodeURIComponent(contractsDrive)}/root:/Fabrikam.txt:`,
		);
		expect(item.name).toBe('Fabrikam.txt');
	});

	it('names the libraries that there are', async () => {
		const run = sandbox.run({
			...get,
			location: 'site',
			site: byUrl(financeUrl),
			library: { __rl: true, mode: 'name', value: 'Contract' },
			item: byPath('a.txt'),
		});
		await expect(run).rejects.toMatchObject({
			message: 'Library: the site has no library named "Contract"',
			description: expect.stringContaining('Documents, Contracts') as string,
		});
	});

	it("a Teams channel: paths begin in its folder of the team's library", async () => {
		sandbox.put('General/Plan/a.txt', 'x', marketingDrive);
		const link = `https://teams.microsoft.com/l/channel/${encodeURIComponent(channel)}/General?groupId=${team}&tenantId=x`;
		const { json } = await sandbox.run({
			...get,
			location: 'channel',
			team: byUrl(link),
			channel: byUrl(link),
			item: byPath('Plan/a.txt'),
		});
		const folder = sandbox.folder('General', marketingDrive);
		expect(urls()).toEqual([
			`GET /v1.0/teams/${team}/channels/${encodeURIComponent(channel)}/filesFolder`,
			`GET /v1.0/drives/${encodeURIComponent(marketingDrive)}/items/${folder.id}:/Plan/a.txt:`,
		]);
		expect(json[0]).toMatchObject({ path: 'General/Plan/a.txt' });
	});

	it('a Microsoft 365 group, by its address', async () => {
		sandbox.put('a.txt', 'x', marketingDrive);
		await sandbox.run({
			...get,
			location: 'group',
			group: { __rl: true, mode: 'email', value: 'marketing@contoso.example' },
			item: byPath('a.txt'),
		});
		expect(urls()).toEqual(['GET /v1.0/groups', `GET /v1.0/groups/${team}/drive/root:/a.txt:`]);
	});

	it('an app is told that it has no OneDrive', async () => {
		await expect(
			sandbox.runAsApp(['Files.Read.All'], { ...get, item: byPath('a.txt') }),
		).rejects.toThrow("Location: is My OneDrive, but the connection is an app's");
	});
});

describe('a sharing link or web address', () => {
	const shareUrl = (link: string) =>
		`GET /v1.0/shares/u!${Buffer.from(link).toString('base64url')}/driveItem`;

	it('finds the item wherever it is, and asks for the access that the link gives', async () => {
		const item = sandbox.put('Budgets/2026 #1.txt', 'x', financeDrive);
		const link = 'https://contoso.sharepoint.example/:b:/g/Eabc?e=1';
		item.permissions.push({
			id: '1',
			roles: ['read'],
			grantedTo: [],
			hasPassword: false,
			link: { type: 'view', scope: 'organization', webUrl: link.split('?')[0] ?? '' },
		});
		const { json } = await sandbox.run({ ...get, item: byUrl(link) });
		expect(urls()).toEqual([
			shareUrl(link),
			`GET /v1.0/drives/${encodeURIComponent(financeDrive)}/items/${item.id}`,
		]);
		expect(sandbox.recorded()[0]?.headers['prefer']).toContain('redeemSharingLinkIfNecessary');
		expect(json[0]).toMatchObject({ id: item.id, driveId: financeDrive });
	});

	it("takes the address of a library's page in the browser", async () => {
		const item = sandbox.put('Budgets/a.txt', 'x', financeDrive);
		const page = `${financeUrl}/Shared%20Documents/Forms/AllItems.aspx?id=${encodeURIComponent('/sites/finance/Shared Documents/Budgets/a.txt')}&viewid=1`;
		const { json } = await sandbox.run({
			resource: 'sharing',
			operation: 'resolveLink',
			link: page,
		});
		expect(json[0]).toMatchObject({ id: item.id });
	});

	it('is what a bare text from an agent is taken for, beside a path and an id', async () => {
		const item = sandbox.put('Docs/a.txt');
		const link =
			'https://contoso-my.sharepoint.example/personal/ana_contoso_example/Documents/Docs/a.txt';
		for (const text of ['Docs/a.txt', item.id, link]) {
			const { json } = await sandbox.run({ ...get, item: text });
			expect(json[0]).toMatchObject({ id: item.id });
		}
	});

	it('tells that a link has expired', async () => {
		const item = sandbox.put('a.txt');
		const { json } = await sandbox.run({
			resource: 'sharing',
			operation: 'createLink',
			item: byId(item.id),
			options: { expirationDateTime: new Date(Date.now() + 3_600_000).toISOString() },
		});
		const link = textAt(json[0], 'linkUrl');
		const resolve = { resource: 'sharing', operation: 'resolveLink', link };
		expect((await sandbox.run(resolve)).json[0]).toMatchObject({ id: item.id });
		for (const permission of item.permissions) {
			permission.expirationDateTime = new Date(Date.now() - 1).toISOString();
		}
		await expect(sandbox.run(resolve)).rejects.toThrow('access is denied');
	});
});

describe('under Sites.Selected', () => {
	it('pasted addresses work, and the refused search says so', async () => {
		const { sharePoint } = sandbox.graph.state;
		const site = sharePoint.sites.find(({ name }) => name === 'finance');
		sharePoint.grants.add(site?.id ?? '');
		sandbox.put('a.txt', 'x', contractsDrive);
		const { json } = await sandbox.runAsApp(['Sites.Selected'], {
			...get,
			location: 'site',
			site: byUrl(financeUrl),
			library: { __rl: true, mode: 'name', value: 'Contracts' },
			item: byPath('a.txt'),
		});
		expect(json[0]).toMatchObject({ name: 'a.txt', driveId: contractsDrive });
		await expect(
			sandbox.runAsApp(['Sites.Selected'], {
				...get,
				location: 'site',
				site: byUrl('https://contoso.sharepoint.example/sites/marketing'),
				item: byPath('a.txt'),
			}),
		).rejects.toThrow('access is denied');
	});
});

describe('pickers', () => {
	it('browse folders by typing a path, and search by words', async () => {
		sandbox.put('Invoices/2026/May.txt');
		sandbox.put('Invoices/2025/June.txt');
		sandbox.put('Other.txt');
		const names = async (typed: string, method = 'searchItems') =>
			(await sandbox.search(method, { typed })).results.map(({ name }) => name);
		expect(await names('')).toEqual(['Invoices/', 'Other.txt']);
		expect(await names('Invoices/')).toEqual(['Invoices/2025/', 'Invoices/2026/']);
		expect(await names('Invoices/2026/m')).toEqual(['Invoices/2026/May.txt']);
		expect(await names('may')).toEqual(['Invoices/2026/May.txt']);
		expect(await names('Missing/')).toEqual([]);
		expect(await names('', 'searchFolders')).toEqual(['/ (the top)', 'Invoices/']);
	});

	it('list sites, also without a title, their libraries, teams, channels, groups and drives', async () => {
		const names = async (method: string, parameters = {}, typed = '') =>
			(await sandbox.search(method, { parameters, typed })).results.map(({ name }) => name);
		expect(await names('searchSites')).toEqual(expect.arrayContaining(['Finance', 't-1044']));
		expect(await names('searchSites', {}, 'fin')).toEqual(['Finance', 'Audit 2026']);
		expect(await names('searchLibraries', { location: 'site', site: byUrl(financeUrl) })).toEqual([
			'Documents (the Default Library)',
			'Documents',
			'Contracts',
		]);
		expect(await names('searchTeams')).toEqual(['Marketing']);
		expect(await names('searchChannels', { location: 'channel', team: byId(team) }, 'gen')).toEqual(
			['General'],
		);
		expect(await names('searchGroups')).toEqual(['Marketing — marketing@contoso.example']);
		expect(await names('searchDrives')).toEqual(['OneDrive']);
	});

	it('list the folders of a destination, which may be where the item is', async () => {
		sandbox.folder('Here');
		sandbox.folder('There', financeDrive);
		const list = async (parameters: object) =>
			(
				await sandbox.search('searchDestinationFolders', {
					parameters: { resource: 'file', operation: 'copy', ...parameters },
				})
			).results.map(({ name }) => name);
		expect(await list({})).toEqual(['/ (the top)', 'Here/']);
		expect(await list({ toLocation: 'drive', toDrive: byId(financeDrive) })).toEqual([
			'/ (the top)',
			'There/',
		]);
	});

	it('ask for a value where the form has an expression', async () => {
		await expect(
			sandbox.search('searchItems', {
				parameters: {
					resource: 'file',
					operation: 'get',
					location: 'user',
					user: '={{ $json.user }}',
				},
			}),
		).rejects.toThrow('User: is an expression without a value yet');
	});
});
