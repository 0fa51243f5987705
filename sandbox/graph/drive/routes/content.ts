import { RefusedError } from '../../refused';
import type { GraphCall, Route } from '../../server/call';
import { driveRead, driveWrite } from '../access';
import { conflictOf, forEachAddress, forEachItem } from '../addressing';
import { simplePdf, tinyJpeg } from '../conversions';
import type { Drive } from '../drive';
import { invalid, notFound, notSupported } from '../refusals';
import type { DriveService } from '../service';
import type { StoredDriveItem } from '../types';
import { mimeTypeOf } from '../uploadSessions';

/** learn.microsoft.com/graph/api/driveitem-get-content-format */
const convertible: Readonly<Record<string, RegExp>> = {
	pdf: /\.(csv|docx?|odp|ods|odt|pot[mx]?|pps|ppsxm?|ppt[mx]?|rtf|xlsx?)$/i,
	html: /\.(loop|fluid|wbtx|whiteboard)$/i,
	jpg: /\.(png|jpe?g|gif|bmp|heic|tiff?|mp4|mov|glb|stl|pdf)$/i,
};

export function contentRoutes(service: DriveService): Route[] {
	return [
		...forEachItem(service, {
			method: 'GET',
			tail: 'content',
			access: driveRead,
			handle: (call, { drive, item }) => {
				if (item.isFolder) throw notSupported('A folder has no content.');
				// OData would take it for its own `$format`.
				const format = new URL(call.origin + call.url).searchParams.get('format');
				const location =
					format === null
						? service.downloads.url(service.publicOrigin, drive, item)
						: converted(service, item, format);
				return { status: 302, headers: { Location: location } };
			},
		}),
		...forEachAddress(service, {
			method: 'PUT',
			tail: 'content',
			access: driveWrite,
			handle: (call, { drive, from, names }) => {
				service.requireOpen(call, drive, from);
				const by = service.nameOf(call);
				const content = drive.content.write(call.bytes);
				const [target, name] = targetOf(drive, from, names, by);
				if (name === undefined) {
					if (target.isFolder) throw invalid('A folder has no content.');
					drive.addVersion(target, content, by);
					return { status: 200, json: service.itemView(drive, target) };
				}
				const file = { content, mimeType: mimeTypeOf(name) };
				const conflict = conflictOf(call, undefined, 'replace');
				const { item, isNew } = drive.putFile(target, name, file, { conflict, by });
				return { status: isNew ? 201 : 200, json: service.itemView(drive, item) };
			},
		}),
		...forEachAddress(service, {
			method: 'POST',
			tail: 'createUploadSession',
			access: driveWrite,
			handle: (call, { drive, from, names }) => {
				service.requireOpen(call, drive, from);
				const { item = {} } = (call.body ?? {}) as { item?: Readonly<Record<string, unknown>> };
				const by = service.nameOf(call);
				const [target, name] = targetOf(drive, from, names, by);
				const parent = name === undefined ? drive.item(target.parentId ?? '') : target;
				const session = {
					drive,
					parent,
					name: typeof item['name'] === 'string' ? item['name'] : (name ?? target.name),
					conflict: conflictOf(call, item, name === undefined ? 'replace' : 'fail'),
					by,
				};
				if (session.conflict === 'fail' && drive.child(parent, session.name)) {
					throw new RefusedError(
						409,
						'nameAlreadyExists',
						'The specified item name already exists.',
					);
				}
				return { status: 200, json: service.uploads.create(service.publicOrigin, session) };
			},
		}),
		...(['small', 'medium', 'large'] as const).flatMap((size) =>
			forEachItem(service, {
				method: 'GET',
				tail: `thumbnails/*/${size}/content`,
				access: driveRead,
				handle: (_call, { item }) => {
					if (!hasThumbnail(item)) throw notFound();
					return { status: 302, headers: { Location: picture(service, item) } };
				},
			}),
		),
		...forEachItem(service, {
			method: 'GET',
			tail: 'thumbnails',
			access: driveRead,
			handle: (_call, { item }) => {
				const sizes = { large: 800, medium: 176, small: 96 };
				const set = {
					id: '0',
					...Object.fromEntries(
						Object.entries(sizes).map(([name, width]) => [
							name,
							{ height: Math.round(width * 0.75), width, url: picture(service, item) },
						]),
					),
				};
				return { status: 200, json: { value: hasThumbnail(item) ? [set] : [] } };
			},
		}),
		...forEachItem(service, {
			method: 'POST',
			tail: 'preview',
			access: driveRead,
			handle: (_call, { drive, item }) => {
				if (item.isFolder) throw notSupported('A folder has no preview.');
				const getUrl = `${drive.options.webUrl}/_layouts/15/embed.aspx?UniqueId=${item.guid}&access_token=preview`;
				return { status: 200, json: { getUrl, postParameters: null, postUrl: null } };
			},
		}),
		...(['checkout', 'checkin', 'discardCheckout'] as const).flatMap((action) =>
			forEachItem(service, {
				method: 'POST',
				tail: action,
				access: driveWrite,
				handle: (call, { drive, item }) => {
					checkInOrOut(service, call, drive, item, action);
					return { status: 204 };
				},
			}),
		),
	];
}

/** The item itself, or a folder that is there and the name of what is to be in it. */
function targetOf(
	drive: Drive,
	from: StoredDriveItem,
	names: readonly string[],
	by: string,
): [StoredDriveItem, string | undefined] {
	const name = names.at(-1);
	if (name === undefined) return [from, undefined];
	return [drive.ensureFolder(from, names.slice(0, -1), by), name];
}

function converted(service: DriveService, item: StoredDriveItem, format: string): string {
	if (convertible[format]?.test(item.name) !== true) {
		throw notSupported(`The file can not be converted to ${format}.`);
	}
	const content = {
		pdf: () => simplePdf(`Converted from ${item.name}`),
		html: () => Buffer.from(`<p>Converted from ${item.name}</p>`),
		jpg: () => tinyJpeg,
	}[format as 'pdf' | 'html' | 'jpg']();
	const name = item.name.replace(/\.[^.]+$/, `.${format}`);
	return service.downloads.offer(service.publicOrigin, {
		content,
		name,
		mimeType: mimeTypeOf(name),
	});
}

const hasThumbnail = ({ name }: StoredDriveItem): boolean =>
	/\.(png|jpe?g|gif|pdf|docx|pptx|mp4)$/i.test(name);

function picture(service: DriveService, { name }: StoredDriveItem): string {
	const download = { content: tinyJpeg, mimeType: 'image/jpeg', name };
	return service.downloads.offer(service.publicOrigin, download, 'thumbnails');
}

function checkInOrOut(
	service: DriveService,
	call: GraphCall,
	drive: Drive,
	item: StoredDriveItem,
	action: 'checkout' | 'checkin' | 'discardCheckout',
): void {
	const by = service.nameOf(call);
	if (item.isFolder) throw invalid('A folder can not be checked out.');
	drive.requireUnlocked(item, by);
	if (action === 'checkout') {
		item.checkedOutBy = by;
	} else {
		if (item.checkedOutBy === undefined) throw invalid('The file is not checked out.');
		delete item.checkedOutBy;
	}
	drive.touch(item, by);
}
