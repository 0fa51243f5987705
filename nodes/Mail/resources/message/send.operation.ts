import { path } from '../../../../core/graph/path';
import { ParameterError } from '../../../kit/field';
import { collection, toggle } from '../../../kit/fields/values';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation, item } from '../../../kit/operation';
import {
	attachmentsField,
	bodyField,
	bodyTypeField,
	messageOptionFields,
	subjectField,
	toField,
} from '../../fields/content';
import { addressesOf, newMessage } from '../../message';
import { attachFiles, fitOneRequest, inlineAttachment } from '../../../kit/attachments/attach';
import { sendViaDraft } from '../../sending';
import { messageAttachments } from '../../messageAttachments';

export const send = defineOperation({
	name: 'Send',
	value: 'send',
	action: 'Send a message',
	description: 'Send a new email, with attachments of any size that Exchange takes',
	permissions: { delegated: 'Mail.Send', application: 'Mail.Send' },
	properties: [
		mailboxField,
		toField,
		subjectField,
		bodyTypeField,
		bodyField,
		attachmentsField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				...messageOptionFields,
				toggle('returnIds', {
					displayName: 'Return the IDs',
					description:
						'Whether to return the ID, conversation and internet message ID of what was sent. Takes one more request and the permission Mail.ReadWrite, as do attachments of 3 MB and more.',
				}),
				toggle('saveToSentItems', {
					displayName: 'Save to Sent Items',
					default: true,
					description: 'Whether a copy is kept in Sent Items',
				}),
			],
		}),
	],
	execute: async ({ graph, params, binary }) => {
		const { mailbox, options } = params;
		const { saveToSentItems = true, returnIds = false } = options;
		const message = newMessage(params, graph.cloud);
		const attachments = await messageAttachments({ graph, params, binary });
		const sent = {
			success: true,
			subject: params.subject,
			to: addressesOf(params.to),
			attachments: attachments.map(({ source }) => source.fileName),
		};
		const isSmall = fitOneRequest(attachments, Buffer.byteLength(params.body));
		if (isSmall && !returnIds) {
			await graph.request({
				method: 'POST',
				path: path`${mailbox}/sendMail`,
				body: {
					message: {
						...message,
						...(attachments.length > 0 && {
							attachments: await Promise.all(attachments.map(inlineAttachment)),
						}),
					},
					saveToSentItems,
				},
			});
			return [item(sent)];
		}
		if (!saveToSentItems) throw mustBeSaved(isSmall);
		const draft = await sendViaDraft({
			graph,
			mailbox,
			create: { method: 'POST', path: path`${mailbox}/messages`, body: message },
			complete: async (created, draftPath) => {
				await attachFiles(graph, draftPath, attachments);
				return created;
			},
		});
		const { id, conversationId, internetMessageId } = draft;
		return [item({ ...sent, id, conversationId, internetMessageId })];
	},
});

/** Such a message goes through a draft, and Exchange keeps every draft that it sends. */
function mustBeSaved(isSmall: boolean): ParameterError {
	return isSmall
		? new ParameterError(
				'Save to Sent Items',
				"can't be off together with Return the IDs: they are those of the copy in Sent Items",
				'Switch one of the two.',
			)
		: new ParameterError(
				'Save to Sent Items',
				"can't be off for attachments of 3 MB and more in total: Exchange always keeps a copy of those",
				'Leave it on, and delete the message with Message > Delete afterwards; Return the IDs gives its ID.',
			);
}
