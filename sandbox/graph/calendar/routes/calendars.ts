import { answerCollection, selectFrom, type CollectionRules } from '../../odata/collection';
import type { Entity } from '../../odata/evaluate';
import { badRequest, itemNotFound } from '../../refused';
import type { GraphCall, Route } from '../../server/call';
import { calendarRead, calendarReadBasic, calendarWrite, groupRead } from '../access';
import type { SharedCalendar } from '../calendarBox';
import { writeId } from '../ids';
import type { CalendarService } from '../service';
import type { StoredPermission } from '../types';

const calendarRules: CollectionRules = { defaultPage: 10, largestPage: 1000 };

const roles = [
	'none',
	'freeBusyRead',
	'limitedRead',
	'read',
	'write',
	'delegateWithoutPrivateEventAccess',
	'delegateWithPrivateEventAccess',
];
const editors = roles.slice(4);

export function calendarRoutes(hall: CalendarService): Route[] {
	return [
		{
			method: 'GET',
			path: 'mailbox/calendars',
			access: calendarReadBasic,
			handle: (call) => {
				const box = hall.open(call);
				const items = [
					...box.calendars.map((calendar) => ({ box, calendar })),
					...box.sharedWithMe,
				];
				const view = (each: SharedCalendar) => calendarView(hall, call, each);
				return { status: 200, json: answerCollection(call, { items, view }, calendarRules) };
			},
		},
		{
			method: 'POST',
			path: 'mailbox/calendars',
			access: calendarWrite,
			handle: (call) => {
				const box = hall.open(call);
				const { name, color } = call.body as { name?: string; color?: string };
				if (!name) throw badRequest('The name of the calendar is missing.', 'ErrorInvalidRequest');
				if (box.calendars.some((each) => each.name.toLowerCase() === name.toLowerCase())) {
					throw badRequest('A folder with the specified name already exists.', 'ErrorFolderExists');
				}
				const calendar = box.addCalendar({ name, ...(color && { color }) });
				return { status: 201, json: calendarView(hall, call, { box, calendar }) };
			},
		},
		{
			method: 'GET',
			path: 'groups/*/calendar',
			access: groupRead,
			handle: (call) => ({
				status: 200,
				json: calendarView(hall, call, hall.openCalendar(call, undefined)),
			}),
		},
		...['mailbox/calendar', 'mailbox/calendars/*'].flatMap((base) => oneCalendar(hall, base)),
	];
}

function oneCalendar(hall: CalendarService, base: string): Route[] {
	const locate = (call: GraphCall): SharedCalendar =>
		hall.openCalendar(call, base.endsWith('*') ? call.keys[0] : undefined);
	const permissionOf = (call: GraphCall): StoredPermission => {
		const id = call.keys.at(-1);
		const found = locate(call).calendar.permissions.find((each) => each.id === id);
		if (!found) throw itemNotFound();
		return found;
	};
	return [
		{
			method: 'GET',
			path: base,
			access: calendarReadBasic,
			handle: (call) => ({
				status: 200,
				json: selectFrom(calendarView(hall, call, locate(call)), call.target.query),
			}),
		},
		{
			method: 'PATCH',
			path: base,
			access: calendarWrite,
			handle: (call) => {
				const found = locate(call);
				const { name, color } = call.body as { name?: string; color?: string };
				if (name !== undefined) found.calendar.name = name;
				if (color !== undefined) found.calendar.color = color;
				return { status: 200, json: calendarView(hall, call, found) };
			},
		},
		{
			method: 'DELETE',
			path: base,
			access: calendarWrite,
			handle: (call) => {
				const { box, calendar } = locate(call);
				if (calendar.isDefault) {
					throw badRequest(
						'The default calendar can not be deleted.',
						'ErrorDeleteDistinguishedFolder',
					);
				}
				box.calendars.splice(box.calendars.indexOf(calendar), 1);
				for (const event of box.events.values()) {
					if (event.calendar === calendar.serial) box.removeEvent(event);
				}
				return { status: 204 };
			},
		},
		{
			method: 'GET',
			path: `${base}/calendarPermissions`,
			access: calendarRead,
			handle: (call) => {
				const { permissions } = locate(call).calendar;
				const source = { items: permissions, view: permissionView };
				return { status: 200, json: answerCollection(call, source, calendarRules) };
			},
		},
		{
			method: 'POST',
			path: `${base}/calendarPermissions`,
			access: calendarWrite,
			handle: (call) => ({
				status: 201,
				json: permissionView(shareWith(hall, locate(call), call.body)),
			}),
		},
		{
			method: 'PATCH',
			path: `${base}/calendarPermissions/*`,
			access: calendarWrite,
			handle: (call) => {
				const permission = permissionOf(call);
				permission.role = (call.body as { role?: string }).role ?? permission.role;
				return { status: 200, json: permissionView(permission) };
			},
		},
		{
			method: 'DELETE',
			path: `${base}/calendarPermissions/*`,
			access: calendarWrite,
			handle: (call) => {
				const { box, calendar } = locate(call);
				const permission = permissionOf(call);
				if (!permission.isRemovable) throw badRequest('The permission can not be removed.');
				calendar.permissions = calendar.permissions.filter((each) => each !== permission);
				const guest = hall.boxOf(permission.address);
				const place = guest?.sharedWithMe.findIndex((each) => each.calendar === calendar) ?? -1;
				if (guest && place >= 0) guest.sharedWithMe.splice(place, 1);
				void box;
				return { status: 204 };
			},
		},
	];
}

