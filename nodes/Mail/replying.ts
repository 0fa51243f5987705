import type { ItemBody, Message, Recipient } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../../core/graph/path';
import type { ExecuteInput } from '../kit/operation';
import { collection } from '../kit/fields/values';
import { mailboxField } from '../kit/fields/mailbox';
import { attachmentsField, bodyField, bodyTypeField, replyOptionFields } from './fields/content';
import { message } from './fields/message';
import { type MessageOptions, messageExtras } from './message';
import { attachFiles } from '../kit/attachments/attach';
import { type DraftJob, sendViaDraft } from './sending';
import { messageAttachments } from './messageAttachments';

export const replyFields = [
	mailboxField,
	message('messageId', {
		displayName: 'Message',
		description: 'The message to answer',
		searchListMethod: 'searchMessages',
	}),
	bodyTypeField,
	{
		...bodyField,
		property: {
			...bodyField.property,
			description: 'What to answer; the original follows below it',
		},
	},
	attachmentsField,
	collection('options', {
		displayName: 'Options',
		placeholder: 'Add Option',
		fields: replyOptionFields,
	}),
] as const;

/** Of Graph: each makes a draft within the conversation, addressed and with the original quoted. */
export type AnswerAction = 'createReply' | 'createReplyAll' | 'createForward';

export interface AnswerParams {
	readonly mailbox: GraphPath;
	/** The id of the original. */
	readonly messageId: string;
	readonly bodyType: 'html' | 'text';
	readonly body: string;
	/** Names of binary fields. */
	readonly attachments: readonly string[];
	readonly options: MessageOptions;
	/** Of a forward; whom a reply goes to, Graph takes from the original. */
	readonly to?: Recipient[] | undefined;
}

type AnswerInput = ExecuteInput<AnswerParams>;

/**
 * Answers or forwards a message within its conversation; Graph addresses a reply (to Reply-To where
 * the original has one) and quotes the original. Answers the sent message.
 */
export async function sendReply(action: AnswerAction, input: AnswerInput): Promise<Message> {
	return await sendViaDraft(await answerJob(action, input));
}

/** @throws {ParameterError} before anything is sent, e.g. for a binary field that is missing */
export async function answerJob(
	action: AnswerAction,
	{ graph, params, binary }: AnswerInput,
): Promise<DraftJob> {
	const { mailbox } = params;
	const attachments = await messageAttachments({ graph, params, binary });
	return {
		graph,
		mailbox,
		create: { method: 'POST', path: path`${mailbox}/messages/${params.messageId}/${action}` },
		complete: async (draft, draftPath) => {
			const completed = await graph.request<Message>({
				method: 'PATCH',
				path: draftPath,
				body: answerPatch(draft, params),
			});
			await attachFiles(graph, draftPath, attachments);
			return attachments.length > 0 ? { ...completed, hasAttachments: true } : completed;
		},
	};
}

function answerPatch(draft: Message, { bodyType, body, options, to }: AnswerParams): Message {
	const extras = messageExtras(options);
	const { from, categories } = options;
	return {
		body: aboveQuote(draft.body, body, bodyType),
		...extras,
		...(to && to.length > 0 && { toRecipients: to }),
		...(from && { from }),
		...(categories && categories.length > 0 && { categories: [...categories] }),
		// The draft has those already whom the reply goes to.
		...(extras.ccRecipients && { ccRecipients: joined(draft.ccRecipients, extras.ccRecipients) }),
		...(extras.bccRecipients && {
			bccRecipients: joined(draft.bccRecipients, extras.bccRecipients),
		}),
	};
}

function joined(
	present: readonly Recipient[] | null | undefined,
	further: readonly Recipient[],
): Recipient[] {
	return [...(present ?? []), ...further];
}

/** The answer on top of what Graph has put into the draft: the quoted original. */
export function aboveQuote(
	quote: ItemBody | null | undefined,
	answer: string,
	answerType: 'html' | 'text',
): ItemBody {
	const quoted = quote?.content ?? '';
	if (quote?.contentType === 'text') {
		// A draft of plain text takes plain text; an HTML answer makes it HTML.
		if (answerType === 'text') return { contentType: 'text', content: `${answer}\n\n${quoted}` };
		return { contentType: 'html', content: `${answer}${asHtml(`\n\n${quoted}`)}` };
	}
	const html = answerType === 'html' ? answer : asHtml(answer);
	const bodyTag = /<body[^>]*>/i.exec(quoted);
	const at = bodyTag ? bodyTag.index + bodyTag[0].length : 0;
	return {
		contentType: 'html',
		content: `${quoted.slice(0, at)}<div>${html}</div>${quoted.slice(at)}`,
	};
}

function asHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll(/\r?\n/g, '<br>');
}
