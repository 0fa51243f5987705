import type { FileAttachment } from '@microsoft/microsoft-graph-types';
import { assertAvailable } from '../../../core/availability';
import type { CloudProfile } from '../../../core/clouds';
import { type GraphPath, path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import type { BinarySource } from '../binary';
import { ParameterError } from '../field';

const mebibyte = 1024 * 1024;
/** https://learn.microsoft.com/graph/outlook-large-attachments */
const sessionFromBytes = 3 * mebibyte;
const largestBytes = 150 * mebibyte;
/** A multiple of 320 KiB below 4 MB. */
const chunkBytes = 12 * 320 * 1024;
/** Of a request that holds a whole message; Exchange refuses 4 MB. */
const requestBytes = 3 * mebibyte;

export interface OutgoingAttachment {
	readonly source: BinarySource;
	/** Set where the body shows the file: what follows `cid:` there. */
	readonly contentId?: string;
}

interface AttachmentContext {
	/** Of the body, where it is HTML. */
	readonly html: string | undefined;
	readonly cloud: CloudProfile;
	/** Of the field that names the files. */
	readonly label: string;
}

/**
 * A file is shown in the text where the HTML has `cid:` with its field's or its file's name; any
 * other is a plain attachment, images too.
 *
 * @throws {ParameterError} for a file beyond what Exchange takes
 * @throws {UnavailableInCloudError} for one beyond what the cloud's Graph takes
 */
export function attachmentsFor(
	sources: readonly BinarySource[],
	{ html, cloud, label }: AttachmentContext,
): OutgoingAttachment[] {
	const contentIds = contentIdsIn(html ?? '');
	return sources.map((source) => {
		if (source.size >= sessionFromBytes) assertAvailable('attachment.createUploadSession', cloud);
		if (source.size > largestBytes) {
			throw new ParameterError(
				label,
				`"${source.fileName}" has ${Math.ceil(source.size / mebibyte)} MB; Exchange takes 150 MB`,
				'Upload it to OneDrive or SharePoint and send a link instead.',
			);
		}
		const contentId = [source.field, source.fileName].find((name) => contentIds.has(name));
		return { source, ...(contentId !== undefined && { contentId }) };
	});
}

/** What follows `cid:` in HTML: the names of the files that it shows. */
export function contentIdsIn(html: string): ReadonlySet<string> {
	const ids = new Set<string>();
	for (const [, raw = ''] of html.matchAll(/["'(]\s*cid:([^"')]+)/gi)) {
		ids.add(raw.trim());
		// A file name in a URL may be percent-encoded.
		if (/%[0-9a-f]{2}/i.test(raw)) ids.add(decoded(raw.trim()));
	}
	return ids;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** Whether a message with these attachments and a body of this length goes in one request. */
export function fitOneRequest(
	attachments: readonly OutgoingAttachment[],
	bodyBytes: number,
): boolean {
	const encodedBytes = attachments.reduce((sum, { source }) => sum + (source.size * 4) / 3, 0);
	return encodedBytes + bodyBytes < requestBytes;
}

/** The attachment as a part of a message's JSON. */
export async function inlineAttachment(attachment: OutgoingAttachment): Promise<FileAttachment> {
	const { source, contentId } = attachment;
	return {
		...({ '@odata.type': '#microsoft.graph.fileAttachment' } as object),
		name: source.fileName,
		contentType: source.mimeType,
		contentBytes: (await source.buffer()).toString('base64'),
		...(contentId !== undefined && { isInline: true, contentId }),
	};
}

/** Adds files to a message or an event: each in one request, or in an upload session where it is large. */
export async function attachFiles(
	graph: GraphClient,
	owner: GraphPath,
	attachments: readonly OutgoingAttachment[],
): Promise<void> {
	// One after the other: each changes the same owner, and parallel changes meet a conflict.
	for (const attachment of attachments) {
		if (attachment.source.size < sessionFromBytes) {
			await graph.request({
				method: 'POST',
				path: path`${owner}/attachments`,
				body: await inlineAttachment(attachment),
			});
		} else {
			await upload(graph, owner, attachment);
		}
	}
}

async function upload(
	graph: GraphClient,
	owner: GraphPath,
	{ source, contentId }: OutgoingAttachment,
): Promise<void> {
	const { fileName: name, mimeType: contentType, size } = source;
	await graph.upload(
		{
			method: 'POST',
			path: path`${owner}/attachments/createUploadSession`,
			body: {
				AttachmentItem: {
					attachmentType: 'file',
					name,
					size,
					contentType,
					...(contentId !== undefined && { isInline: true, contentId }),
				},
			},
			// An abandoned session leaves nothing behind.
			repeatable: true,
		},
		{ name, contentType, size, open: async (offset) => await source.open(offset) },
		{ chunkBytes },
	);
}
