import type { Access, GraphAnswer, GraphCall, Route } from '../server/call';
import type { Drive } from './drive';
import { namesOf } from './drive';
import { invalid, notFound } from './refusals';
import type { Addressed, DriveService, Opened } from './service';

interface DrivePrefix {
	readonly path: string;
	readonly keyCount: number;
	readonly open: (service: DriveService, call: GraphCall) => Drive;
}

/** The ways to a drive. */
export const drivePrefixes: readonly DrivePrefix[] = [
	{
		path: 'mailbox/drive',
		keyCount: 0,
		open: (service, { owner }) => {
			if (owner === undefined) throw notFound();
			return service.driveOfUser(owner);
		},
	},
	{ path: 'drives/*', keyCount: 1, open: (service, { keys }) => service.driveById(keys[0] ?? '') },
	{
		path: 'sites/*/drive',
		keyCount: 1,
		open: (service, call) => service.driveById(siteOf(service, call, 1).documents.driveId),
	},
	{
		path: 'sites/*/:/drive',
		keyCount: 2,
		open: (service, call) => service.driveById(siteOf(service, call, 2).documents.driveId),
	},
	{
		path: 'groups/*/drive',
		keyCount: 1,
		open: (service, { keys }) => service.documentsOf(service.group(keys[0] ?? '').siteName),
	},
];

function siteOf(service: DriveService, { keys }: GraphCall, keyCount: number) {
	return service.sites.sharePoint.site(keys[0] ?? '', keyCount === 2 ? keys[1] : undefined);
}

/** And from a drive to an item: keys are the id, the path or both. */
const itemForms = [
	{ path: 'root', keyCount: 0, hasId: false, hasPath: false },
	{ path: 'root/:', keyCount: 1, hasId: false, hasPath: true },
	{ path: 'items/*', keyCount: 1, hasId: true, hasPath: false },
	{ path: 'items/*/:', keyCount: 2, hasId: true, hasPath: true },
] as const;

interface DriveRoute<Target> {
	readonly method: Route['method'];
	/** After the drive or item; empty for itself. */
	readonly tail: string;
	readonly access: Access;
	readonly handle: (call: GraphCall, target: Target) => GraphAnswer;
}

const joined = (...parts: readonly string[]): string =>
	parts.filter((part) => part !== '').join('/');

/** Routes to a drive, by every way to it. */
export function forEachDrive(
	service: DriveService,
	route: DriveRoute<{ readonly drive: Drive; readonly keys: readonly string[] }>,
): Route[] {
	const { method, access, handle } = route;
	return drivePrefixes.map((prefix) => ({
		method,
		path: joined(prefix.path, route.tail),
		access,
		handle: (call) => {
			const drive = prefix.open(service, call);
			service.requireOpen(call, drive);
			return handle(call, { drive, keys: call.keys.slice(prefix.keyCount) });
		},
	}));
}

/** Routes to an item that is there. */
export function forEachItem(service: DriveService, route: DriveRoute<Opened>): Route[] {
	return forEachAddress(service, {
		...route,
		handle: (call, { drive, from, names, keys }) => {
			const item = drive.byPath(from, names.join('/'));
			service.requireOpen(call, drive, item);
			return route.handle(call, { drive, item, keys });
		},
	});
}

/** Routes to an item that need not be there. */
export function forEachAddress(
	service: DriveService,
	route: DriveRoute<Addressed & { readonly keys: readonly string[] }>,
): Route[] {
	const { method, access, handle } = route;
	return drivePrefixes.flatMap((prefix) =>
		itemForms.map((form): Route => ({
			method,
			path: joined(prefix.path, form.path, route.tail),
			access,
			handle: (call) => {
				const drive = prefix.open(service, call);
				const keys = call.keys.slice(prefix.keyCount);
				const from = form.hasId ? drive.item(keys[0] ?? '') : drive.root;
				const names = form.hasPath ? namesOf(keys[form.hasId ? 1 : 0] ?? '') : [];
				return handle(call, { drive, from, names, keys: keys.slice(form.keyCount) });
			},
		})),
	);
}

const behaviours = ['fail', 'replace', 'rename'] as const;

/** From the query, or from a body. @throws {RefusedError} */
export function conflictOf(
	call: GraphCall,
	body: unknown,
	otherwise: (typeof behaviours)[number],
): (typeof behaviours)[number] {
	const name = '@microsoft.graph.conflictBehavior';
	const given =
		call.target.query.custom[name] ?? ((body ?? {}) as Readonly<Record<string, unknown>>)[name];
	if (given === undefined) return otherwise;
	const known = behaviours.find((each) => each === given);
	if (known === undefined) throw invalid('The conflict behavior is not known.');
	return known;
}
