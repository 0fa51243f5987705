import { answerCollection, selectFrom, type CollectionRules } from '../../odata/collection';
import type { GraphCall, Route } from '../../server/call';
import { mailRead, mailWrite } from '../access';
import { attachmentView, createAttachment, findAttachment } from '../attachments';
import { idKindOf } from '../messageView';
import type { MailService } from '../service';
import type { Mailbox } from '../mailbox';
import type { StoredAttachment, StoredMessage } from '../types';
import type { AttachmentItem } from '../uploadSessions';
import { readMessageInput, textAnswer } from './messages';

const attachmentRules: CollectionRules = { defaultPage: 10, largestPage: 250 };

export function attachmentRoutes(mail: MailService): Route[] {
	return ['mailbox/messages/*/attachments', 'mailbox/mailFolders/*/messages/*/attachments'].flatMap(
		(base): Route[] => {
			const messageKey = base.split('*').length - 2;
			const locate = (call: GraphCall): { mailbox: Mailbox; message: StoredMessage } => {
				const mailbox = mail.open(call);
				return { mailbox, message: mailbox.message(call.keys[messageKey] ?? '') };
			};
			return [
				{
					method: 'GET',
					path: base,
					access: mailRead,
					handle: (call) => {
						const { mailbox, message } = locate(call);
						const page = answerCollection(
							call,
							{
								items: message.attachments,
								view: (each) => attachmentView(mailbox, message, each, idKindOf(call)),
								expand: (each) => expandItem(call, each),
							},
							attachmentRules,
						);
						return { status: 200, json: page };
					},
				},
				{
					method: 'GET',
					path: `${base}/$count`,
					access: mailRead,
					handle: (call) => textAnswer(String(locate(call).message.attachments.length)),
				},
				{
					method: 'POST',
					path: base,
					access: mailWrite,
					handle: (call) => {
						const { mailbox, message } = locate(call);
						const attachment = createAttachment(mailbox, readMessageInput(call));
						message.attachments.push(attachment);
						mailbox.touchMessage(message);
						return {
							status: 201,
							json: attachmentView(mailbox, message, attachment, idKindOf(call)),
						};
					},
				},
				{
					method: 'POST',
					path: `${base}/createUploadSession`,
					access: mailWrite,
					handle: (call) => {
						const { mailbox, message } = locate(call);
						const [item] = Object.values(readMessageInput(call));
						return {
							status: 201,
							json: mail.uploads.create(
								mail.uploadOrigin,
								mailbox,
								message,
								item as AttachmentItem,
							),
						};
					},
				},
				{
					method: 'GET',
					path: `${base}/*`,
					access: mailRead,
					handle: (call) => {
						const { mailbox, message } = locate(call);
						const attachment = findAttachment(mailbox, message, call.keys.at(-1) ?? '');
						const view = attachmentView(mailbox, message, attachment, idKindOf(call));
						return {
							status: 200,
							json: { ...selectFrom(view, call.target.query), ...expandItem(call, attachment) },
						};
					},
				},
				{
					method: 'GET',
					path: `${base}/*/$value`,
					access: mailRead,
					handle: (call) => {
						const { mailbox, message } = locate(call);
						const attachment = findAttachment(mailbox, message, call.keys.at(-1) ?? '');
						return {
							status: 200,
							headers: { 'Content-Type': attachment.contentType ?? 'text/plain' },
							bytes: attachment.bytes,
						};
					},
				},
				{
					method: 'DELETE',
					path: `${base}/*`,
					access: mailWrite,
					handle: (call) => {
						const { mailbox, message } = locate(call);
						const attachment = findAttachment(mailbox, message, call.keys.at(-1) ?? '');
						message.attachments = message.attachments.filter((each) => each !== attachment);
						mailbox.touchMessage(message);
						return { status: 204 };
					},
				},
			];
		},
	);
}

/** `$expand=microsoft.graph.itemAttachment/item` */
function expandItem(call: GraphCall, attachment: StoredAttachment): Record<string, unknown> {
	const isWanted = call.target.query.expand?.some(({ path }) => /\/item$/i.test(path)) === true;
	return isWanted && attachment.kind === 'item' ? { item: attachment.item } : {};
}
