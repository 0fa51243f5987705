import type { Clock } from '../../clock';
import type { SandboxDirectory, SandboxUser } from '../../directory';
import type { Announce } from '../changes';
import { RefusedError } from '../refused';
import { findUser, signedInUser } from '../server/authorize';
import type { GraphAnswer, GraphCall, GraphService, IncomingCall } from '../server/call';
import { holdsSelectedOnly } from '../sharepoint/access';
import type { SharePointService } from '../sharepoint/service';
import type { SandboxSite } from '../sharepoint/sites';
import { readFields } from '../sharepoint/values';
import { ContentStore } from './content';
import { Downloads } from './downloads';
import { Drive, namesOf } from './drive';
import { Jobs } from './jobs';
import { fieldsView, itemView, type ViewContext } from './itemView';
import { denied, notFound } from './refusals';
import { contentRoutes } from './routes/content';
import { copyRoutes } from './routes/copying';
import { driveRoutes } from './routes/drives';
import { itemRoutes } from './routes/items';
import { sharingRoutes } from './routes/sharing';
import { teamRoutes } from './routes/teams';
import { versionRoutes } from './routes/versions';
import { personalDrive, sandboxGroups, siteDrives, type SandboxGroup } from './seeds';
import type { StoredDriveItem } from './types';
import { DriveUploads } from './uploadSessions';

/** What a path below a drive names. */
export interface Opened {
	readonly drive: Drive;
	readonly item: StoredDriveItem;
	/** Of the routes' own, after those of the drive and the item. */
	readonly keys: readonly string[];
}

/** What a path names that need not be there yet: the nearest folder that is, and names below. */
export interface Addressed {
	readonly drive: Drive;
	readonly from: StoredDriveItem;
	readonly names: readonly string[];
}

/** OneDrive, libraries and the files of teams behind Graph. */
export class DriveService implements GraphService {
	readonly content = new ContentStore();
	readonly uploads = new DriveUploads();
	readonly jobs = new Jobs();
	readonly downloads = new Downloads();
	readonly routes: GraphService['routes'];
	/** Known once the host of pre-authorised addresses listens. */
	publicOrigin = '';
	readonly #drives = new Map<string, Drive>();
	/** In epochs, so that tokens from before a reset are not known. */
	#resets = 0;

	constructor(
		readonly clock: Clock,
		readonly directory: SandboxDirectory,
		readonly sites: SharePointService,
		readonly announce?: Announce,
	) {
		this.routes = [
			...driveRoutes(this),
			...itemRoutes(this),
			...contentRoutes(this),
			...copyRoutes(this),
			...sharingRoutes(this),
			...versionRoutes(this),
			...teamRoutes(this),
		];
		this.reset();
	}

