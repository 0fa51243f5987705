/**
 * What to do about errors whose code says more than their status. Codes:
 * learn.microsoft.com/exchange/client-developer/web-service-reference/responsecode, which Graph
 * passes on for mail and calendars.
 */
const nextSteps: Readonly<Record<string, string>> = {
	ErrorSendAsDenied:
		'This account may not send as that mailbox: an Exchange admin allows it there with Send As or Send on Behalf. Or leave From empty.',
	ErrorInvalidUser: 'Check the address of the mailbox.',
	MailboxNotEnabledForRESTAPI:
		'It has no mailbox in Exchange Online: no licence, a mailbox on a server of your own, or an inactive one.',
	ErrorInvalidIdMalformed: 'Take the ID from a previous node, or choose from the list.',
	ErrorInvalidRecipients: 'Check the addresses of the recipients.',
	ErrorMessageSizeExceeded:
		'The message is larger than the mailbox may send: 35 MB, unless an admin has changed it. Upload the files to OneDrive or SharePoint and send links.',
	ErrorInvalidPropertySet:
		'Of a message that was sent or received, the subject, text, recipients and headers stay as they are; of a draft they can be changed.',
	ErrorFolderExists: 'Give the folder another name, or work with the one that exists.',
	ErrorDeleteDistinguishedFolder:
		'A standard folder, such as Inbox or Archive, can be neither moved, renamed nor deleted.',
	ErrorQuotaExceeded: 'The mailbox is full.',
	InefficientFilter:
		"Exchange can't filter and sort by this at once: use fewer conditions, or no order.",
	nameAlreadyExists: 'Choose another name, or what is to happen if the name is taken.',
	resourceLocked:
		'Somebody has the file checked out or open for editing. Run it again later, or let them check it in.',
	resourceModified: 'Somebody has changed it in the meantime. Get it anew and run it again.',
	quotaLimitReached: 'The drive is full. Delete files or empty its recycle bin.',
	insufficientStorage: 'The drive is full. Delete files or empty its recycle bin.',
	malwareDetected: 'Microsoft 365 takes the file for malware and does not give it out.',
	notSupported: 'Microsoft 365 does not offer this for such an item; look into its type.',
};

/**
 * SharePoint gives one code, `invalidRequest`, for nearly everything. Limits of lists:
 * support.microsoft.com/office/b8588dae-9387-48c2-9248-c24122f07c59
 */
const nextStepsByMessage: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/cannot be referenced in filter or orderby as it is not indexed/i,
		'SharePoint filters and sorts by columns with an index only: add one in the list settings under Indexed columns. For a list of up to 5,000 items, the option Allow Columns Without Index does it too.',
	],
	[
		/list view threshold|SPQueryThrottled|uses too many resources/i,
		'The list has more than 5,000 items, and the query goes through more of them than SharePoint allows: filter by a column with an index (list settings > Indexed columns), alone or before other conditions.',
	],
];

/** A sentence for the automation builder, or `undefined` where the status says it all. */
export function nextStepFor(code: string | undefined, message = ''): string | undefined {
	const byMessage = nextStepsByMessage.find(([pattern]) => pattern.test(message))?.[1];
	if (byMessage !== undefined || code === undefined) return byMessage;
	return Object.hasOwn(nextSteps, code) ? nextSteps[code] : undefined;
}
