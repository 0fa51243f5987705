import { randomUUID } from 'node:crypto';
import { answerCollection, selectFrom, type CollectionRules } from '../../odata/collection';
import type { GraphCall, Route } from '../../server/call';
import { driveRead, driveWrite } from '../access';
import { forEachItem } from '../addressing';
import type { Drive } from '../drive';
import { permissionView, webUrlOf } from '../itemView';
import { denied, invalid, notFound } from '../refusals';
import type { DriveService } from '../service';
import type { StoredDriveItem, StoredPermission } from '../types';

const rules: CollectionRules = { defaultPage: 200, largestPage: 1_000 };

interface LinkParameters {
	readonly type?: string;
	readonly scope?: string;
	readonly password?: string;
	readonly expirationDateTime?: string;
	readonly recipients?: ReadonlyArray<{ readonly email?: string }>;
}

interface InviteParameters {
	readonly recipients?: ReadonlyArray<{ readonly email?: string }>;
	readonly roles?: readonly string[];
	readonly password?: string;
	readonly expirationDateTime?: string;
}

export function sharingRoutes(service: DriveService): Route[] {
	const view = (permission: StoredPermission) => permissionView(service.view, permission);
	return [
		...forEachItem(service, {
			method: 'POST',
			tail: 'createLink',
			access: driveWrite,
			handle: (call, { drive, item }) => {
				const { permission, isNew } = createLink(drive, item, call.body ?? {});
				return { status: isNew ? 201 : 200, json: view(permission) };
			},
		}),
		...forEachItem(service, {
			method: 'POST',
			tail: 'invite',
			access: driveWrite,
			handle: (call, { item }) => {
				const made = invite(item, call.body ?? {});
				return { status: 200, json: { value: made.map(view) } };
			},
		}),
		...forEachItem(service, {
			method: 'GET',
			tail: 'permissions',
			access: driveRead,
			handle: (call, { item }) => ({
				status: 200,
				json: answerCollection(call, { items: item.permissions, view }, rules),
			}),
		}),
		...forEachItem(service, {
			method: 'PATCH',
			tail: 'permissions/*',
			access: driveWrite,
			handle: (call, { item, keys }) => {
				const permission = permissionOf(item, keys[0]);
				const { roles, expirationDateTime } = (call.body ?? {}) as Partial<StoredPermission>;
				if (roles !== undefined) {
					if (permission.link) throw invalid('The roles of a link can not be changed.');
					permission.roles = roles;
				}
				if (expirationDateTime !== undefined) permission.expirationDateTime = expirationDateTime;
				return { status: 200, json: view(permission) };
			},
		}),
		...forEachItem(service, {
			method: 'DELETE',
			tail: 'permissions/*',
			access: driveWrite,
			handle: (_call, { item, keys }) => {
				const permission = permissionOf(item, keys[0]);
				item.permissions = item.permissions.filter((each) => each !== permission);
				return { status: 204 };
			},
		}),
		{
			method: 'GET',
			path: 'shares/*/driveItem',
			access: driveRead,
			handle: (call) => {
				const { drive, item } = shared(service, call);
				return {
					status: 200,
					json: selectFrom(service.itemView(drive, item), call.target.query),
				};
			},
		},
	];
}

function createLink(
	drive: Drive,
	item: StoredDriveItem,
	{
		type = 'view',
		scope = 'organization',
		password,
		expirationDateTime,
		recipients,
	}: LinkParameters,
): { permission: StoredPermission; isNew: boolean } {
	if (!['view', 'edit'].includes(type))
		throw invalid(`The link type '${type}' is not supported here.`);
	if (!['anonymous', 'organization', 'users'].includes(scope))
		throw invalid('The scope is not known.');
	const existing = item.permissions.find(
		({ link, hasPassword }) =>
			link?.type === type && link.scope === scope && hasPassword === (password !== undefined),
	);
	if (existing && scope !== 'users') {
		if (expirationDateTime !== undefined) existing.expirationDateTime = expirationDateTime;
		return { permission: existing, isNew: false };
	}
	const { origin } = new URL(drive.options.webUrl);
	const letter = item.isFolder ? 'f' : 'b';
	const permission: StoredPermission = {
		id: randomUUID(),
		roles: [type === 'edit' ? 'write' : 'read'],
		link: { type, scope, webUrl: `${origin}/:${letter}:/g/E${randomUUID().replaceAll('-', '')}` },
		grantedTo: (recipients ?? []).flatMap(({ email }) => (email === undefined ? [] : [email])),
		hasPassword: password !== undefined,
		...(expirationDateTime !== undefined && { expirationDateTime }),
	};
	item.permissions.push(permission);
	return { permission, isNew: true };
}

function invite(
	item: StoredDriveItem,
	{ recipients = [], roles = [], password, expirationDateTime }: InviteParameters,
): StoredPermission[] {
	if (recipients.length === 0 || roles.length === 0) {
		throw invalid('Recipients and roles must be given.');
	}
	return recipients.map(({ email }) => {
		if (!email?.includes('@')) throw invalid('A recipient has no address.');
		const permission: StoredPermission = {
			id: randomUUID(),
			roles: [...roles],
			grantedTo: [email],
			hasPassword: password !== undefined,
			...(expirationDateTime !== undefined && { expirationDateTime }),
		};
		item.permissions.push(permission);
		return permission;
	});
}

function permissionOf(item: StoredDriveItem, id: string | undefined): StoredPermission {
	const found = item.permissions.find((permission) => permission.id === id);
	if (found === undefined) throw notFound('The permission was not found');
	return found;
}

/** By a sharing link or the web address of an item. */
function shared(
	service: DriveService,
	call: GraphCall,
): { readonly drive: Drive; readonly item: StoredDriveItem } {
	const key = call.keys[0] ?? '';
	if (!key.startsWith('u!')) throw invalid('The sharing token is not valid.');
	const address = new URL(Buffer.from(key.slice(2), 'base64url').toString('utf8'));
	const wanted = comparable(address.href);
	for (const drive of service.drives) {
		for (const item of drive.items.values()) {
			const link = item.permissions.find((each) => comparable(each.link?.webUrl) === wanted);
			if (link) {
				const { expirationDateTime } = link;
				if (
					expirationDateTime !== undefined &&
					Date.parse(expirationDateTime) <= service.clock.now()
				) {
					throw denied('The sharing link has expired');
				}
				return { drive, item };
			}
			if (comparable(webUrlOf(drive, item)) === wanted) {
				service.requireOpen(call, drive, item);
				return { drive, item };
			}
		}
	}
	throw notFound('The sharing link no longer exists, or you do not have permission to access it.');
}

function comparable(address: string | undefined): string {
	if (address === undefined || !URL.canParse(address)) return '';
	const { host, pathname } = new URL(address);
	return `${host}${decodeURIComponent(pathname)}`.replace(/\/$/, '').toLowerCase();
}
