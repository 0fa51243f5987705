import type { Message } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { ParameterError, type ParamsOf } from '../../../kit/field';
import { mailboxField } from '../../../kit/fields/mailbox';
import { collection } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { bodyChange, bodyTypeChange, categoriesChange, subjectChange } from '../../fields/changes';
import { replyOptionFields } from '../../fields/content';
import { draftField } from '../../fields/draft';
import { recipient, recipients } from '../../../kit/fields/recipients';
import { messageExtras } from '../../message';
import { simplifyMessage } from '../../simplify';

const changesField = collection('changes', {
	displayName: 'Changes',
	placeholder: 'Add Change',
	description: 'What to change; anything else stays as it is. Empty recipients remove those there.',
	fields: [
		...replyOptionFields,
		bodyChange,
		bodyTypeChange,
		categoriesChange,
		recipient('from', {
			displayName: 'From',
			placeholder: 'e.g. support@contoso.com',
			description:
				'The mailbox to send as or on behalf of. Exchange must allow it (Send As or Send on Behalf).',
		}),
		subjectChange,
		recipients('to', { displayName: 'To', description: 'Who will get the message' }),
	],
});

export const update = defineOperation({
	name: 'Update',
	value: 'update',
	action: 'Update a draft',
	description: 'Change the text, subject, recipients or options of a message in Drafts',
	permissions: { delegated: 'Mail.ReadWrite', application: 'Mail.ReadWrite' },
	batchable: true,
	properties: [mailboxField, draftField, changesField],
	request: ({ params }) => ({
		method: 'PATCH',
		path: path`${params.mailbox}/messages/${params.messageId}`,
		body: draftPatch(params.changes),
	}),
	shape: (body, input) => simplifyMessage(body as Message, input),
});

function draftPatch(changes: ParamsOf<readonly [typeof changesField]>['changes']): Message {
	const { subject, body, bodyType = 'html', categories, from } = changes;
	const { to, cc, bcc, replyTo } = changes;
	const patch: Message = {
		...messageExtras(changes),
		...(subject !== undefined && { subject }),
		...(body !== undefined && { body: { contentType: bodyType, content: body } }),
		...(categories && { categories: [...categories] }),
		...(from && { from }),
		...(to && { toRecipients: to }),
		...(cc && { ccRecipients: cc }),
		...(bcc && { bccRecipients: bcc }),
		...(replyTo && { replyTo }),
		...switchedOff(changes),
	};
	if (Object.keys(patch).length > 0) return patch;
	throw new ParameterError('Changes', 'is empty', 'Add at least one change.');
}

function switchedOff(changes: {
	readonly isReadReceiptRequested?: boolean;
	readonly isDeliveryReceiptRequested?: boolean;
}): Message {
	return {
		...(changes.isReadReceiptRequested === false && { isReadReceiptRequested: false }),
		...(changes.isDeliveryReceiptRequested === false && { isDeliveryReceiptRequested: false }),
	};
}
