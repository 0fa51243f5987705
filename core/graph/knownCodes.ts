import type { Fixer } from '../auth/AuthError';

export interface KnownCode {
	/** What it means, without a full stop. Graph's own message is what the user sees. */
	readonly cause: string;
	readonly nextStep: string;
	readonly whoCanFix: Fixer;
}

/**
 * What to do about errors whose code says more than their status. Codes:
 * learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode, which Graph
 * passes on for mail and calendars.
 */
export const knownCodes: Readonly<Record<string, KnownCode>> = {
	ErrorSendAsDenied: {
		cause: 'The account may not send in the name of this mailbox',
		nextStep:
			'This account may not send as that mailbox: an Exchange admin allows it there with Send As or Send on Behalf. Or leave From empty.',
		whoCanFix: 'admin',
	},
	ErrorInvalidUser: {
		cause: 'There is no such mailbox',
		nextStep: 'Check the address of the mailbox.',
		whoCanFix: 'user',
	},
	MailboxNotEnabledForRESTAPI: {
		cause: 'The person has no mailbox in Exchange Online',
		nextStep:
			'It has no mailbox in Exchange Online: no licence, a mailbox on a server of your own, or an inactive one.',
		whoCanFix: 'admin',
	},
	ErrorInvalidIdMalformed: {
		cause: 'The ID is none of this service',
		nextStep: 'Take the ID from a previous node, or choose from the list.',
		whoCanFix: 'user',
	},
	ErrorInvalidRecipients: {
		cause: 'An address of the recipients is none',
		nextStep: 'Check the addresses of the recipients.',
		whoCanFix: 'user',
	},
	ErrorMessageSizeExceeded: {
		cause: 'The message is too large',
		nextStep:
			'The message is larger than the mailbox may send: 35 MB, unless an admin has changed it. Upload the files to OneDrive or SharePoint and send links.',
		whoCanFix: 'user',
	},
	ErrorInvalidPropertySet: {
		cause: 'The message can no longer be changed like this',
		nextStep:
			'Of a message that was sent or received, the subject, text, recipients and headers stay as they are; of a draft they can be changed.',
		whoCanFix: 'user',
	},
	ErrorFolderExists: {
		cause: 'There is a folder of this name already',
		nextStep: 'Give the folder another name, or work with the one that exists.',
		whoCanFix: 'user',
	},
	ErrorDeleteDistinguishedFolder: {
		cause: 'The folder is one of the standard folders',
		nextStep:
			'A standard folder, such as Inbox or Archive, can be neither moved, renamed nor deleted.',
		whoCanFix: 'user',
	},
	ErrorQuotaExceeded: {
		cause: 'The mailbox has no room left',
		nextStep: 'The mailbox is full.',
		whoCanFix: 'user',
	},
	InefficientFilter: {
		cause: 'Exchange has no index for this filter and order',
		nextStep: "Exchange can't filter and sort by this at once: use fewer conditions, or no order.",
		whoCanFix: 'user',
	},
	nameAlreadyExists: {
		cause: 'There is a file or folder of this name already',
		nextStep: 'Choose another name, or what is to happen if the name is taken.',
		whoCanFix: 'user',
	},
	resourceLocked: {
		cause: 'The file is locked',
		nextStep:
			'Somebody has the file checked out or open for editing. Run it again later, or let them check it in.',
		whoCanFix: 'user',
	},
	resourceModified: {
		cause: 'It was changed in the meantime',
		nextStep: 'Somebody has changed it in the meantime. Get it anew and run it again.',
		whoCanFix: 'user',
	},
	quotaLimitReached: {
		cause: 'The drive has no room left',
		nextStep: 'The drive is full. Delete files or empty its recycle bin.',
		whoCanFix: 'user',
	},
	insufficientStorage: {
		cause: 'The drive has no room left',
		nextStep: 'The drive is full. Delete files or empty its recycle bin.',
		whoCanFix: 'user',
	},
	malwareDetected: {
		cause: 'The file is taken for malware',
		nextStep: 'Microsoft 365 takes the file for malware and does not give it out.',
		whoCanFix: 'admin',
	},
	notSupported: {
		cause: 'The item is of a kind that can not do this',
		nextStep: 'Microsoft 365 does not offer this for such an item; look into its type.',
		whoCanFix: 'user',
	},
};

export interface KnownMessage extends KnownCode {
	/** A name of ours, in camel case. */
	readonly name: string;
	readonly pattern: RegExp;
}

/**
 * SharePoint gives one code, `invalidRequest`, for nearly everything. Limits of lists:
 * support.microsoft.com/office/b8588dae-9387-48c2-9248-c24122f07c59
 */
export const knownMessages: readonly KnownMessage[] = [
	{
		name: 'columnWithoutIndex',
		pattern: /cannot be referenced in filter or orderby as it is not indexed/i,
		cause: 'The column that is filtered or sorted by has no index',
		nextStep:
			'SharePoint filters and sorts by columns with an index only: add one in the list settings under Indexed columns. For a list of up to 5,000 items, the option Allow Columns Without Index does it too.',
		whoCanFix: 'user',
	},
	{
		name: 'listViewThreshold',
		pattern: /list view threshold|SPQueryThrottled|uses too many resources/i,
		cause: 'The query goes through too many items of a large list',
		nextStep:
			'The list has more than 5,000 items, and the query goes through more of them than SharePoint allows: filter by a column with an index (list settings > Indexed columns), alone or before other conditions.',
		whoCanFix: 'user',
	},
];

/** What is known of an error, the message first; `undefined` where the status says it all. */
export function knownCause(
	code: string | undefined,
	message = '',
): (KnownCode & { readonly name: string }) | undefined {
	const byMessage = knownMessages.find(({ pattern }) => pattern.test(message));
	if (byMessage !== undefined || code === undefined) return byMessage;
	const known = Object.hasOwn(knownCodes, code) ? knownCodes[code] : undefined;
	return known && { ...known, name: code };
}

/** A sentence for the automation builder, or `undefined` where the status says it all. */
export function nextStepFor(code: string | undefined, message = ''): string | undefined {
	return knownCause(code, message)?.nextStep;
}
