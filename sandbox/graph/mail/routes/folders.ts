import { answerCollection, selectFrom, type CollectionRules } from '../../odata/collection';
import type { Entity } from '../../odata/evaluate';
import { badRequest, RefusedError } from '../../refused';
import type { GraphAnswer, GraphCall, Route } from '../../server/call';
import { mailReadBasic, mailWrite } from '../access';
import type { Mailbox } from '../mailbox';
import type { MailService } from '../service';
import type { StoredFolder } from '../types';
import { destinationOf } from './messageActions';
import { messageRules, oneMessage, readMessageInput, textAnswer } from './messages';

export const folderRules: CollectionRules = { defaultPage: 10, largestPage: 1000 };

export function folderRoutes(mail: MailService): Route[] {
	const folderOf = (call: GraphCall): StoredFolder => mail.open(call).folder(call.keys[0] ?? '');
	const listing = (path: string, parentOf: (call: GraphCall) => StoredFolder): Route[] => [
		{
			method: 'GET',
			path,
			access: mailReadBasic,
			handle: (call) => list(call, mail.open(call), parentOf(call)),
		},
		{
			method: 'GET',
			path: `${path}/$count`,
			access: mailReadBasic,
			handle: (call) => {
				const folders = visible(call, mail.open(call), parentOf(call));
				return textAnswer(String(folders.length));
			},
		},
		{
			method: 'POST',
			path,
			access: mailWrite,
			handle: (call) => {
				const mailbox = mail.open(call);
				const { displayName, isHidden } = readMessageInput(call);
				const folder = mailbox.addFolder(requireName(displayName), parentOf(call).serial, {
					isHidden: isHidden === true,
				});
				return { status: 201, json: folderView(call, mailbox, folder) };
			},
		},
	];
	return [
		...listing('mailbox/mailFolders', (call) => mail.open(call).folder('msgfolderroot')),
		...listing('mailbox/mailFolders/*/childFolders', folderOf),
		{
			method: 'GET',
			path: 'mailbox/mailFolders/*',
			access: mailReadBasic,
			handle: (call) => answerFolder(call, mail.open(call), folderOf(call)),
		},
		{
			method: 'PATCH',
			path: 'mailbox/mailFolders/*',
			access: mailWrite,
			handle: (call) => {
				const mailbox = mail.open(call);
				const folder = folderOf(call);
				requireOrdinary(folder);
				const { displayName } = readMessageInput(call);
				if (displayName !== undefined) folder.displayName = requireName(displayName);
				mailbox.touchFolder(folder);
				return answerFolder(call, mailbox, folder);
			},
		},
		{
			method: 'DELETE',
			path: 'mailbox/mailFolders/*',
			access: mailWrite,
			handle: (call) => {
				const mailbox = mail.open(call);
				const folder = folderOf(call);
				requireOrdinary(folder);
				const deleted = mailbox.folder('deleteditems');
				if (mailbox.isBelow(folder, deleted)) mailbox.removeFolder(folder);
				else relocate(mailbox, folder, deleted);
				return { status: 204 };
			},
		},
		{
			method: 'POST',
			path: 'mailbox/mailFolders/*/move',
			access: mailWrite,
			handle: (call) => {
				const mailbox = mail.open(call);
				const folder = folderOf(call);
				requireOrdinary(folder);
				relocate(mailbox, folder, destinationOf(call, mailbox));
				return { ...answerFolder(call, mailbox, folder), status: 201 };
			},
		},
		{
			method: 'POST',
			path: 'mailbox/mailFolders/*/copy',
			access: mailWrite,
			handle: (call) => {
				const mailbox = mail.open(call);
				const copy = copyFolder(mailbox, folderOf(call), destinationOf(call, mailbox));
				return { ...answerFolder(call, mailbox, copy), status: 201 };
			},
		},
		{
			method: 'POST',
			path: 'mailbox/mailFolders/*/permanentDelete',
			access: mailWrite,
			handle: (call) => {
				const folder = folderOf(call);
				requireOrdinary(folder);
				mail.open(call).removeFolder(folder);
				return { status: 204 };
			},
		},
	];
}

