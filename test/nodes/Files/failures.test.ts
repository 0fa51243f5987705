import type { INodeParameters } from 'n8n-workflow';
import { resources } from '../../../nodes/Files/resources';
import type { StoredDriveItem } from '../../../sandbox/graph/drive/types';
import { byId, byPath, type FilesSandbox, startFilesSandbox } from './filesSandbox';

let sandbox: FilesSandbox;
beforeAll(async () => (sandbox = await startFilesSandbox()));
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.stop());

type Minimal = (item: StoredDriveItem, folder: StoredDriveItem) => INodeParameters;

const file: Minimal = ({ id }) => ({ item: byId(id) });
const folder: Minimal = (_, { id }) => ({ item: byId(id) });

/** The least that each operation needs, on a file or folder of Ana's OneDrive. */
const cases: Readonly<Record<string, Minimal>> = {
	'change/getAll': () => ({ since: 'beginning' }),
	'drive/get': () => ({}),
	'drive/getAll': () => ({}),
	'file/checkIn': file,
	'file/checkOut': file,
	'file/copy': ({ id }) => ({ item: byId(id), folder: byPath('To'), conflict: 'rename' }),
	'file/delete': file,
	'file/discardCheckOut': file,
	'file/download': file,
	'file/get': file,
	'file/getAll': () => ({ folder: byPath('Docs') }),
	'file/getPreview': file,
	'file/getText': file,
	'file/getThumbnails': file,
	'file/move': ({ id }) => ({ item: byId(id), folder: byPath('To') }),
	'file/permanentDelete': file,
	'file/rename': ({ id }) => ({ item: byId(id), name: 'New.txt' }),
	'file/search': () => ({ query: 'a' }),
	'file/update': ({ id }) => ({ item: byId(id), changes: { description: 'New' } }),
	'file/upload': () => ({ folder: byPath('/'), conflict: 'replace' }),
	'file/uploadFromUrl': () => ({
		folder: byPath('/'),
		conflict: 'replace',
		url: sandbox.drives.downloads.offer(sandbox.graph.uploadUrl, {
			content: Buffer.from('from the web'),
			mimeType: 'text/plain',
			name: 'web.txt',
		}),
	}),
	'folder/copy': (_, { id }) => ({ item: byId(id), folder: byPath('To'), conflict: 'rename' }),
	'folder/create': () => ({ name: 'New' }),
	'folder/delete': folder,
	'folder/downloadZip': folder,
	'folder/get': folder,
	'folder/getAll': folder,
	'folder/move': (_, { id }) => ({ item: byId(id), folder: byPath('To') }),
	'folder/rename': (_, { id }) => ({ item: byId(id), name: 'New' }),
	'sharing/createLink': file,
	'sharing/deletePermission': (item) => ({ item: byId(item.id), permission: permissionId(item) }),
	'sharing/getPermissions': file,
	'sharing/invite': ({ id }) => ({ item: byId(id), recipients: 'ben@contoso.example' }),
	'sharing/resolveLink': () => ({
		link: 'https://contoso-my.sharepoint.example/personal/ana_contoso_example/Documents/Docs/a.txt',
	}),
	'sharing/updatePermission': (item) => ({
		item: byId(item.id),
		permission: permissionId(item),
		changes: { role: 'write' },
	}),
	'version/download': ({ id }) => ({ item: byId(id), version: '1.0' }),
	'version/getAll': file,
	'version/restore': ({ id }) => ({ item: byId(id), version: '1.0' }),
};

const permissionId = (item: StoredDriveItem): string => item.permissions[0]?.id ?? '';

/** What leaves nothing behind for a second item to work on. */
const once = /delete|^folder\/rename|deletePermission|checkIn|discardCheckOut/i;

function prepare(key: string): INodeParameters {
	const [resource = '', operation = ''] = key.split('/');
	sandbox.folder('To');
	sandbox.put('Docs/a.txt', 'first');
	const item = sandbox.put('Docs/a.txt', 'second');
	item.permissions.push({
		id: 'permission-1',
		roles: ['read'],
		grantedTo: ['ben@contoso.example'],
		hasPassword: false,
	});
	if (/checkIn|discardCheckOut/.test(operation)) item.checkedOutBy = 'ana@contoso.example';
	const { drives } = sandbox;
	const parent = drives.driveById('b!sandbox-onedrive-0001').item(item.parentId ?? '');
	return { resource, operation, ...cases[key]?.(item, parent) };
}

const files = {
	data: { fileName: 'upload.txt', mimeType: 'text/plain', content: Buffer.from('hello') },
};

it('covers every operation', () => {
	const all = resources.flatMap(({ value, operations }) =>
		operations.map((operation) => `${value}/${operation.value}`),
	);
	expect(Object.keys(cases)).toEqual(all.sort());
});

describe.each(Object.keys(cases))('%s', (key) => {
	const [resource = '', operation = ''] = key.split('/');
	const definition = resources
		.find(({ value }) => value === resource)
		?.operations.find(({ value }) => value === operation);

	it('works with the least that it needs', async () => {
		const { items } = await sandbox.run(prepare(key), { items: [{ files }] });
		expect(items.length).toBeGreaterThan(0);
		for (const { error, pairedItem } of items) {
			expect(error).toBeUndefined();
			expect(pairedItem).toEqual({ item: 0 });
		}
	});

	it("says what Graph refused, with Graph's code and the permission", async () => {
		const parameters = prepare(key);
		sandbox.fault({
			match: '* /v1.0/',
			status: 403,
			body: {
				error: {
					code: 'accessDenied',
					message: 'Access denied',
					innerError: { 'request-id': '7d2f9b1e-0000-4000-8000-000000000001' },
				},
			},
		});
		const error = await sandbox.run(parameters, { items: [{ files }] }).then(
			() => undefined,
			(reason: unknown) => reason as { message: string; description: string; context: object },
		);
		expect(error).toMatchObject({
			message: expect.stringContaining(definition?.action ?? '') as string,
			context: { itemIndex: 0 },
		});
		expect(error?.description).toContain('accessDenied');
		expect(error?.description).toContain('request-id 7d2f9b1e-0000-4000-8000-000000000001');
		expect(error?.description).toContain(definition?.permissions.delegated ?? '?');
	});

	it('goes on with the next item where the user chose to continue', async () => {
		const parameters = prepare(key);
		sandbox.fault({ match: '* /v1.0/(?!\\$batch)', status: 404, times: 1 });
		const { items } = await sandbox.run(parameters, {
			items: [{ files }, { files }],
			continueOnFail: true,
		});
		const [failed, ...others] = items;
		expect(failed).toMatchObject({
			json: { error: expect.any(String) as string },
			pairedItem: { item: 0 },
		});
		expect(failed?.error).toBeDefined();
		expect(others.length).toBeGreaterThan(0);
		for (const { error, pairedItem } of others) {
			if (!once.test(key)) expect(error).toBeUndefined();
			expect(pairedItem).toEqual({ item: 1 });
		}
	});
});