/** Within the tenant the calendar is among the other's at once, as after accepting the invitation. */
function shareWith(hall: CalendarService, shared: SharedCalendar, body: unknown): StoredPermission {
	const { emailAddress, role = 'read' } = body as {
		emailAddress?: { address?: string; name?: string };
		role?: string;
	};
	const address = emailAddress?.address ?? '';
	if (!address.includes('@'))
		throw badRequest('The email address is invalid.', 'ErrorInvalidRequest');
	const { box, calendar } = shared;
	if (calendar.permissions.some((each) => each.address.toLowerCase() === address.toLowerCase())) {
		throw badRequest('The calendar is shared with this person already.', 'ErrorInvalidRequest');
	}
	const guest = hall.boxOf(address);
	const permission: StoredPermission = {
		id: writeId('permission', box.number, calendar.serial, address),
		address,
		name: emailAddress?.name ?? guest?.owner.name ?? address,
		role,
		isRemovable: true,
	};
	calendar.permissions.push(permission);
	guest?.sharedWithMe.push(shared);
	return permission;
}

function permissionView({ id, address, name, role, isRemovable }: StoredPermission): Entity {
	return {
		id,
		isRemovable,
		isInsideOrganization: true,
		role,
		allowedRoles: roles,
		emailAddress: address === '' ? { name } : { name, address },
	};
}

function calendarView(
	hall: CalendarService,
	call: GraphCall,
	{ box, calendar }: SharedCalendar,
): Entity {
	const viewer = hall.open(call);
	const isOwn = viewer === box;
	const permission = calendar.permissions.find(
		({ address }) => address.toLowerCase() === viewer.owner.address.toLowerCase(),
	);
	const view: Entity = {
		id: box.calendarKey(calendar),
		name: calendar.name,
		color: calendar.color,
		hexColor: '',
		isDefaultCalendar: isOwn && calendar.isDefault,
		changeKey: Buffer.from(`K${calendar.serial}`).toString('base64'),
		canShare: isOwn,
		canViewPrivateItems: isOwn || permission?.role === 'delegateWithPrivateEventAccess',
		canEdit: isOwn || editors.includes(permission?.role ?? 'none'),
		isTallyingResponses: calendar.isDefault,
		isRemovable: !calendar.isDefault,
		allowedOnlineMeetingProviders: ['teamsForBusiness'],
		defaultOnlineMeetingProvider: 'teamsForBusiness',
		owner: { name: box.owner.name, address: box.owner.address },
	};
	const { types } = call.context.surface;
	return Object.fromEntries(
		Object.entries(view).filter(
			([name]) => types.member('microsoft.graph.calendar', name) !== undefined,
		),
	);
}
