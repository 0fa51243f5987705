import type { MailboxObject } from '../../core/mail/imap';
import type { ImapSession } from '../../core/mail/imap';
import { MailServerError } from '../../core/mail/MailServerError';
import { chunksOf } from '../../core/mail/uidSet';
import type { ExecuteInput, OutputItem, Together } from '../kit/operation';
import { item } from '../kit/operation';
import type { ImapTools } from './imap';

export interface MessagesParams {
	readonly folder: string;
	readonly uids: readonly number[];
}

export interface MessagesCommand<Params extends MessagesParams> {
	readonly session: ImapSession;
	readonly mailbox: MailboxObject;
	/** At most 500. */
	readonly uids: readonly number[];
	readonly params: Params;
}

type Input<Params> = ExecuteInput<Params, ImapTools>;

/** How many messages one command names: a line of some thousand characters, which servers take. */
const messagesPerCommand = 500;

interface Options<Params extends MessagesParams> {
	/** What is asked for once, such as where the target folder is. */
	readonly prepare?: (input: Input<Params>) => Promise<Params>;
	/** As in `WorkOptions`. */
	readonly isRepeatable: boolean;
	/** Completes "UID 7 was not …". */
	readonly done: string;
	/** Answers by UID; those that the folder doesn't have are left out. */
	readonly command: (
		command: MessagesCommand<Params>,
	) => Promise<ReadonlyMap<number, Readonly<Record<string, unknown>>>>;
}

/** An operation on many messages: items that want the same in one folder share their commands. */
export function onMessages<Params extends MessagesParams>(
	options: Options<Params>,
): {
	readonly execute: (input: Input<Params>) => Promise<readonly OutputItem[]>;
	readonly together: Together<Input<Params>>;
} {
	const together: Together<Input<Params>> = {
		key: ({ params }) => JSON.stringify({ ...params, uids: undefined }),
		execute: async (inputs) => {
			const [first] = inputs;
			if (!first) return [];
			const params = options.prepare ? await options.prepare(first) : first.params;
			const folder = await first.folders.pathOf(params.folder);
			const uids = [...new Set(inputs.flatMap((input) => input.params.uids))];
			const answers = await run(first, folder, params, uids);
			return inputs.map((input) => {
				const missing = input.params.uids.filter((uid) => !answers.has(uid));
				if (missing.length > 0) return notFound(folder, missing, input.params.uids, options.done);
				return input.params.uids.map((uid) => item({ uid, folder, ...answers.get(uid) }));
			});
		},
	};

	async function run(
		{ imap }: Input<Params>,
		folder: string,
		params: Params,
		uids: readonly number[],
	): Promise<ReadonlyMap<number, Readonly<Record<string, unknown>>>> {
		const answers = new Map<number, Readonly<Record<string, unknown>>>();
		for (const chunk of chunksOf(uids, messagesPerCommand)) {
			const found = await imap.inFolder(
				folder,
				async (session, mailbox) =>
					await options.command({ session, mailbox, uids: chunk, params }),
				{ isRepeatable: options.isRepeatable },
			);
			for (const [uid, answer] of found) answers.set(uid, answer);
		}
		return answers;
	}

	return {
		together,
		execute: async (input) => {
			const [outcome = []] = await together.execute([input]);
			if (outcome instanceof Error) throw outcome;
			return outcome;
		},
	};
}

export function notFound(
	folder: string,
	missing: readonly number[],
	wanted: readonly number[],
	done?: string,
): MailServerError {
	const named = missing.slice(0, 10).join(', ') + (missing.length > 10 ? ', …' : '');
	const others = wanted.length - missing.length;
	const rest = others > 0 && done ? ` ${others} of ${wanted.length} messages were ${done}.` : '';
	return new MailServerError(`The folder "${folder}" has no message with the UID ${named}`, {
		code: 'message_not_found',
		nextStep:
			'It was moved or deleted meanwhile, or its UID is of another folder: a UID is good in its own folder only, and a move gives a new one. ' +
			`Look it up again with Get Many.${rest}`,
	});
}
