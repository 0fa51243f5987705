import { badRequest } from '../../refused';
import type { GraphCall, Route } from '../../server/call';
import { mailSend, mailWrite } from '../access';
import { createAnswer, type AnswerKind, type AnswerParameters } from '../answer';
import { sendDraft } from '../delivery';
import { createDraft, type MessageInput } from '../draft';
import type { Mailbox } from '../mailbox';
import type { MailService } from '../service';
import type { StoredMessage } from '../types';
import { oneMessage, readMessageInput } from './messages';

export function messageActionRoutes(mail: MailService): Route[] {
	return [
		sendMailRoute(mail),
		...['mailbox/', 'mailbox/mailFolders/*/'].flatMap((base) => actionsOn(mail, base)),
	];
}

function sendMailRoute(mail: MailService): Route {
	return {
		method: 'POST',
		path: 'mailbox/sendMail',
		access: mailSend,
		handle: (call) => {
			const mailbox = mail.open(call);
			const parameters = parametersOf(readMessageInput(call));
			const draft = createDraft(mailbox, (parameters.message ?? {}) as MessageInput);
			try {
				sendDraft(mail, mailbox, draft, {
					sender: mail.senderOf(call, mailbox),
					saveToSentItems: parameters.savetosentitems !== false,
				});
			} catch (error) {
				mailbox.removeMessage(draft);
				throw error;
			}
			return { status: 202 };
		},
	};
}

function actionsOn(mail: MailService, base: string): Route[] {
	const messageOf = (call: GraphCall, mailbox: Mailbox): StoredMessage =>
		mailbox.message(call.keys.at(-1) ?? '');
	const action = (
		name: string,
		access: Route['access'],
		act: (call: GraphCall, mailbox: Mailbox, message: StoredMessage) => ReturnType<Route['handle']>,
	): Route => ({
		method: 'POST',
		path: `${base}messages/*/${name}`,
		access,
		handle: (call) => {
			const mailbox = mail.open(call);
			return act(call, mailbox, messageOf(call, mailbox));
		},
	});
	return [
		action('send', mailSend, (call, mailbox, message) => {
			if (!message.isDraft) {
				throw badRequest('Cannot send a message that is not a draft.', 'ErrorInvalidRequest');
			}
			sendDraft(mail, mailbox, message, { sender: mail.senderOf(call, mailbox) });
			return { status: 202 };
		}),
		...(['createReply', 'createReplyAll', 'createForward'] as const).map((name) =>
			action(name, mailWrite, (call, mailbox, message) => {
				const draft = createAnswer(mailbox, message, kinds[name], answerParameters(call));
				return { status: 201, json: oneMessage(call, mailbox, draft) };
			}),
		),
		...(['reply', 'replyAll', 'forward'] as const).map((name) =>
			action(name, mailSend, (call, mailbox, message) => {
				const draft = createAnswer(mailbox, message, name, answerParameters(call));
				try {
					sendDraft(mail, mailbox, draft, { sender: mail.senderOf(call, mailbox) });
				} catch (error) {
					mailbox.removeMessage(draft);
					throw error;
				}
				return { status: 202 };
			}),
		),
		action('move', mailWrite, (call, mailbox, message) => {
			mailbox.moveMessage(message, destinationOf(call, mailbox));
			return { status: 201, json: oneMessage(call, mailbox, message) };
		}),
		action('copy', mailWrite, (call, mailbox, message) => {
			const copy = mailbox.addMessage({
				...message,
				folder: destinationOf(call, mailbox).serial,
				attachments: message.attachments.map((each) => ({
					...each,
					serial: mailbox.nextSerial(),
				})),
			});
			return { status: 201, json: oneMessage(call, mailbox, copy) };
		}),
		action('permanentDelete', mailWrite, (_call, mailbox, message) => {
			mailbox.removeMessage(message);
			return { status: 204 };
		}),
	];
}

const kinds: Readonly<Record<string, AnswerKind>> &
	Record<'createReply' | 'createReplyAll' | 'createForward', AnswerKind> = {
	createReply: 'reply',
	createReplyAll: 'replyAll',
	createForward: 'forward',
};

/** Action parameters come in any case. */
function parametersOf(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return Object.fromEntries(
		Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]),
	);
}

function answerParameters(call: GraphCall): AnswerParameters {
	if (call.bytes.length === 0) return {};
	const { comment, message, torecipients } = parametersOf(readMessageInput(call));
	return {
		...(typeof comment === 'string' && { comment }),
		...(typeof message === 'object' && message !== null && { message: message as MessageInput }),
		...(Array.isArray(torecipients) && {
			toRecipients: torecipients as NonNullable<AnswerParameters['toRecipients']>,
		}),
	};
}

export function destinationOf(call: GraphCall, mailbox: Mailbox): ReturnType<Mailbox['folder']> {
	const { destinationid } = parametersOf(readMessageInput(call));
	return mailbox.folder(typeof destinationid === 'string' ? destinationid : '');
}
