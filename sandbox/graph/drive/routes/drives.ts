import { answerCollection, selectFrom, type CollectionRules } from '../../odata/collection';
import type { GraphCall, Route } from '../../server/call';
import { columnView } from '../../sharepoint/columns';
import { listView } from '../../sharepoint/views';
import { driveRead } from '../access';
import { forEachDrive } from '../addressing';
import type { Drive } from '../drive';
import { driveView } from '../itemView';
import { notFound } from '../refusals';
import type { DriveService } from '../service';

const rules: CollectionRules = { defaultPage: 200, largestPage: 1_000 };

export function driveRoutes(service: DriveService): Route[] {
	const list = (path: string, drivesOf: (call: GraphCall) => readonly Drive[]): Route => ({
		method: 'GET',
		path,
		access: driveRead,
		handle: (call) => {
			const items = drivesOf(call);
			for (const drive of items) service.requireOpen(call, drive);
			const view = (drive: Drive) => driveView(service.view, drive);
			return { status: 200, json: answerCollection(call, { items, view }, rules) };
		},
	});
	return [
		list('mailbox/drives', ({ owner }) => (owner ? [service.driveOfUser(owner)] : [])),
		list('sites/*/drives', (call) => service.drivesOfSite(service.sites.open(call))),
		list('groups/*/drives', ({ keys }) => {
			const { siteName } = service.group(keys[0] ?? '');
			const { site } = service.documentsOf(siteName).options;
			return site ? service.drivesOfSite(site) : [];
		}),
		...forEachDrive(service, {
			method: 'GET',
			tail: '',
			access: driveRead,
			handle: (call, { drive }) => ({
				status: 200,
				json: selectFrom(driveView(service.view, drive), call.target.query),
			}),
		}),
		...forEachDrive(service, {
			method: 'GET',
			tail: 'list',
			access: driveRead,
			handle: (call, { drive }) => {
				const { list: library, site } = drive.options;
				if (library === undefined || site === undefined) throw notFound();
				const isExpanded = call.target.query.expand?.some(({ path }) => path === 'columns');
				const json = {
					...selectFrom(listView(library, site), call.target.query),
					...(isExpanded === true && { columns: library.columns.map(columnView) }),
				};
				return { status: 200, json };
			},
		}),
	];
}
