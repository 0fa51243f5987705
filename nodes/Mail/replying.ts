import type { ItemBody, Message, Recipient } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../../core/graph/path';
import type { ExecuteInput } from '../kit/operation';
import type { ParamsOf } from '../kit/field';
import { collection } from '../kit/fields/values';
import { mailboxField } from '../kit/fields/mailbox';
import { attachmentsField, bodyField, bodyTypeField, replyOptionFields } from './fields/content';
import { message } from './fields/message';
import { messageExtras } from './message';
import { attachToDraft, attachmentsFor } from './outgoingAttachments';
import { sendViaDraft } from './sending';

export const replyFields = [
	mailboxField,
	message('message', {
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

type ReplyInput = ExecuteInput<ParamsOf<typeof replyFields>>;

/**
 * Answers a message within its conversation; Graph addresses the answer (to Reply-To where the
 * original has one) and quotes the original. Answers the sent message.
 */
export async function sendReply(
	action: 'createReply' | 'createReplyAll',
	{ graph, params, binary }: ReplyInput,
): Promise<Message> {
	const { mailbox } = params;
	const label = attachmentsField.property.displayName;
	const attachments = attachmentsFor(await binary.sources(params.attachments, label), {
		html: params.bodyType === 'html' ? params.body : undefined,
		cloud: graph.cloud,
		label,
	});
	return await sendViaDraft({
		graph,
		mailbox,
		create: { method: 'POST', path: path`${mailbox}/messages/${params.message}/${action}` },
		complete: async (draft, draftPath: GraphPath) => {
			const completed = await graph.request<Message>({
				method: 'PATCH',
				path: draftPath,
				body: replyPatch(draft, params),
			});
			await attachToDraft(graph, draftPath, attachments);
			return completed;
		},
	});
}

function replyPatch(draft: Message, { bodyType, body, options }: ReplyInput['params']): Message {
	const extras = messageExtras(options);
	return {
		body: aboveQuote(draft.body, body, bodyType),
		...extras,
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
