import { messagePages } from '../../../../core/mail/messagePages';
import type { FetchMessageObject, ImapSession } from '../../../../core/mail/imap';
import { limitField, returnAllField } from '../../../kit/fields/output';
import { type OutputItem, item } from '../../../kit/operation';
import { readTexts } from '../../content';
import { bodyField } from '../../fields/body';
import { folderField } from '../../fields/folder';
import { searchField } from '../../fields/search';
import { defineImapOperation, imapPermissions } from '../../imap';
import { type BodyChoice, bodyOutput, overview, overviewQuery } from '../../message';
import { isReceivedIn, searchUids } from '../../search';

/** One FETCH; its answers are some hundred kilobytes. */
const pageSize = 500;

export const getAll = defineImapOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many messages',
	description: 'List or search the messages of a folder, newest first',
	permissions: imapPermissions,
	properties: [
		folderField,
		searchField,
		returnAllField,
		limitField,
		bodyField({
			default: 'none',
			description: "Whether to fetch the messages' texts too, which takes longer",
		}),
	],
	execute: async ({ imap, folders, params }) => {
		const { search, limit = Infinity, body } = params;
		const folder = await folders.pathOf(params.folder);
		return await imap.inFolder(
			folder,
			async (session) => {
				const uids = await searchUids(session, folder, search);
				const isTimed = search.since !== undefined || search.before !== undefined;
				// With times some of a page may not count.
				const wanted = isTimed ? uids : uids.slice(0, limit);
				const size = Math.min(pageSize, Math.max(limit, 50));
				const output: OutputItem[] = [];
				for await (const page of messagePages(session, wanted, overviewQuery, {
					pageSize: size,
					folder,
				})) {
					const fitting = page.filter(isReceivedIn(search)).slice(0, limit - output.length);
					output.push(...(await shaped(session, folder, fitting, body)));
					if (output.length >= limit) break;
				}
				return output;
			},
			{ readOnly: true, isRepeatable: true },
		);
	},
});

async function shaped(
	session: ImapSession,
	folder: string,
	messages: readonly FetchMessageObject[],
	body: BodyChoice,
): Promise<OutputItem[]> {
	if (body === 'none') return messages.map((message) => item(overview(message, folder)));
	const texts = await readTexts(session, folder, messages);
	return messages.map((message) => {
		const text = texts.get(message.uid);
		return item({
			...overview(message, folder),
			...(text instanceof Error && { bodyError: text.message }),
			...(text && !(text instanceof Error) && bodyOutput(text, body)),
		});
	});
}
