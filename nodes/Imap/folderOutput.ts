import type { MailFolder } from '../../core/mail/folderTree';

/** What STATUS is asked for; the server leaves out what it doesn't know. */
export const statusQuery = {
	messages: true,
	unseen: true,
	uidNext: true,
	uidValidity: true,
	highestModseq: true,
} as const;

interface Status {
	readonly messages?: number | undefined;
	readonly unseen?: number | undefined;
	readonly uidNext?: number | undefined;
	readonly uidValidity?: bigint | undefined;
	readonly highestModseq?: bigint | undefined;
}

/** Counters of a folder. Those that can be above what JSON numbers hold are text. */
export function statusOutput(status: Status): Record<string, unknown> {
	const { messages, unseen, uidNext, uidValidity, highestModseq } = status;
	return {
		messages: messages ?? 0,
		unread: unseen ?? 0,
		uidNext: uidNext ?? null,
		uidValidity: uidValidity === undefined ? null : String(uidValidity),
		...(highestModseq !== undefined && { highestModseq: String(highestModseq) }),
	};
}

export function folderOutput(folder: MailFolder): Record<string, unknown> {
	const { path, name, parentPath, delimiter, displayPath, purpose } = folder;
	return {
		path,
		name,
		parentPath,
		displayPath,
		delimiter,
		purpose: purpose ?? null,
		holdsMessages: folder.holdsMessages,
		isSubscribed: folder.isSubscribed,
	};
}
