import { ana, type InstantSandbox, startInstantSandbox, until } from './instantSandbox';

jest.setTimeout(30_000);

const scopes =
	'Mail.ReadWrite Calendars.ReadWrite Files.ReadWrite.All Sites.ReadWrite.All User.Read';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });

let sandbox: InstantSandbox;
afterEach(async () => {
	await sandbox.close();
});

const outputs = () => sandbox.n8n.runs.flatMap(({ items }) => items.map(({ json }) => json));

it('an appointment that is made runs without waiting for any time', async () => {
	sandbox = await startInstantSandbox({ event: 'eventCreated' }, { scopes });
	await sandbox.n8n.startProcess().activate();
	await sandbox.settle();
	sandbox.graph.state.deliverEvent({
		calendar: ana,
		event: {
			subject: 'Review',
			start: { dateTime: '2030-01-07T10:00:00', timeZone: 'UTC' },
			end: { dateTime: '2030-01-07T11:00:00', timeZone: 'UTC' },
		},
	});
	await until(() => sandbox.n8n.runs.length === 1);
	expect(outputs()).toMatchObject([{ subject: 'Review' }]);
	expect(sandbox.live().map(({ resource }) => resource)).toEqual([
		expect.stringMatching(/^me\/(events|calendars\('.*'\)\/events)$/),
	]);
});

it('a file that is put into a drive does, too', async () => {
	sandbox = await startInstantSandbox({ event: 'fileCreated' }, { scopes });
	await sandbox.n8n.startProcess().activate();
	await sandbox.settle();
	sandbox.graph.state.deliverFile({ drive: ana, path: 'Inbox/new.txt', text: 'hello' });
	await until(() => sandbox.n8n.runs.length === 1);
	expect(outputs()).toMatchObject([{ name: 'new.txt' }]);
	expect(sandbox.live().map(({ changeType }) => changeType)).toEqual(['updated']);
});

it('so does an item that is added to a list', async () => {
	sandbox = await startInstantSandbox({}, { scopes });
	const { sharePoint } = sandbox.graph.state;
	const site = sharePoint.sites.find(({ name }) => name === 'finance');
	if (!site) throw new Error('There is no site finance');
	const list = sharePoint.list(site, 'Invoices');
	sandbox.use({ event: 'itemCreated', site: byId(site.id), list: byId(list.id) });
	await sandbox.n8n.startProcess().activate();
	await sandbox.settle();
	sandbox.graph.state.deliverListItem({
		site: 'finance',
		list: 'Invoices',
		fields: { Title: 'New' },
	});
	await until(() => sandbox.n8n.runs.length === 1);
	expect(outputs()).toMatchObject([{ Title: 'New' }]);
});

it('a drive that may only be read can be polled alone, and the error says so', async () => {
	sandbox = await startInstantSandbox({ event: 'fileCreated' }, { scopes: 'Files.Read.All' });
	await expect(sandbox.n8n.startProcess().activate()).rejects.toThrow(
		/only where the connection may write them: grant Files\.ReadWrite\.All.*"Microsoft 365 Trigger"/,
	);
	expect(sandbox.live()).toEqual([]);
});

it('a message that is told of before it can be found is found by the second look', async () => {
	sandbox = await startInstantSandbox({}, { scopes });
	const { n8n, graph, settle, clock, requests } = sandbox;
	await n8n.startProcess().activate();
	await settle();
	await fetch(`${graph.url}/__sandbox__/indexing`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ delayMs: 14_000, notify: 'atOnce' }),
	});
	const before = requests().length;
	graph.state.deliver({ to: ana, from: 'ben@contoso.example', subject: 'Late' });
	const looks = () =>
		requests()
			.slice(before)
			.filter((request) => request.includes('delta'));
	await until(() => looks().length === 1);
	expect(n8n.runs).toEqual([]);
	await clock.advance(15_000);
	await until(() => n8n.runs.length === 1);
	expect(outputs()).toMatchObject([{ subject: 'Late' }]);
});
