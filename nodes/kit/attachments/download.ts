import type { Attachment } from '@microsoft/microsoft-graph-types';
import type { IBinaryKeyData } from 'n8n-workflow';
import { type GraphPath, path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import type { BinaryAccess } from '../binary';
import { type CloudLink, cloudLinks } from './cloudLinks';

/** Attachments without their content. A type cast can't be selected beside `$value`, so all of the metadata is read. */
export async function attachmentsOf(graph: GraphClient, owner: GraphPath): Promise<Attachment[]> {
	const attachments: Attachment[] = [];
	const pages = graph.pages<Attachment>(
		{
			method: 'GET',
			path: path`${owner}/attachments`,
			query: { $select: 'id,name,contentType,size,isInline,lastModifiedDateTime' },
		},
		{ pageSize: 100 },
	);
	for await (const page of pages) attachments.push(...page);
	return attachments;
}

export type AttachmentKind = 'file' | 'message' | 'link';

/** A file, an Outlook item (a message, event or contact), or a link to a file in the cloud. */
export function kindOf(attachment: Attachment): AttachmentKind {
	const type = (attachment as { '@odata.type'?: string })['@odata.type'];
	if (type === '#microsoft.graph.itemAttachment') return 'message';
	return type === '#microsoft.graph.referenceAttachment' ? 'link' : 'file';
}

export interface DownloadOptions {
	/** E.g. `*.pdf`; any of them must fit the name. Default: all names. */
	readonly namePatterns?: readonly string[];
	/** E.g. `application/pdf` or `image/*`; any of them must fit. Default: all types. */
	readonly contentTypes?: readonly string[];
	/** 1 KB is 1,024 bytes, as Graph reports them. */
	readonly minKilobytes?: number;
	readonly maxKilobytes?: number;
	/** Also what is shown in the text, such as logos in signatures. */
	readonly includeInline?: boolean;
	/** Of the binary fields, which are numbered from 0. Default: `data_`. */
	readonly fieldPrefix?: string;
}

export interface Downloaded {
	readonly attachments: Array<Record<string, unknown>>;
	readonly binary: IBinaryKeyData;
	/** Files in the cloud that were attached as links, which hold no content themselves. */
	readonly links: CloudLink[];
}

/** Stores the attachments of a message or an event as binary fields, one after the other, each streamed. */
export async function downloadAttachments(
	{ graph, binary }: { readonly graph: GraphClient; readonly binary: BinaryAccess },
	owner: GraphPath,
	options: DownloadOptions,
): Promise<Downloaded> {
	const { fieldPrefix = 'data_', includeInline = false } = options;
	const fits = filterFor(options);
	const wanted = (await attachmentsOf(graph, owner)).filter(
		(attachment) => (includeInline || !attachment.isInline) && fits(attachment),
	);
	const links = wanted.filter((attachment) => kindOf(attachment) === 'link');
	const result: Downloaded = {
		attachments: [],
		binary: {},
		links: await cloudLinks(
			graph,
			owner,
			links.map(({ name }) => name ?? ''),
		),
	};
	for (const attachment of wanted) {
		if (kindOf(attachment) === 'link') continue;
		const field = `${fieldPrefix}${result.attachments.length}`;
		const fileName = fileNameOf(attachment);
		const { body } = await graph.stream({
			method: 'GET',
			path: path`${owner}/attachments/${attachment.id ?? ''}/$value`,
		});
		result.binary[field] = await binary.store(body, fileName, contentTypeOf(attachment));
		const { id, size, isInline } = attachment;
		result.attachments.push({ id, name: fileName, size, isInline, field });
	}
	return result;
}

/** An attached Outlook item comes as MIME, and its name is a subject. */
export function fileNameOf(attachment: Attachment): string {
	if (kindOf(attachment) === 'message') return emlFileName(attachment.name);
	return attachment.name || 'attachment';
}

/** A file name for a message as MIME. */
export function emlFileName(subject: string | null | undefined): string {
	const name = (subject ?? '').replaceAll(/[\s\\/:*?"<>|\u0000-\u001f]+/g, ' ').trim();
	return /\.eml$/i.test(name) ? name : `${name.slice(0, 120).trim() || 'message'}.eml`;
}

export function contentTypeOf(attachment: Attachment): string {
	if (kindOf(attachment) === 'message') return 'message/rfc822';
	return attachment.contentType ?? 'application/octet-stream';
}

function filterFor(options: DownloadOptions): (attachment: Attachment) => boolean {
	const { namePatterns = [], contentTypes = [], minKilobytes = 0 } = options;
	const { maxKilobytes = Infinity } = options;
	const nameFits = fitting(namePatterns);
	const typeFits = fitting(contentTypes);
	return (attachment) => {
		const kilobytes = (attachment.size ?? 0) / 1024;
		return (
			nameFits(attachment.name ?? '') &&
			typeFits(contentTypeOf(attachment)) &&
			kilobytes >= minKilobytes &&
			kilobytes <= maxKilobytes
		);
	};
}

/** Whether a text fits any of some patterns with `*` and `?`; none stands for all texts. */
export function fitting(patterns: readonly string[]): (text: string) => boolean {
	const expressions = patterns.map((pattern) => {
		const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&');
		return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
	});
	return (text) => expressions.length === 0 || expressions.some((fits) => fits.test(text));
}