	get drives(): readonly Drive[] {
		return [...this.#drives.values()];
	}

	get view(): ViewContext {
		return {
			directory: this.directory,
			publicOrigin: this.publicOrigin,
			downloadUrl: (drive, item) => this.downloads.url(this.publicOrigin, drive, item),
		};
	}

	/** @throws {RefusedError} 404 */
	driveById(id: string): Drive {
		const found = this.#drives.get(id);
		if (found === undefined) throw notFound('The drive was not found');
		return found;
	}

	driveOfUser(user: SandboxUser): Drive {
		const found = this.drives.find(({ options }) => options.owner?.id === user.id);
		if (found === undefined) throw notFound("The user's OneDrive was not found");
		return found;
	}

	drivesOfSite(site: SandboxSite): Drive[] {
		return this.drives.filter(({ options }) => options.site?.id === site.id);
	}

	documentsOf(siteName: string): Drive {
		const site = this.sites.sharePoint.sites.find(({ name }) => name === siteName);
		if (site === undefined) throw notFound('Requested site could not be found');
		return this.driveById(site.documents.driveId);
	}

	/** @throws {RefusedError} 404 */
	group(id: string): SandboxGroup {
		const found = sandboxGroups.find((each) => each.id === id);
		if (found === undefined) {
			throw new RefusedError(
				404,
				'Request_ResourceNotFound',
				`Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
			);
		}
		return found;
	}

	/** Who calls: a principal name, or the app. */
	nameOf(call: GraphCall): string {
		return signedInUser(this.directory, call.caller)?.userPrincipalName ?? 'SharePoint App';
	}

	/** @throws {RefusedError} 403 for somebody else's OneDrive that nothing of is shared */
	requireOpen(call: GraphCall, drive: Drive, item?: StoredDriveItem): void {
		const { owner, site } = drive.options;
		if (holdsSelectedOnly(call.caller)) {
			if (site === undefined || !this.sites.sharePoint.grants.has(site.id)) throw denied();
			return;
		}
		const user = signedInUser(this.directory, call.caller);
		if (owner === undefined || user === undefined || owner.id === user.id) return;
		const shared = item ? this.#withParents(drive, item) : drive.descendants(drive.root);
		const isShared = shared.some(({ permissions }) =>
			permissions.some(
				({ grantedTo, link }) =>
					grantedTo.includes(user.userPrincipalName) || (link && link.scope !== 'users'),
			),
		);
		if (!isShared) throw denied();
	}

	/** An item with what is above it, whose permissions it inherits. */
	#withParents(drive: Drive, item: StoredDriveItem): StoredDriveItem[] {
		const { parentId } = item;
		return parentId === undefined
			? [item]
			: [item, ...this.#withParents(drive, drive.item(parentId))];
	}

	itemView(drive: Drive, item: StoredDriveItem): ReturnType<typeof itemView> {
		return itemView(this.view, drive, item);
	}

	/** @throws {RefusedError} for whatever the library refuses */
	writeFields(call: GraphCall, drive: Drive, item: StoredDriveItem): ReturnType<typeof fieldsView> {
		const { site, list } = drive.options;
		if (site === undefined || list === undefined) throw notFound();
		drive.requireUnlocked(item, this.nameOf(call));
		const { sharePoint } = this.sites;
		const changes = readFields(list, call.body, {
			isNew: false,
			canWriteLinks: (call.headers.prefer ?? '').includes('apiversion=2.1'),
			exists: (listId, id) =>
				listId === 'users'
					? sharePoint.people(site).items.has(id)
					: sharePoint.list(site, listId).items.has(id),
		});
		item.fields = { ...item.fields, ...changes };
		drive.touch(item, this.nameOf(call));
		return fieldsView(drive, item);
	}

	/** What is sent to pre-authorised addresses; `undefined` for those of others. */
	answerPublic(incoming: IncomingCall): GraphAnswer | undefined {
		const [, kind, token = ''] =
			/^\/drive\/(uploads|downloads|thumbnails|monitor)\/([^/?]+)/.exec(incoming.url) ?? [];
		if (kind === undefined) return undefined;
		try {
			if (incoming.headers.authorization !== undefined) {
				throw new RefusedError(
					401,
					'unauthenticated',
					'The URL is pre-authenticated: an Authorization header must not be sent.',
				);
			}
			if (kind === 'monitor') return this.jobs.answer(token);
			if (kind === 'uploads') {
				return this.uploads.answer(token, incoming, (drive, item) => this.itemView(drive, item));
			}
			return this.downloads.answer(token, incoming);
		} catch (error) {
			if (!(error instanceof RefusedError)) throw error;
			const { status, headers, code, message } = error;
			return { status, headers, json: { error: { code, message } } };
		}
	}

	/** Puts a file where somebody else would; folders on the way are made. */
	put(
		driveId: string,
		path: string,
		bytes: Buffer,
		by: string,
		mimeType = 'text/plain',
	): StoredDriveItem {
		const drive = this.driveById(driveId);
		const names = namesOf(path);
		const parent = drive.ensureFolder(drive.root, names.slice(0, -1), by);
		const file = { content: this.content.write(bytes), mimeType };
		return drive.putFile(parent, names.at(-1) ?? '', file, { conflict: 'replace', by }).item;
	}

	/** A user's key, or nothing where there is none. */
	user(key: string): SandboxUser | undefined {
		return findUser(this.directory, key);
	}

	/** Back to what the tenant starts with. Sites are reset before. */
	reset(): void {
		this.#drives.clear();
		this.#resets += 1_000;
		this.content.clear();
		this.uploads.clear();
		this.jobs.clear();
		this.downloads.clear();
		const { sharePoint } = this.sites;
		const options = [
			...this.directory.users
				.filter(({ isSharedMailbox }) => !isSharedMailbox)
				.map((user) => personalDrive(user, sharePoint.host)),
			...sharePoint.sites.flatMap((site) => siteDrives(sharePoint, site)),
		];
		for (const each of options) {
			const drive = new Drive(each, this.clock, this.content, this.announce);
			drive.epoch = this.#resets;
			this.#drives.set(each.id, drive);
		}
	}
}
