import { hasMetadata } from '../../../sandbox/graph/surface/load';
import { loadSurface } from '../../../sandbox/graph/surface/surface';
import {
	byId,
	byPath,
	byUrl,
	channel,
	contractsDrive,
	financeUrl,
	type FilesSandbox,
	startFilesSandbox,
	team,
} from './filesSandbox';

let sandbox: FilesSandbox;
beforeAll(async () => (sandbox = await startFilesSandbox()));
afterAll(async () => await sandbox.stop());

const files = {
	data: { fileName: 'Offer.txt', mimeType: 'text/plain', content: Buffer.from('x') },
};

(hasMetadata('china') ? it : it.skip)(
	"sends nothing that isn't in each cloud's metadata",
	async () => {
		const run = async (resource: string, operation: string, parameters: object) =>
			await sandbox.run({ resource, operation, ...parameters }, { items: [{ files }] });
		const item = { item: byPath('a.txt') };
		sandbox.put('a.txt', 'one');
		sandbox.put('a.txt', 'two');
		sandbox.put('General/b.txt', 'x', 'b!sandbox-site-4-documents');
		sandbox.folder('To');
		for (const operation of [
			'get',
			'download',
			'getText',
			'getThumbnails',
			'getPreview',
			'checkOut',
			'checkIn',
		]) {
			await run('file', operation, item);
		}
		await run('file', 'checkOut', item);
		await run('file', 'discardCheckOut', item);
		await run('file', 'get', { ...item, options: { includeColumns: true } });
		await run('file', 'getAll', { recursive: true });
		await run('file', 'search', { query: "o'x" });
		await run('file', 'copy', { ...item, folder: byPath('To') });
		await run('file', 'rename', { item: byPath('To/a.txt'), name: 'b.txt' });
		await run('file', 'move', { item: byPath('To/b.txt'), folder: byPath('/') });
		await run('file', 'move', {
			item: byPath('b.txt'),
			toLocation: 'drive',
			toDrive: byId(contractsDrive),
		});
		await run('file', 'update', { ...item, changes: { description: 'x' } });
		await run('file', 'upload', {
			location: 'site',
			site: byUrl(financeUrl),
			library: { __rl: true, mode: 'name', value: 'Contracts' },
			options: { columns: { rows: [{ name: 'Reviewer', value: 'ben@contoso.example' }] } },
		});
		await run('file', 'get', {
			location: 'channel',
			team: byId(team),
			channel: byId(channel),
			item: byPath('b.txt'),
		});
		await run('file', 'get', {
			location: 'user',
			user: 'ana@contoso.example',
			item: byPath('a.txt'),
		});
		await run('folder', 'create', { name: 'x/y' });
		await run('folder', 'downloadZip', { item: byPath('x') });
		const { json } = await run('sharing', 'invite', { ...item, recipients: 'ben@contoso.example' });
		const permission = { ...item, permission: json[0]?.['id'] };
		await run('sharing', 'getPermissions', item);
		await run('sharing', 'updatePermission', { ...permission, changes: { role: 'write' } });
		await run('sharing', 'deletePermission', permission);
		await run('sharing', 'createLink', {
			...item,
			scope: 'users',
			recipients: 'ben@contoso.example',
		});
		await run('version', 'getAll', item);
		await run('version', 'download', { ...item, version: '1.0' });
		await run('version', 'restore', { ...item, version: '1.0' });
		for (const location of ['myDrive', 'site', 'group', 'user']) {
			const where = {
				location,
				user: 'ana@contoso.example',
				site: byUrl(financeUrl),
				group: byId(team),
			};
			await run('drive', 'getAll', where);
			await run('drive', 'get', where);
		}
		await run('change', 'getAll', { since: 'now' });
		await run('file', 'permanentDelete', item);
		await run('folder', 'delete', { item: byPath('x') });
		for (const method of ['searchSites', 'searchTeams', 'searchGroups', 'searchDrives']) {
			await sandbox.search(method, { typed: 'a' });
		}
		await sandbox.search('searchChannels', {
			parameters: { location: 'channel', team: byId(team) },
		});

		const sent = sandbox.requests();
		expect(sent.length).toBeGreaterThan(60);
		for (const cloud of ['global', 'usGovL4', 'usGovL5', 'china'] as const) {
			const surface = loadSurface(cloud);
			const refused = sent.filter((request) => {
				const body = typeof request.body === 'string' ? undefined : request.body;
				return !surface.check({ ...request, ...(body !== undefined && { body }) }).ok;
			});
			expect([cloud, refused]).toEqual([cloud, []]);
		}
	},
	60_000,
);
