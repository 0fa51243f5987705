import type { Message } from '@microsoft/microsoft-graph-types';
import { isAvailable } from '../../../core/availability';
import { messageDelta, receivedChange } from '../../../core/changes/messageDelta';
import { messageWindow, type SeenMessage } from '../../../core/changes/messageWindow';
import type { Change, Source } from '../../../core/changes/types';
import { NotFoundError } from '../../../core/graph/errors';
import { type GraphPath, path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { type Field, Lookup, type ParamsOf, ParameterError, showWhen } from '../../kit/field';
import { asTextList } from '../../kit/fields/rawValues';
import { choice } from '../../kit/fields/values';
import { inOrder } from '../../kit/inOrder';
import { folder } from '../../Mail/fields/folder';
import { findFolderByPath } from '../../Mail/folders';

/** What a message can't be received in. */
const notReceivedIn = ['drafts', 'sentitems', 'deleteditems', 'junkemail', 'outbox'] as const;

/** Exchange serves four requests a mailbox at once. */
const concurrentRequests = 4;

/** Several folders at once: chosen from the list, or by ID, standard name or path where typed. */
const foldersField: Field<'folders', readonly string[]> = {
	name: 'folders',
	property: {
		displayName: 'Folder Names or IDs',
		name: 'folders',
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod: 'getFolders', loadOptionsDependsOn: ['mailbox'] },
		default: [],
		description:
			'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>',
		hint: 'An expression may also answer standard names, such as inbox, and paths',
	},
	read: (raw, { params }) => {
		const mailbox = params['mailbox'] as GraphPath;
		const label = 'Folders';
		const chosen = asTextList(raw, label);
		if (chosen.length === 0) throw new ParameterError(label, 'is empty', 'Choose at least one.');
		if (!chosen.some((value) => value.includes('/'))) return chosen;
		return new Lookup(
			async (graph) =>
				await inOrder(chosen, concurrentRequests, async (value) =>
					value.includes('/') ? await findFolderByPath(graph, mailbox, value, label) : value,
				),
		);
	},
};

/** One folder, several, or all of them. */
export const whereFields = [
	choice('scope', {
		displayName: 'Watch',
		options: [
			{
				name: 'All Folders',
				value: 'mailbox',
				description: 'Without Drafts, Sent Items, Deleted Items, Junk Email and Outbox',
			},
			{ name: 'One Folder', value: 'folder', description: 'Without the folders inside of it' },
			{
				name: 'Several Folders',
				value: 'folders',
				description: 'A message that is moved from one to another counts once',
			},
		],
		default: 'folder',
	}),
	showWhen(
		folder('folder', {
			displayName: 'Folder',
			default: { mode: 'list', value: 'inbox', cachedResultName: 'Inbox' },
		}),
		{ scope: ['folder'] },
	),
	showWhen(foldersField, { scope: ['folders'] }),
] as const;

export interface Where extends ParamsOf<typeof whereFields> {
	readonly mailbox: GraphPath;
}

/** The folders to watch; `undefined` stands for the whole mailbox. */
export function watchedFolders({
	scope,
	folder: one,
	folders = [],
}: Where): Array<string | undefined> {
	if (scope === 'mailbox') return [undefined];
	return [...new Set(scope === 'folder' ? [one] : folders)];
}

interface SourceOptions {
	/** Of the event; sources of another event are others. */
	readonly event: string;
	readonly mailbox: GraphPath;
	readonly select: readonly string[];
}

/** What names a source of a mail event. */
export const sourceNames = ({ event, mailbox }: SourceOptions, folderId: string | undefined) => ({
	key: [event, mailbox, folderId ?? '*'].join(' '),
	// Under immutable IDs a message keeps its own in each folder of the mailbox.
	family: [event, mailbox].join(' '),
});

/** New messages of a folder, or of the whole mailbox. */
export async function newMessages(
	graph: GraphClient,
	options: SourceOptions,
	folderId: string | undefined,
): Promise<Source> {
	const { mailbox, select } = options;
	const names = sourceNames(options, folderId);
	if (folderId !== undefined && isAvailable('message.delta', graph.cloud)) {
		return messageDelta({ ...names, mailbox, select, folder: folderId });
	}
	const isReceived = folderId === undefined ? await receivedOutsideOf(graph, mailbox) : () => true;
	return messageWindow({
		...names,
		mailbox,
		select: [...select, 'parentFolderId', 'isDraft'],
		...(folderId !== undefined && { folder: folderId }),
		by: 'receivedDateTime',
		versionOf: () => '',
		changeOf: ({ message }) => (isReceived(message) ? receivedChange(message) : undefined),
		exampleOf: (message) => (isReceived(message) ? receivedChange(message) : undefined),
	});
}

type FolderCheck = (message: {
	readonly parentFolderId?: string | null;
	readonly isDraft?: boolean | null;
}) => boolean;

async function receivedOutsideOf(graph: GraphClient, mailbox: GraphPath): Promise<FolderCheck> {
	const ids = new Set(await folderIds(graph, mailbox, notReceivedIn));
	return ({ parentFolderId, isDraft }) => !isDraft && !ids.has(parentFolderId ?? '');
}

/** The IDs of standard folders, as messages name them; a mailbox may lack one. */
async function folderIds(
	graph: GraphClient,
	mailbox: GraphPath,
	names: readonly string[],
): Promise<string[]> {
	const answers = await graph.batch<{ id?: string }>(
		names.map((name) => ({
			method: 'GET' as const,
			path: path`${mailbox}/mailFolders/${name}`,
			query: { $select: 'id' },
		})),
	);
	return answers.flatMap((answer) => {
		if (answer.ok) return answer.body.id ? [answer.body.id] : [];
		if (answer.error instanceof NotFoundError) return [];
		throw answer.error;
	});
}

/** Another state of a message that is there already. */
export interface StateOptions extends SourceOptions {
	readonly select: readonly string[];
	readonly versionOf: (message: Message) => string;
	readonly isChange: (seen: SeenMessage) => boolean;
	readonly isExample: (message: Message) => boolean;
	readonly lasting?: { readonly filter: string; readonly version: string };
}

/** Messages of a folder, or of the whole mailbox, that were changed. */
export function changedMessages(options: StateOptions, folderId: string | undefined): Source {
	const { mailbox, select, versionOf, isChange, isExample, lasting } = options;
	return messageWindow({
		...sourceNames(options, folderId),
		mailbox,
		select: [...select, 'changeKey', 'isDraft'],
		...(folderId !== undefined && { folder: folderId }),
		by: 'lastModifiedDateTime',
		versionOf,
		changeOf: (seen) => (isChange(seen) ? stateChange(seen.message) : undefined),
		exampleOf: (message) => (isExample(message) ? stateChange(message) : undefined),
		...(lasting && { lasting }),
	});
}

/** Of an item's state: another `changeKey` is another happening. */
function stateChange(message: Message): Change {
	const { id, item } = receivedChange(message);
	return {
		id,
		version: message.changeKey ?? '',
		at: message.lastModifiedDateTime ?? '',
		item,
	};
}
