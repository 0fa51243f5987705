import type { INodeParameters } from 'n8n-workflow';
import type { MailSandbox } from './mailSandbox';

const ana = 'ana@contoso.example';
const ben = 'ben@contoso.example';
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const byName = (value: string) => ({ __rl: true, mode: 'name', value });

interface Present {
	readonly message: string;
	readonly attachment: string;
	readonly draft: string;
	readonly folder: string;
	readonly rule: string;
}

/** The least that each operation needs, on what the mailbox has. */
export const cases: Readonly<Record<string, (present: Present) => INodeParameters>> = {
	'attachment/add': ({ draft }) => ({ messageId: byId(draft) }),
	'attachment/delete': ({ message, attachment }) => ({
		messageId: byId(message),
		attachmentId: attachment,
	}),
	'attachment/download': ({ message }) => ({ messageId: byId(message) }),
	'attachment/get': ({ message, attachment }) => ({
		messageId: byId(message),
		attachmentId: attachment,
	}),
	'attachment/getAll': ({ message }) => ({ messageId: byId(message) }),
	'category/create': () => ({ name: 'Invoices' }),
	'category/delete': () => ({ category: byName('Red category') }),
	'category/getAll': () => ({}),
	'category/update': () => ({ category: byName('Red category'), color: 'preset3' }),
	'draft/create': () => ({ subject: 'Draft' }),
	'draft/delete': ({ draft }) => ({ messageId: byId(draft) }),
	'draft/get': ({ draft }) => ({ messageId: byId(draft) }),
	'draft/getAll': () => ({}),
	'draft/send': ({ draft }) => ({ messageId: byId(draft) }),
	'draft/update': ({ draft }) => ({ messageId: byId(draft), changes: { subject: 'New' } }),
	'folder/copy': ({ folder }) => ({ folder: byId(folder), destination: byId('archive') }),
	'folder/create': () => ({ path: 'Invoices' }),
	'folder/delete': ({ folder }) => ({ folder: byId(folder) }),
	'folder/get': () => ({ folder: byId('inbox') }),
	'folder/getAll': () => ({}),
	'folder/markAllRead': () => ({ folder: byId('inbox') }),
	'folder/move': ({ folder }) => ({ folder: byId(folder), destination: byId('archive') }),
	'folder/update': ({ folder }) => ({ folder: byId(folder), name: 'New' }),
	'mailbox/getMailTips': () => ({ recipients: ben }),
	'mailbox/getSettings': () => ({}),
	'mailbox/setAutomaticReplies': () => ({ status: 'disabled' }),
	'mailbox/updateSettings': () => ({ settings: { timeZone: 'Europe/Berlin' } }),
	'message/archive': ({ message }) => ({ messageId: byId(message) }),
	'message/copy': ({ message }) => ({ messageId: byId(message), folder: byId('archive') }),
	'message/delete': ({ message }) => ({ messageId: byId(message) }),
	'message/export': ({ message }) => ({ messageId: byId(message) }),
	'message/forward': ({ message }) => ({ messageId: byId(message), to: ben }),
	'message/get': ({ message }) => ({ messageId: byId(message) }),
	'message/getAll': () => ({}),
	'message/getHeaders': ({ message }) => ({ messageId: byId(message) }),
	'message/getThread': ({ message }) => ({ messageId: byId(message) }),
	'message/move': ({ message }) => ({ messageId: byId(message), folder: byId('archive') }),
	'message/permanentDelete': ({ message }) => ({ messageId: byId(message) }),
	'message/reply': ({ message }) => ({ messageId: byId(message), body: 'Yes' }),
	'message/replyAll': ({ message }) => ({ messageId: byId(message), body: 'Yes' }),
	'message/send': () => ({ to: ben, subject: 'Hi', body: 'Hi' }),
	'message/update': ({ message }) => ({ messageId: byId(message), changes: { isRead: true } }),
	'rule/create': () => ({ name: 'Invoices', actions: { markAsRead: true } }),
	'rule/delete': ({ rule }) => ({ rule: byId(rule) }),
	'rule/get': ({ rule }) => ({ rule: byId(rule) }),
	'rule/getAll': () => ({}),
	'rule/update': ({ rule }) => ({ rule: byId(rule), options: { isEnabled: false } }),
};

/** What the mailbox needs for it, and the parameters. */
export async function prepare(sandbox: MailSandbox, key: string): Promise<INodeParameters> {
	const { id: message } = await sandbox.deliver(ana, {
		from: ben,
		subject: 'Invoice',
		attachments: [{ name: 'invoice.pdf', contentBytes: Buffer.from('pdf').toString('base64') }],
	});
	const list = await sandbox.call<{ value: Array<{ id: string }> }>(
		'GET',
		`/users/${ana}/messages/${message}/attachments`,
	);
	const rule = await sandbox.call<{ id: string }>(
		'POST',
		`/users/${ana}/mailFolders/inbox/messageRules`,
		{ displayName: 'Old', sequence: 1, actions: { markAsRead: true } },
	);
	const { id: draft } = await sandbox.draft(ana, { to: ben, subject: 'Draft' });
	const folder = await sandbox.createFolder(ana, ['inbox', 'Old']);
	const present = { message, attachment: list.value[0]?.id ?? '', draft, folder, rule: rule.id };
	const [resource = '', operation = ''] = key.split('/');
	sandbox.forget();
	return { resource, operation, ...cases[key]?.(present) };
}

const file = { fileName: 'a.txt', mimeType: 'text/plain', content: Buffer.from('a') };
/** Of an input item; some operations send it. */
export const item = { files: { data: file } };
