import type { ImapFlow, ImapSession } from '../../core/mail/imap';
import { uidSet } from '../../core/mail/uidSet';
import { type MessagesParams, onMessages } from './onMessages';

interface IntoFolderParams extends MessagesParams {
	readonly targetFolder: string;
}

interface Placed {
	readonly destination: string;
	readonly uidValidity?: bigint | undefined;
	/** The new UIDs by the old ones; not every server tells. */
	readonly uidMap?: ReadonlyMap<number, number> | undefined;
}

type PlaceCommand = (
	client: ImapFlow,
	range: string,
	target: string,
) => Promise<Placed | false | undefined>;

interface Options {
	/** As in `onMessages`. */
	readonly done: string;
	readonly command: PlaceCommand;
}

/** Messages that go into another folder: the same with a move as with a copy. */
export function intoFolder({ done, command }: Options) {
	return onMessages<IntoFolderParams>({
		done,
		// A copy that is made again is a second copy.
		isRepeatable: false,
		prepare: async ({ params, folders }) => ({
			...params,
			targetFolder: await folders.pathOf(params.targetFolder),
		}),
		command: async ({ session, mailbox, uids, params }) =>
			await place(session, mailbox.path, uids, params.targetFolder, command),
	});
}

/** Answers by old UID where the messages that were there are now. */
export async function place(
	session: ImapSession,
	folder: string,
	uids: readonly number[],
	target: string,
	command: PlaceCommand,
): Promise<ReadonlyMap<number, Readonly<Record<string, unknown>>>> {
	const present = await presentUids(session, folder, uids);
	if (present.length === 0) return new Map();
	const placed = await session.run(
		async (client) => await command(client, uidSet(present), target),
		target,
	);
	return new Map(
		present.map((uid) => {
			const newUid = placed.uidMap?.get(uid);
			return [
				uid,
				{
					targetFolder: placed.destination,
					...(newUid !== undefined && { newUid }),
				},
			];
		}),
	);
}

/** Of some UIDs those that the open folder has: a server ignores the others without a word. */
export async function presentUids(
	session: ImapSession,
	folder: string,
	uids: readonly number[],
): Promise<number[]> {
	return await session.run(
		async (client) => await client.search({ uid: uidSet(uids) }, { uid: true }),
		folder,
	);
}
