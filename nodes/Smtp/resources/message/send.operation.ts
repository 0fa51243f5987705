import { item } from '../../../kit/operation';
import { collection } from '../../../kit/fields/values';
import { newMail } from '../../newMail';
import { defineSmtpOperation, smtpPermissions } from '../../smtp';
import {
	attachmentsField,
	bodyField,
	bodyTypeField,
	optionFields,
	plainBodyField,
	subjectField,
	toField,
} from '../../fields';

export const send = defineSmtpOperation({
	name: 'Send',
	value: 'send',
	action: 'Send a message',
	description: 'Send an email, with files and images in the text',
	permissions: smtpPermissions,
	properties: [
		toField,
		subjectField,
		bodyTypeField,
		bodyField,
		plainBodyField,
		attachmentsField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: optionFields,
		}),
	],
	execute: async ({ smtp, mailbox, params, binary, note }) => {
		const sources = await binary.sources(params.attachments, attachmentsField.property.displayName);
		const { messageId, envelope, accepted, rejected, response } = await smtp.send(
			newMail(params, mailbox, sources),
		);
		if (rejected.length > 0) {
			note(
				`The server refused ${rejected.map(({ address }) => address).join(', ')}; the message went to the others.`,
			);
		}
		return [item({ messageId, envelope, accepted, rejected, response })];
	},
});
