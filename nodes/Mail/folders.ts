import type { MailFolder } from '@microsoft/microsoft-graph-types';
import { textLiteral } from '../../core/graph/literal';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import { ParameterError } from '../kit/field';
import { inOrder } from '../kit/inOrder';

const pageSize = 250;
/** Exchange serves four requests a mailbox at once. */
const concurrentRequests = 4;

export interface FolderWithPath {
	readonly folder: MailFolder;
	/** Names from the mailbox's root or the starting folder, joined by `/`. */
	readonly path: string;
}

interface ListOptions {
	/** Whether folders inside of folders are listed too. */
	readonly recursive: boolean;
	readonly includeHidden: boolean;
	/** Default: the mailbox's root. */
	readonly parentId?: string;
}

/** The folders of a mailbox, each parent before its children. */
export async function listFolders(
	graph: GraphClient,
	mailbox: GraphPath,
	{ recursive, includeHidden, parentId }: ListOptions,
): Promise<FolderWithPath[]> {
	const children = new Map<string | undefined, MailFolder[]>();
	let level: Array<string | undefined> = [parentId];
	while (level.length > 0) {
		const answers = await inOrder(level, concurrentRequests, async (id) => {
			const folders = await childrenOf(graph, mailbox, id, includeHidden);
			children.set(id, folders);
			return folders;
		});
		level = recursive
			? answers
					.flat()
					.filter(hasChildren)
					.map(({ id }) => id)
			: [];
	}
	return inTreeOrder(children, parentId, '');
}

async function childrenOf(
	graph: GraphClient,
	mailbox: GraphPath,
	parentId: string | undefined,
	includeHidden: boolean,
): Promise<MailFolder[]> {
	const folders: MailFolder[] = [];
	const request = {
		method: 'GET',
		path: childCollection(mailbox, parentId),
		query: { includeHiddenFolders: includeHidden ? 'true' : undefined },
	} as const;
	for await (const page of graph.pages<MailFolder>(request, { pageSize })) folders.push(...page);
	return folders;
}

function childCollection(mailbox: GraphPath, parentId: string | undefined): GraphPath {
	return parentId === undefined
		? path`${mailbox}/mailFolders`
		: path`${mailbox}/mailFolders/${parentId}/childFolders`;
}

const hasChildren = ({ id, childFolderCount }: MailFolder): boolean =>
	id !== undefined && (childFolderCount ?? 0) > 0;

function inTreeOrder(
	children: ReadonlyMap<string | undefined, MailFolder[]>,
	parentId: string | undefined,
	prefix: string,
): FolderWithPath[] {
	return (children.get(parentId) ?? []).flatMap((folder) => {
		const folderPath = prefix + (folder.displayName ?? '');
		const below = folder.id === undefined ? [] : inTreeOrder(children, folder.id, `${folderPath}/`);
		return [{ folder, path: folderPath }, ...below];
	});
}

/** Names that Graph takes as ids in every mailbox, whatever its language. Those that users look for. */
export const wellKnownFolders = [
	'inbox',
	'drafts',
	'sentitems',
	'deleteditems',
	'archive',
	'junkemail',
	'outbox',
	'clutter',
	'msgfolderroot',
] as const;

/**
 * The id of a folder by its path of names, e.g. `Inbox/Invoices/2026`. The first name may be the
 * English one of a standard folder in a mailbox of any language.
 *
 * @throws {ParameterError} naming the part that doesn't exist
 */
export async function findFolderByPath(
	graph: GraphClient,
	mailbox: GraphPath,
	folderPath: string,
	label: string,
): Promise<string> {
	const names = folderNames(folderPath);
	let id: string | undefined;
	for (const [depth, name] of names.entries()) {
		const childId = await findChild(graph, mailbox, id, name);
		id = childId ?? (depth === 0 ? wellKnown(name) : undefined);
		if (id === undefined) {
			const within = depth === 0 ? 'the mailbox' : `"${names.slice(0, depth).join('/')}"`;
			throw new ParameterError(
				label,
				`there is no folder "${name}" in ${within}`,
				'Check the path, or choose the folder from the list.',
			);
		}
	}
	if (id === undefined)
		throw new ParameterError(label, 'is empty', 'Enter a path like Inbox/Invoices.');
	return id;
}

export function folderNames(folderPath: string): string[] {
	return folderPath
		.split('/')
		.map((name) => name.trim())
		.filter((name) => name !== '');
}

interface NewFolder {
	readonly mailbox: GraphPath;
	/** Default: the mailbox's root. */
	readonly parentId: string | undefined;
	readonly names: readonly string[];
	readonly isHidden: boolean;
}

/** Makes the folders of a path that don't exist yet; the last one, and whether it is new. */
export async function ensureFolder(
	graph: GraphClient,
	{ mailbox, parentId, names, isHidden }: NewFolder,
): Promise<{ folder: MailFolder; created: boolean }> {
	let id = parentId;
	let made: MailFolder | undefined;
	for (const [depth, name] of names.entries()) {
		// What was just made has nothing in it.
		let childId = made ? undefined : await findChild(graph, mailbox, id, name);
		if (childId === undefined && depth === 0 && parentId === undefined) childId = wellKnown(name);
		if (childId === undefined) {
			made = await graph.request<MailFolder>({
				method: 'POST',
				path: childCollection(mailbox, id),
				body: { displayName: name, ...(isHidden && { isHidden }) },
			});
			childId = made.id;
		}
		id = childId;
	}
	if (made) return { folder: made, created: true };
	const folder = await graph.request<MailFolder>({
		method: 'GET',
		path: path`${mailbox}/mailFolders/${id ?? ''}`,
	});
	return { folder, created: false };
}

async function findChild(
	graph: GraphClient,
	mailbox: GraphPath,
	parentId: string | undefined,
	name: string,
): Promise<string | undefined> {
	const { value } = await graph.request<{ value: MailFolder[] }>({
		method: 'GET',
		path: childCollection(mailbox, parentId),
		query: {
			$filter: `displayName eq ${textLiteral(name)}`,
			$select: 'id,displayName',
			$top: 1,
			includeHiddenFolders: 'true',
		},
	});
	return value[0]?.id;
}

export const isWellKnownFolder = (id: string): boolean =>
	wellKnownFolders.some((known) => known === id.toLowerCase());

function wellKnown(name: string): string | undefined {
	const compact = name.replaceAll(' ', '').toLowerCase();
	return wellKnownFolders.find((known) => known === compact);
}
