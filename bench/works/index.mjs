import { listFolder, upAndDown, upload } from './files.mjs';
import { imapHeaders } from './imap.mjs';
import {
	deleteMessages,
	downloadAttachments,
	getMessages,
	markRead,
	moveMessages,
	throttled,
} from './mail.mjs';
import { createEvents, createListItems } from './others.mjs';

export const works = [
	getMessages,
	markRead,
	moveMessages,
	deleteMessages,
	downloadAttachments,
	createEvents,
	createListItems,
	throttled,
	listFolder,
	upload,
	upAndDown,
	imapHeaders,
];
