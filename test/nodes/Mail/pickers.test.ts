import { type MailSandbox, startMailSandbox } from './mailSandbox';

let sandbox: MailSandbox;
beforeAll(async () => (sandbox = await startMailSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

const ana = 'ana@contoso.example';
const shared = 'support@contoso.example';

describe('searchFolders', () => {
	it('lists all folders of the chosen mailbox with full paths, beyond one page and one level', async () => {
		await sandbox.createFolder(shared, ['inbox', 'Kunden', 'Größe']);
		for (let index = 0; index < 30; index++) {
			await sandbox.createFolder(shared, ['inbox', `Customer ${index}`]);
		}
		const { results } = await sandbox.search('searchFolders', {
			parameters: { mailbox: shared },
		});
		const names = results.map(({ name }) => name);
		expect(names).toContain('Inbox/Kunden/Größe');
		expect(names.filter((name) => name.startsWith('Inbox/Customer '))).toHaveLength(30);
		expect(names).not.toContain('Clutter');
		expect(results.every(({ value }) => value !== '')).toBe(true);
	});

	it('finds by any part of the path', async () => {
		await sandbox.createFolder(ana, ['inbox', 'Invoices', '2026']);
		const { results } = await sandbox.search('searchFolders', { typed: 'invoices/2' });
		expect(results.map(({ name }) => name)).toEqual(['Inbox/Invoices/2026']);
	});

	it('asks for a mailbox that has a value', async () => {
		await expect(
			sandbox.search('searchFolders', { parameters: { mailbox: '={{ $json.mailbox }}' } }),
		).rejects.toThrow('Mailbox: is an expression without a value yet');
	});
});

describe('searchMessages', () => {
	it('lists the newest first, page by page', async () => {
		sandbox.fill(ana, 60);
		const first = await sandbox.search('searchMessages', {});
		expect(first.results).toHaveLength(50);
		expect(first.results[0]?.name).toMatch(/^.+ — .+ — \d{4}-\d\d-\d\d \d\d:\d\d$/);
		expect(first.results[0]?.url).toMatch(/^http/);
		const second = await sandbox.search('searchMessages', {
			paginationToken: String(first.paginationToken),
		});
		expect(second.results).toHaveLength(10);
		expect(second.paginationToken).toBeUndefined();
		const values = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(values).size).toBe(60);
	});

	it('searches for what is typed', async () => {
		await sandbox.deliver(ana, { from: 'ben@contoso.example', subject: 'The pizza' });
		await sandbox.deliver(ana, { from: 'ben@contoso.example', subject: 'Invoice' });
		sandbox.forget();
		const { results } = await sandbox.search('searchMessages', { typed: 'pizza' });
		expect(results.map(({ name }) => name.split(' — ')[0])).toEqual(['The pizza']);
		const [request] = sandbox.requests();
		expect(request?.url).not.toContain('orderby');
	});
});

it('searchDrafts lists drafts only', async () => {
	await sandbox.deliver(ana, { from: 'ben@contoso.example', subject: 'Invoice' });
	await sandbox.draft(ana, { to: 'ben@contoso.example', subject: 'Offer' });
	const { results } = await sandbox.search('searchDrafts', {});
	expect(results.map(({ name }) => name.split(' — ')[0])).toEqual(['Offer']);
});
