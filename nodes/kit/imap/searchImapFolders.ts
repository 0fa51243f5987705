import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { folderPurposes, listFolders, type MailFolder } from '../../../core/mail/folderTree';
import { withImap } from '../../../core/mail/imap';
import { toNodeError } from '../errors';
import { connectMail } from '../mailConnect';

/** All folders of the mailbox with their whole paths, those with a purpose first. */
export async function searchImapFolders(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	try {
		const login = await connectMail(this, 'imap');
		const folders = await withImap(login, {}, listFolders);
		const wanted = filter?.trim().toLowerCase() ?? '';
		return {
			results: folders
				.filter(({ holdsMessages }) => holdsMessages)
				.sort(byPurpose)
				.map((folder) => ({ name: labelOf(folder), value: folder.path }))
				.filter(({ name }) => name.toLowerCase().includes(wanted)),
		};
	} catch (error) {
		throw toNodeError(error, { node: this.getNode() });
	}
}

const order = Object.keys(folderPurposes);

function byPurpose(one: MailFolder, other: MailFolder): number {
	return rankOf(one) - rankOf(other) || one.displayPath.localeCompare(other.displayPath, undefined);
}

function rankOf({ purpose = '' }: MailFolder): number {
	const rank = order.indexOf(purpose);
	return rank === -1 ? order.length : rank;
}

/** `Gesendete Elemente (Sent Items)`, where the two differ. */
function labelOf({ displayPath, purpose = '' }: MailFolder): string {
	const usual = (folderPurposes as Readonly<Record<string, string>>)[purpose];
	return usual === undefined || usual.toLowerCase() === displayPath.toLowerCase()
		? displayPath
		: `${displayPath} (${usual})`;
}
