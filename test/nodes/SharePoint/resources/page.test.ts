import {
	byId,
	byName,
	byUrl,
	type SharePointSandbox,
	startSharePointSandbox,
} from '../sharePointSandbox';

let sandbox: SharePointSandbox;
beforeAll(async () => (sandbox = await startSharePointSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const page = async (operation: string, parameters: object = {}) =>
	await sandbox.run({ resource: 'page', operation, site: byId(sandbox.finance.id), ...parameters });
const at = () => `/sites/${sandbox.finance.id}/pages`;
const home = () => [...sandbox.store.pages(sandbox.finance).values()][0]?.id ?? '';
const text = (innerHtml: string) => ({
	horizontalSections: [
		{
			layout: 'oneColumn',
			id: '1',
			emphasis: 'none',
			columns: [
				{
					id: '1',
					width: 12,
					webparts: [{ '@odata.type': '#microsoft.graph.textWebPart', innerHtml }],
				},
			],
		},
	],
});

describe('create', () => {
	it('makes a draft', async () => {
		const { json } = await page('create', { title: 'News in May: #1!', content: '<p>Hi</p>' });
		expect(sandbox.requests()).toEqual([
			{
				method: 'POST',
				url: at(),
				body: {
					'@odata.type': '#microsoft.graph.sitePage',
					title: 'News in May: #1!',
					canvasLayout: text('<p>Hi</p>'),
					name: 'News-in-May-1.aspx',
					pageLayout: 'article',
				},
			},
		]);
		expect(json[0]).toMatchObject({ title: 'News in May: #1!', state: 'draft', isNews: false });
	});

	it('publishes a news post at once', async () => {
		const { json } = await page('create', {
			title: 'Новости',
			publish: true,
			options: {
				promotionKind: 'newsPost',
				description: 'Short',
				name: 'news-may',
				imageUrl: '/sites/finance/a.jpg',
				showComments: false,
			},
		});
		const [create, publish, read] = sandbox.requests();
		expect(create?.body).toEqual({
			'@odata.type': '#microsoft.graph.sitePage',
			title: 'Новости',
			description: 'Short',
			promotionKind: 'newsPost',
			showComments: false,
			titleArea: { layout: 'imageAndTitle', imageWebUrl: '/sites/finance/a.jpg' },
			name: 'news-may.aspx',
			pageLayout: 'article',
		});
		const id = json[0]?.['id'] as string;
		expect(publish).toEqual({
			method: 'POST',
			url: `${at()}/${id}/microsoft.graph.sitePage/publish`,
		});
		expect(read?.url).toBe(`${at()}/${id}/microsoft.graph.sitePage`);
		expect(json[0]).toMatchObject({ state: 'published', version: '1.0', isNews: true });
	});

	it('tells of the draft that stays where publishing fails', async () => {
		sandbox.fault({ match: 'POST /publish$', status: 403 });
		await expect(page('create', { title: 'A', publish: true })).rejects.toMatchObject({
			description: expect.stringContaining('The page was saved as a draft; its ID is') as string,
		});
	});

	it('takes sections in the words of Graph', async () => {
		const canvasLayout = { horizontalSections: [] };
		await page('create', {
			title: 'A',
			options: { canvasLayout: JSON.stringify(canvasLayout) },
		});
		expect(sandbox.requests()[0]?.body).toMatchObject({ canvasLayout });
	});
});

it('get answers the content where it is wanted', async () => {
	const { json } = await page('get', { page: byId(home()), options: { includeContent: true } });
	expect(sandbox.requests()).toEqual([
		{ method: 'GET', url: `${at()}/${home()}/microsoft.graph.sitePage?$expand=canvasLayout` },
	]);
	expect(json[0]).toMatchObject({ title: 'Home', canvasLayout: { horizontalSections: [] } });
});

it.each([
	[() => byName('home.aspx')],
	[() => byName('Home')],
	[() => byUrl('https://contoso.sharepoint.example/sites/finance/SitePages/Home.aspx?x=1')],
])('finds a page by name, title and address', async (locator) => {
	const { json } = await page('get', { page: locator() });
	expect(json[0]).toMatchObject({ id: home() });
});

it('names the page that is not there', async () => {
	await expect(page('get', { page: byName('Gone') })).rejects.toThrow(
		'Page: the site has no page called "Gone"',
	);
});

it('getAll lists pages', async () => {
	const { json } = await page('getAll');
	expect(sandbox.requests()).toEqual([
		{ method: 'GET', url: `${at()}/microsoft.graph.sitePage?$top=50` },
	]);
	expect(json.map(({ name }) => name)).toEqual(['Home.aspx']);
});

describe('update', () => {
	it('saves a draft', async () => {
		const { json } = await page('update', {
			page: byId(home()),
			changes: { title: 'Welcome', content: '<p>New</p>' },
		});
		expect(sandbox.requests()).toEqual([
			{
				method: 'PATCH',
				url: `${at()}/${home()}/microsoft.graph.sitePage`,
				body: {
					'@odata.type': '#microsoft.graph.sitePage',
					title: 'Welcome',
					canvasLayout: text('<p>New</p>'),
				},
			},
		]);
		expect(json[0]).toMatchObject({ title: 'Welcome', state: 'draft' });
	});

	it('publishes where it is wanted', async () => {
		const { json } = await page('update', {
			page: byId(home()),
			changes: { title: 'Welcome' },
			publish: true,
		});
		expect(json[0]).toMatchObject({ title: 'Welcome', state: 'published' });
	});

	it('asks for a change', async () => {
		await expect(page('update', { page: byId(home()), changes: {} })).rejects.toThrow(
			'Changes: is empty',
		);
	});
});

it('publish publishes', async () => {
	const { json } = await page('publish', { page: byId(home()) });
	expect(sandbox.requests()).toEqual([
		{ method: 'POST', url: `${at()}/${home()}/microsoft.graph.sitePage/publish` },
	]);
	expect(json).toEqual([{ success: true, id: home() }]);
});

it('delete deletes', async () => {
	const id = home();
	const { json } = await page('delete', { page: byId(id) });
	expect(sandbox.requests()).toEqual([{ method: 'DELETE', url: `${at()}/${id}` }]);
	expect(json).toEqual([{ success: true, id }]);
});
