interface WellKnownFolder {
	readonly name: string;
	readonly displayName: string;
	readonly parent: string;
	readonly isHidden?: boolean;
}

/** The root's own parent, so that the tree has an end. */
export const rootSerial = 1;

/** Parents stand before their children. Names: Microsoft's `mailFolder` resource page. */
export const wellKnownFolders: readonly WellKnownFolder[] = [
	{ name: 'msgfolderroot', displayName: 'Top of Information Store', parent: '' },
	{ name: 'archive', displayName: 'Archive', parent: 'msgfolderroot' },
	{ name: 'conversationhistory', displayName: 'Conversation History', parent: 'msgfolderroot' },
	{ name: 'deleteditems', displayName: 'Deleted Items', parent: 'msgfolderroot' },
	{ name: 'drafts', displayName: 'Drafts', parent: 'msgfolderroot' },
	{ name: 'inbox', displayName: 'Inbox', parent: 'msgfolderroot' },
	{ name: 'junkemail', displayName: 'Junk Email', parent: 'msgfolderroot' },
	{ name: 'outbox', displayName: 'Outbox', parent: 'msgfolderroot' },
	{ name: 'sentitems', displayName: 'Sent Items', parent: 'msgfolderroot' },
	{ name: 'clutter', displayName: 'Clutter', parent: 'msgfolderroot', isHidden: true },
	{
		name: 'recoverableitemsdeletions',
		displayName: 'Deletions',
		parent: 'msgfolderroot',
		isHidden: true,
	},
];
