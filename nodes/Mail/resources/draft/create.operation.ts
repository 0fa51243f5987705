import type { Message } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { ParameterError, type ParamsOf, showWhen } from '../../../kit/field';
import { mailboxField } from '../../../kit/fields/mailbox';
import { choice, collection } from '../../../kit/fields/values';
import { type ExecuteInput, defineOperation, item } from '../../../kit/operation';
import {
	attachmentsField,
	bodyField,
	bodyTypeField,
	messageOptionFields,
	subjectField,
} from '../../fields/content';
import { messageField } from '../../fields/message';
import { recipients } from '../../../kit/fields/recipients';
import { newMessage } from '../../message';
import { attachFiles } from '../../../kit/attachments/attach';
import { type AnswerAction, answerJob } from '../../replying';
import { type DraftJob, createDraft } from '../../sending';
import { simplifyMessage } from '../../simplify';
import { messageAttachments } from '../../messageAttachments';

const properties = [
	mailboxField,
	choice('kind', {
		displayName: 'Kind',
		options: [
			{ name: 'Forward', value: 'forward' },
			{ name: 'New Message', value: 'new' },
			{ name: 'Reply', value: 'reply' },
			{ name: 'Reply to All', value: 'replyAll' },
		],
		default: 'new',
		description: 'A reply or forward stays in the conversation of its message and quotes it',
	}),
	showWhen(messageField, { kind: ['forward', 'reply', 'replyAll'] }),
	showWhen(subjectField, { kind: ['new'] }),
	bodyTypeField,
	bodyField,
	showWhen(
		recipients('to', {
			displayName: 'To',
			description: 'Who will get the message; may be left for later',
		}),
		{ kind: ['forward', 'new'] },
	),
	attachmentsField,
	collection('options', {
		displayName: 'Options',
		placeholder: 'Add Option',
		fields: messageOptionFields,
	}),
] as const;

type Input = ExecuteInput<ParamsOf<typeof properties>>;

const answerActions = {
	forward: 'createForward',
	reply: 'createReply',
	replyAll: 'createReplyAll',
} as const satisfies Record<string, AnswerAction>;

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create a draft',
	description: 'Write a message, a reply or a forward into Drafts, to be checked and sent later',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	properties,
	execute: async (input) => {
		const { kind, messageId } = input.params;
		const job =
			kind === 'new' || messageId === undefined
				? await newDraftJob(input)
				: await answerDraftJob(answerActions[kind], messageId, input);
		const { draft } = await createDraft(job);
		return [item(simplifyMessage(draft, input))];
	},
});

async function newDraftJob({ graph, params, binary }: Input): Promise<DraftJob> {
	const { mailbox, to = [], subject = '' } = params;
	const attachments = await messageAttachments({ graph, params, binary });
	return {
		graph,
		mailbox,
		create: {
			method: 'POST',
			path: path`${mailbox}/messages`,
			body: newMessage({ ...params, to, subject }, graph.cloud),
		},
		complete: async (created: Message, draftPath) => {
			await attachFiles(graph, draftPath, attachments);
			return attachments.length > 0 ? { ...created, hasAttachments: true } : created;
		},
	};
}

async function answerDraftJob(
	action: AnswerAction,
	messageId: string,
	input: Input,
): Promise<DraftJob> {
	const { params } = input;
	if (params.options.headers && params.options.headers.length > 0) {
		throw new ParameterError(
			'Custom Headers',
			"can't be added to a reply or forward",
			'Microsoft Graph takes them with new messages only: remove the option.',
		);
	}
	return await answerJob(action, { ...input, params: { ...params, messageId } });
}
