import type { ILoadOptionsFunctions, INodeParameters, ITriggerFunctions } from 'n8n-workflow';
import { events } from '../../../../nodes/Trigger/events';
import { subscriptionWishes } from '../../../../nodes/Trigger/instant/wishes';
import { Microsoft365Trigger } from '../../../../nodes/Trigger/Microsoft365Trigger.node';
import { readEventInput } from '../../../../nodes/Trigger/shared/eventInput';
import { ana, startSourceSandbox, type SourceSandbox } from '../../../core/changes/sourceSandbox';
import { formContext, searchList } from '../../../support/runNode';
import { byId, byPath } from './eventSandbox';

// Each asks a Graph of its own many times.
jest.setTimeout(30_000);

let box: SourceSandbox;
beforeAll(async () => (box = await startSourceSandbox()));
beforeEach(() => box.reset());
afterAll(async () => await box.stop());

const node = new Microsoft365Trigger();
const driveId = 'b!sandbox-onedrive-0001';
const site = () => {
	const found = box.sandbox.state.sharePoint.sites.find(({ name }) => name === 'finance');
	if (!found) throw new Error('There is no site finance');
	return found;
};
const listId = () => box.sandbox.state.sharePoint.list(site(), 'Invoices').id;

describe('the pickers', () => {
	const search = async (method: string, parameters: INodeParameters, typed?: string) => {
		const { credential } = box;
		const found = await searchList({
			node,
			credential,
			method,
			parameters: { authentication: 'delegated', ...parameters },
			...(typed !== undefined && { typed }),
		});
		return found.results.map(({ name }) => name);
	};

	it('search the folders of mailboxes and of drives under one name', async () => {
		const { drives } = box.sandbox.state;
		drives.put(driveId, 'Invoices/a.txt', Buffer.from('a'), ana, 'text/plain');
		expect(await search('searchFolders', { event: 'messageReceived' })).toContain('Inbox');
		const folders = await search('searchFolders', { event: 'fileCreated' }, 'Inv');
		expect(folders.join()).toContain('Invoices');
		expect(folders).not.toContain('Inbox');
		expect(await search('searchFolders', { event: 'itemCreated' })).toEqual([]);
	});

	it('search calendars, sites and lists', async () => {
		expect(await search('searchCalendars', { event: 'eventCreated' })).toContain(
			'Default Calendar',
		);
		for (const event of ['fileCreated', 'itemCreated']) {
			expect((await search('searchSites', { event, location: 'site' })).length).toBeGreaterThan(0);
		}
		const lists = await search('searchLists', { event: 'itemCreated', site: byId(site().id) });
		expect(lists).toContain('Invoices');
	});

	it('load the columns of the chosen list', async () => {
		const { getColumnNames } = node.methods.loadOptions;
		const context: ILoadOptionsFunctions = formContext({
			node,
			credential: box.credential,
			parameters: {
				authentication: 'delegated',
				event: 'itemCreated',
				site: byId(site().id),
				list: byId(listId()),
			},
		});
		expect((await getColumnNames.call(context)).map(({ value }) => value)).toContain('Status');
	});
});

describe('what change notifications are asked for', () => {
	const wishes = async (value: string, parameters: Readonly<Record<string, unknown>> = {}) => {
		const event = events.find((each) => each.value === value);
		if (!event) throw new Error(`There is no event ${value}`);
		const context = {
			getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
			getTimezone: () => 'UTC',
			logger: { info: () => undefined },
		} as unknown as ITriggerFunctions;
		const connected = { graph: box.graph, identity: 'delegated' } as const;
		const found = await subscriptionWishes(event, await readEventInput(context, event, connected));
		return found.map(({ resource, changeType, maxMinutes }) => [resource, changeType, maxMinutes]);
	};

	it('is the calendar', async () => {
		expect(await wishes('eventCreated')).toEqual([['me/events', 'created', 10_080]]);
		expect(await wishes('eventDeleted', { mailbox: 'ben@contoso.example' })).toEqual([
			['users/ben@contoso.example/events', 'updated,deleted', 10_080],
		]);
		expect(await wishes('invitationAnswered', { calendar: byId('AAMk=') })).toEqual([
			["me/calendars('AAMk=')/events", 'updated', 10_080],
		]);
		// Microsoft tells nothing of the calendars of groups.
		const group = { __rl: true, mode: 'group', value: '0a0a0a0a-0000-4000-8000-000000000001' };
		expect(await wishes('eventUpdated', { calendar: group })).toEqual([]);
	});

	it('is the drive, whichever of its folders is watched', async () => {
		const { drives } = box.sandbox.state;
		drives.put(driveId, 'Inbox/a.txt', Buffer.from('a'), ana, 'text/plain');
		expect(await wishes('fileCreated', { item: byPath('/Inbox') })).toEqual([
			[`drives/${driveId}/root`, 'updated', 42_300],
		]);
		expect(await wishes('folderDeleted')).toEqual([[`drives/${driveId}/root`, 'updated', 42_300]]);
	});

	it('is the list', async () => {
		expect(await wishes('itemUpdated', { site: byId(site().id), list: byId(listId()) })).toEqual([
			[`sites/${site().id}/lists/${listId()}`, 'updated', 42_300],
		]);
	});
});