export function folderView(call: GraphCall, mailbox: Mailbox, folder: StoredFolder): Entity {
	const messages = mailbox.messagesIn(folder.serial);
	const view: Record<string, unknown> = {
		id: mailbox.folderKey(folder.serial),
		displayName: folder.displayName,
		parentFolderId: mailbox.folderKey(folder.parent),
		childFolderCount: mailbox.childFolders(folder.serial).filter(({ isHidden }) => !isHidden)
			.length,
		unreadItemCount: messages.filter(({ isRead }) => !isRead).length,
		totalItemCount: messages.length,
		isHidden: folder.isHidden,
	};
	const { types } = call.context.surface;
	return Object.fromEntries(
		Object.entries(view).filter(
			([name]) => types.member('microsoft.graph.mailFolder', name) !== undefined,
		),
	);
}

function list(call: GraphCall, mailbox: Mailbox, parent: StoredFolder): GraphAnswer {
	const page = answerCollection(
		call,
		{
			items: visible(call, mailbox, parent),
			view: (folder) => folderView(call, mailbox, folder),
			expand: (folder) => expandFolder(call, mailbox, folder),
		},
		folderRules,
	);
	return { status: 200, json: page };
}

function visible(call: GraphCall, mailbox: Mailbox, parent: StoredFolder): StoredFolder[] {
	const [, asked] =
		Object.entries(call.target.query.custom).find(([name]) =>
			/^includeHiddenFolders$/i.test(name),
		) ?? [];
	return mailbox
		.childFolders(parent.serial)
		.filter(({ isHidden }) => !isHidden || asked?.toLowerCase() === 'true');
}

function expandFolder(call: GraphCall, mailbox: Mailbox, folder: StoredFolder): Entity {
	const expanded: Record<string, unknown> = {};
	for (const { path, query } of call.target.query.expand ?? []) {
		if (path === 'childFolders') {
			expanded[path] = visible(call, mailbox, folder)
				.slice(0, query.top ?? folderRules.defaultPage)
				.map((child) => selectFrom(folderView(call, mailbox, child), query));
		} else if (path === 'messages') {
			const inner = { ...call, target: { ...call.target, query } };
			expanded[path] = mailbox
				.messagesIn(folder.serial)
				.slice(0, query.top ?? messageRules.defaultPage)
				.map((message) => oneMessage(inner, mailbox, message));
		}
	}
	return expanded;
}

function answerFolder(call: GraphCall, mailbox: Mailbox, folder: StoredFolder): GraphAnswer {
	return {
		status: 200,
		json: {
			...selectFrom(folderView(call, mailbox, folder), call.target.query),
			...expandFolder(call, mailbox, folder),
		},
	};
}

function relocate(mailbox: Mailbox, folder: StoredFolder, destination: StoredFolder): void {
	if (mailbox.isBelow(destination, folder)) {
		throw badRequest('The folder can not be moved below itself.', 'ErrorMoveCopyFailed');
	}
	folder.parent = destination.serial;
	mailbox.touchFolder(folder);
}

function copyFolder(
	mailbox: Mailbox,
	folder: StoredFolder,
	destination: StoredFolder,
): StoredFolder {
	const copy = mailbox.addFolder(folder.displayName, destination.serial);
	for (const message of mailbox.messagesIn(folder.serial)) {
		mailbox.addMessage({ ...message, folder: copy.serial });
	}
	for (const child of mailbox.childFolders(folder.serial)) {
		if (child.serial !== copy.serial) copyFolder(mailbox, child, copy);
	}
	return copy;
}

function requireName(displayName: unknown): string {
	if (typeof displayName === 'string' && displayName.trim() !== '') return displayName;
	throw badRequest('The folder needs a display name.', 'ErrorInvalidArgument');
}

function requireOrdinary(folder: StoredFolder): void {
	if (folder.wellKnownName === undefined) return;
	throw new RefusedError(
		403,
		'ErrorDeleteDistinguishedFolder',
		'Distinguished folders cannot be deleted, moved or renamed.',
	);
}
