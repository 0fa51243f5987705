import type { ChangeType } from '../changes';
import type { CalendarService } from '../calendar/service';
import type { DriveService } from '../drive/service';
import type { MailService } from '../mail/service';
import { badRequest, RefusedError } from '../refused';
import { findUser, requireAccess, requireSignedIn } from '../server/authorize';
import type { Access, GraphCall } from '../server/call';
import { ownerKey, shapeOf } from '../server/router';
import type { SharePointService } from '../sharepoint/service';
import type { Watched } from './types';

/** The stores in which a resource has to be. */
export interface WatchedStores {
	readonly mail: MailService;
	readonly calendars: CalendarService;
	readonly drives: DriveService;
	readonly sites: SharePointService;
}

/** What may be watched, for how long and by whom; sources: "subscription resource type", "Create subscription". */
interface Kind {
	readonly changeTypes: readonly ChangeType[];
	readonly largestMinutes: number;
	readonly access: Access;
}

const outlook = {
	changeTypes: ['created', 'updated', 'deleted'],
	largestMinutes: 10_080,
} as const;

export const watchedKinds: Readonly<Record<Watched['kind'], Kind>> = {
	message: {
		...outlook,
		// No `.Shared` permission lets anybody subscribe: delegated means the own mailbox.
		access: {
			delegated: ['Mail.ReadBasic', 'Mail.Read', 'Mail.ReadWrite'],
			application: ['Mail.ReadBasic', 'Mail.ReadBasic.All', 'Mail.Read', 'Mail.ReadWrite'],
		},
	},
	event: {
		...outlook,
		access: {
			delegated: ['Calendars.ReadBasic', 'Calendars.Read', 'Calendars.ReadWrite'],
			application: [
				'Calendars.ReadBasic',
				'Calendars.ReadBasic.All',
				'Calendars.Read',
				'Calendars.ReadWrite',
			],
		},
	},
	drive: {
		changeTypes: ['updated'],
		largestMinutes: 42_300,
		access: {
			delegated: ['Files.ReadWrite.All', 'Sites.ReadWrite.All'],
			application: ['Files.ReadWrite.All', 'Sites.ReadWrite.All'],
		},
	},
	list: {
		changeTypes: ['updated'],
		largestMinutes: 42_300,
		access: { delegated: ['Sites.ReadWrite.All'], application: ['Sites.ReadWrite.All'] },
	},
};

/**
 * Finds what a `resource` names, for somebody who may watch it.
 *
 * @throws {RefusedError} 400 for what can't be watched, 403 without the right, 404 if it isn't there
 */
export function readResource(call: GraphCall, stores: WatchedStores, resource: string): Watched {
	const verdict = call.context.surface.check({
		method: 'GET',
		url: `/v1.0/${resource.replace(/^\/+/, '')}`,
	});
	if (!verdict.ok) throw verdict.error;
	const { target } = verdict;
	const { template, keys } = shapeOf(target);
	const owner = ownerOf(call, ownerKey(target));
	const scope = { ...call, target, keys, owner };
	const rule = rules.find(({ path }) => path.test(template));
	if (rule === undefined) {
		throw badRequest(
			`The resource '${resource}' is not supported for subscriptions.`,
			'InvalidRequest',
		);
	}
	const { delegated, application } = watchedKinds[rule.kind].access;
	if (rule.kind === 'message' || rule.kind === 'event') {
		try {
			requireAccess(call.context.directory, call.caller, { delegated, application }, owner);
		} catch (error) {
			if (error instanceof RefusedError && error.status === 403) throw forbidden();
			throw error;
		}
	} else {
		const access = { delegated, shared: delegated, isDirectoryData: true as const, application };
		requireAccess(call.context.directory, call.caller, access, owner);
	}
	return rule.read(scope, stores);
}

interface Rule {
	/** Of the path with `*` for keys. */
	readonly path: RegExp;
	readonly kind: Watched['kind'];
	readonly read: (call: GraphCall, stores: WatchedStores) => Watched;
}

const rules: readonly Rule[] = [
	{
		path: /^mailbox\/(mailFolders\/\*\/)?messages$/,
		kind: 'message',
		read: (call, { mail }) => {
			const mailbox = mail.open(call);
			const [folder] = call.keys;
			return {
				kind: 'message',
				ownerId: mailbox.owner.id,
				...(folder !== undefined && { container: mailbox.folder(folder).serial }),
				...filterOf(call),
			};
		},
	},
	{
		path: /^mailbox\/(calendar\/|calendars\/\*\/)?events$/,
		kind: 'event',
		read: (call, { calendars }) => {
			const isWhole = !call.target.segments.some(
				(segment) => segment.kind === 'member' && /^calendars?$/.test(segment.name),
			);
			const { box, calendar } = calendars.openCalendar(call, call.keys[0]);
			return {
				kind: 'event',
				ownerId: box.owner.id,
				...(!isWhole && { container: calendar.serial }),
				...filterOf(call),
			};
		},
	},
	{
		path: /^(mailbox|sites\/\*|groups\/\*)\/drive\/root$|^(mailbox\/)?drives\/\*\/root$/,
		kind: 'drive',
		read: (call, { drives }) => {
			const drive = driveAt(call, drives);
			drives.requireOpen(call, drive);
			return { kind: 'drive', id: drive.id };
		},
	},
	{
		path: /^sites\/\*\/lists\/\*$/,
		kind: 'list',
		read: (call, { sites }) => ({ kind: 'list', id: sites.openList(call).id }),
	},
];

function driveAt(call: GraphCall, drives: DriveService): ReturnType<DriveService['driveById']> {
	const [root] = call.target.segments;
	const isByKey = call.target.segments.some(
		(segment) => segment.kind === 'member' && segment.name === 'drives',
	);
	if (isByKey) return drives.driveById(call.keys[0] ?? '');
	if (call.owner !== undefined) return drives.driveOfUser(call.owner);
	if (root?.kind === 'member' && root.name === 'groups') {
		return drives.documentsOf(drives.group(call.keys[0] ?? '').siteName);
	}
	return drives.driveById(drives.sites.open(call).documents.driveId);
}

function filterOf({ target: { query } }: GraphCall): Pick<Watched & { kind: 'event' }, 'filter'> {
	if (query.select !== undefined) {
		throw badRequest(
			'$select is only supported for subscriptions with resource data.',
			'InvalidRequest',
		);
	}
	return query.filter === undefined ? {} : { filter: query.filter };
}

function ownerOf(call: GraphCall, key: ReturnType<typeof ownerKey>): GraphCall['owner'] {
	const { directory } = call.context;
	if (key === undefined) return undefined;
	if (key === 'me') return requireSignedIn(directory, call.caller);
	const user = findUser(directory, key.key);
	if (user === undefined) {
		throw new RefusedError(
			404,
			'ResourceNotFound',
			`Resource '${key.key}' does not exist or one of its queried reference-property objects are not present.`,
		);
	}
	return user;
}

/** Seen for other people's mailboxes under delegated permissions. */
function forbidden(): RefusedError {
	return new RefusedError(
		403,
		'ExtensionError',
		'Operation: Create; Exception: [Status Code: Forbidden; Reason: Access is denied. Check credentials and try again.]',
	);
}
