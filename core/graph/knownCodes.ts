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
	ErrorQuotaExceeded: 'The mailbox is full.',
	InefficientFilter:
		"Exchange can't filter and sort by this at once: use fewer conditions, or no order.",
};

/** A sentence for the automation builder, or `undefined` where the status says it all. */
export function nextStepFor(code: string | undefined): string | undefined {
	return code !== undefined && Object.hasOwn(nextSteps, code) ? nextSteps[code] : undefined;
}
