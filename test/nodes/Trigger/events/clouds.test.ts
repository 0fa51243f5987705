import type { SandboxCloud } from '../../../../sandbox/graph/surface/load';
import { ana, startSourceSandbox, type SourceSandbox } from '../../../core/changes/sourceSandbox';
import { describeWithMetadata } from '../../../sandbox/graph/wire';
import { byId, byPath, testEvent, watchEvent } from './eventSandbox';

const driveId = 'b!sandbox-onedrive-0001';
const minuteMs = 60_000;

// Each asks a Graph of its own many times.
jest.setTimeout(30_000);

const clouds: readonly SandboxCloud[] = ['usGovL4', 'china'];

/** Each cloud's Graph refuses what its metadata doesn't have: paths, properties and options. */
for (const cloud of clouds) {
	describeWithMetadata(`in the cloud ${cloud}`, () => {
		let box: SourceSandbox;
		beforeAll(async () => (box = await startSourceSandbox(cloud)));
		beforeEach(() => box.reset());
		afterAll(async () => await box.stop());

		const inMinutes = (minutes: number) => ({
			dateTime: new Date(Date.now() + minutes * minuteMs).toISOString().slice(0, 19),
			timeZone: 'UTC',
		});
		const meet = async (organizer: string, attendee: string) =>
			(
				await box.as(organizer, 'POST', '/me/events', {
					subject: 'Planning',
					start: inMinutes(10),
					end: inMinutes(40),
					attendees: [{ type: 'required', emailAddress: { address: attendee } }],
				})
			).id;
		const ben = 'ben@contoso.example';
		const idOf = async (person: string) =>
			(await box.as<{ value: Array<{ id: string }> }>(person, 'GET', '/me/events')).value[0]?.id;

		it.each(['eventCreated', 'invitationReceived', 'eventUpcoming'])('%s works', async (event) => {
			const watched = await watchEvent(box, event);
			await meet(ben, ana);
			expect(await watched.look()).toMatchObject([{ subject: 'Planning', organizer: ben }]);
			expect((await testEvent(box, event)).json).toMatchObject([{ subject: 'Planning' }]);
		});

		it('eventUpdated, eventDeleted and invitationAnswered work', async () => {
			const id = await meet(ana, ben);
			const updated = await watchEvent(box, 'eventUpdated', { simplify: false });
			const deleted = await watchEvent(box, 'eventDeleted');
			const answered = await watchEvent(box, 'invitationAnswered');
			box.clock.advance(minuteMs);
			await box.as(ben, 'POST', `/me/events/${(await idOf(ben)) ?? ''}/accept`, {
				sendResponse: true,
			});
			expect(await updated.look()).toMatchObject([{ id }]);
			expect(await answered.look()).toMatchObject([{ id, answer: { address: ben } }]);
			await box.as(ana, 'DELETE', `/me/events/${id}`);
			expect(await deleted.look()).toMatchObject([{ id, subject: 'Planning' }]);
		});

		it('events of files and folders work', async () => {
			const { drives } = box.sandbox.state;
			const put = (path: string, text: string) =>
				drives.put(driveId, path, Buffer.from(text), ana, 'text/plain');
			put('Inbox/old.txt', 'old');
			const drive = drives.driveById(driveId);
			const where = { item: byPath('/Inbox') };
			const created = await watchEvent(box, 'fileCreated', where);
			const updated = await watchEvent(box, 'fileUpdated', where);
			const moved = await watchEvent(box, 'fileMovedOrRenamed', where);
			const deleted = await watchEvent(box, 'fileDeleted', where);
			const folders = await watchEvent(box, 'folderCreated', where);
			put('Inbox/Sub/new.txt', 'new');
			put('Inbox/old.txt', 'changed');
			expect(await created.look()).toMatchObject([{ name: 'new.txt' }]);
			expect(await updated.look()).toMatchObject([{ name: 'old.txt' }]);
			expect(await folders.look()).toMatchObject([{ name: 'Sub' }]);
			const file = drive.byPath(drive.root, 'Inbox/old.txt');
			drive.move(file, { name: 'older.txt', conflict: 'fail', by: ana });
			expect(await moved.look()).toMatchObject([{ name: 'older.txt' }]);
			await deleted.look();
			drive.remove(file);
			expect(await deleted.look()).toMatchObject([{ name: 'older.txt' }]);
			expect((await testEvent(box, 'fileCreated', where)).json).toMatchObject([
				{ name: 'new.txt' },
			]);
		});

		it('events of lists work', async () => {
			const { sharePoint } = box.sandbox.state;
			const site = sharePoint.sites.find(({ name }) => name === 'finance');
			if (!site) throw new Error('There is no site finance');
			const list = sharePoint.list(site, 'Invoices').id;
			const where = { site: byId(site.id), list: byId(list) };
			const items = `/sites/${site.id}/lists/${list}/items`;
			const old = (await box.as(ana, 'POST', items, { fields: { Title: 'Old' } })).id;
			const created = await watchEvent(box, 'itemCreated', where);
			const updated = await watchEvent(box, 'itemUpdated', where);
			const deleted = await watchEvent(box, 'itemDeleted', where);
			await box.as(ana, 'POST', items, { fields: { Title: 'New' } });
			await box.as(ana, 'PATCH', `${items}/${old}/fields`, { Title: 'Changed' });
			expect(await created.look()).toMatchObject([{ Title: 'New' }]);
			expect(await updated.look()).toMatchObject([{ Title: 'Changed' }]);
			await box.as(ana, 'DELETE', `${items}/${old}`);
			expect(await deleted.look()).toMatchObject([{ id: old }]);
			expect((await testEvent(box, 'itemCreated', where)).json).toMatchObject([{ Title: 'New' }]);
		});
	});
}
