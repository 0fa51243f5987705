import { MailServerError } from '../../../../core/mail/MailServerError';
import type { MailboxObject } from '../../../../core/mail/imap';
import { uidSet } from '../../../../core/mail/uidSet';
import { ParameterError } from '../../../kit/field';
import { choice, choices, textList } from '../../../kit/fields/values';
import { defineImapOperation, imapPermissions } from '../../imap';
import { folderField } from '../../fields/folder';
import { uidsField } from '../../fields/uids';
import { flagsOutput } from '../../message';
import { type MessagesParams, onMessages } from '../../onMessages';

interface FlagParams extends MessagesParams {
	readonly action: 'add' | 'remove' | 'set';
	readonly flags: readonly string[];
	readonly keywords: readonly string[];
}

const methods = {
	add: 'messageFlagsAdd',
	remove: 'messageFlagsRemove',
	set: 'messageFlagsSet',
} as const;

export const setFlags = defineImapOperation({
	name: 'Set Flags',
	value: 'setFlags',
	action: 'Mark messages as read or with other flags',
	description: 'Mark messages as read, flagged, answered or with keywords of your own',
	permissions: imapPermissions,
	properties: [
		folderField,
		uidsField,
		choice('action', {
			displayName: 'Action',
			options: [
				{ name: 'Add', value: 'add' },
				{ name: 'Remove', value: 'remove' },
				{ name: 'Set', value: 'set', description: 'Have these flags and no others' },
			],
			default: 'add',
		}),
		choices('flags', {
			displayName: 'Flags',
			options: [
				{ name: 'Answered', value: '\\Answered' },
				{ name: 'Deleted (Goes With the Next Clean-Up)', value: '\\Deleted' },
				{ name: 'Draft', value: '\\Draft' },
				{ name: 'Flagged', value: '\\Flagged' },
				{ name: 'Read', value: '\\Seen' },
			],
			default: ['\\Seen'],
		}),
		textList('keywords', {
			displayName: 'Keywords',
			placeholder: 'e.g. invoice, done',
			description:
				'Flags of your own, without spaces. Exchange Online keeps none but $MDNSent; other servers do.',
		}),
	],
	...onMessages<FlagParams>({
		done: 'marked',
		isRepeatable: true,
		prepare: ({ params }) => {
			checkFlags(params);
			return Promise.resolve(params);
		},
		command: async ({ session, mailbox, uids, params: { action, flags, keywords } }) => {
			const range = uidSet(uids);
			const wanted = [...flags, ...keywords];
			if (action !== 'remove') assertKept(wanted, mailbox);
			await session.run(
				async (client) => await client[methods[action]](range, wanted, { uid: true }),
				mailbox.path,
			);
			const messages = await session.run(
				async (client) => await client.fetchAll(range, { uid: true, flags: true }, { uid: true }),
				mailbox.path,
			);
			return new Map(messages.map((message) => [message.uid, flagsOutput(message)]));
		},
	}),
});

function checkFlags({ action, flags, keywords }: FlagParams): void {
	if (action !== 'set' && flags.length + keywords.length === 0) {
		throw new ParameterError('Flags', 'is empty', 'Choose at least one flag or keyword.');
	}
	const wrong = keywords.find((keyword) => !/^[^\s\\(){%*"\]\p{Cc}]+$/u.test(keyword));
	if (wrong === undefined) return;
	throw new ParameterError(
		'Keywords',
		`has "${wrong}", which no IMAP server takes`,
		'A keyword has no spaces, quotes, brackets, backslashes or stars.',
	);
}

/** imapflow would leave out what the server does not keep. */
function assertKept(wanted: readonly string[], { permanentFlags, path }: MailboxObject): void {
	if (!permanentFlags || permanentFlags.has('\\*')) return;
	const kept = new Set([...permanentFlags].map((flag) => flag.toLowerCase()));
	const lost = wanted.filter((flag) => !kept.has(flag.toLowerCase()));
	if (lost.length === 0) return;
	throw new MailServerError(`The server keeps no flag ${lost.join(', ')} in the folder "${path}"`, {
		code: 'flag_not_kept',
		nextStep: `It keeps: ${[...permanentFlags].join(', ')}. For categories in Exchange use the Microsoft 365 Mail node.`,
	});
}
