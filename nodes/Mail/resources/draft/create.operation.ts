import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { collection } from '../../../kit/fields/values';
import { defineOperation, item } from '../../../kit/operation';
import {
	attachmentsField,
	bodyField,
	bodyTypeField,
	messageOptionFields,
	subjectField,
} from '../../fields/content';
import { recipients } from '../../fields/recipients';
import { newMessage } from '../../message';
import { attachToDraft, attachmentsFor } from '../../outgoingAttachments';
import { createDraft } from '../../sending';
import { simplifyMessage } from '../../simplify';

export const create = defineOperation({
	name: 'Create',
	value: 'create',
	action: 'Create a draft',
	description: 'Write a message into Drafts, to be checked and sent later',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	properties: [
		mailboxField,
		subjectField,
		bodyTypeField,
		bodyField,
		recipients('to', {
			displayName: 'To',
			description: 'Who will get the message; may be left for later',
		}),
		attachmentsField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: messageOptionFields,
		}),
	],
	execute: async (input) => {
		const { graph, params, binary } = input;
		const label = attachmentsField.property.displayName;
		const attachments = attachmentsFor(await binary.sources(params.attachments, label), {
			html: params.bodyType === 'html' ? params.body : undefined,
			cloud: graph.cloud,
			label,
		});
		const { draft } = await createDraft({
			graph,
			mailbox: params.mailbox,
			create: {
				method: 'POST',
				path: path`${params.mailbox}/messages`,
				body: newMessage(params, graph.cloud),
			},
			complete: async (created, draftPath) => {
				await attachToDraft(graph, draftPath, attachments);
				return attachments.length > 0 ? { ...created, hasAttachments: true } : created;
			},
		});
		return [item(simplifyMessage(draft, input))];
	},
});
