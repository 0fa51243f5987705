import type { MailTips } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../../core/graph/path';
import { mailboxField } from '../../../kit/fields/mailbox';
import { choices } from '../../../kit/fields/values';
import { defineOperation, item } from '../../../kit/operation';
import { recipients } from '../../../kit/fields/recipients';
import { simplifyField } from '../../../kit/fields/output';
import { addressesOf } from '../../message';

const tips = [
	{ name: 'Automatic Replies', value: 'automaticReplies' },
	{ name: 'Custom Tip', value: 'customMailTip' },
	{ name: 'Delivery Restriction', value: 'deliveryRestriction' },
	{ name: 'Largest Message', value: 'maxMessageSize' },
	{ name: 'Mailbox Full', value: 'mailboxFullStatus' },
	{ name: 'Moderation', value: 'moderationStatus' },
	{ name: 'Number of Members', value: 'totalMemberCount' },
	{ name: 'Number of Outside Members', value: 'externalMemberCount' },
	{ name: 'Scope', value: 'recipientScope' },
] as const;

export const getMailTips = defineOperation({
	name: 'Get Mail Tips',
	value: 'getMailTips',
	action: 'Get mail tips for recipients',
	description:
		'Ask before sending: is somebody away, is the mailbox full, how many people does a group reach',
	permissions: { delegated: 'Mail.Read', application: 'Mail.Read' },
	properties: [
		{
			...mailboxField,
			property: {
				...mailboxField.property,
				description:
					"The address of the mailbox that would send. Empty: the signed-in person's own.",
			},
		},
		recipients('recipients', {
			displayName: 'Recipients',
			required: true,
			description: 'Who would get the message; several addresses with commas',
		}),
		choices('tips', {
			displayName: 'Tips',
			options: tips,
			default: tips.map(({ value }) => value),
		}),
		simplifyField,
	],
	execute: async ({ graph, params }) => {
		const { value } = await graph.request<{ value: MailTips[] }>({
			method: 'POST',
			path: path`${params.mailbox}/getMailTips`,
			body: {
				EmailAddresses: addressesOf(params.recipients),
				MailTipsOptions: params.tips.join(', '),
			},
			// It changes nothing.
			repeatable: true,
		});
		return value.map((tip) => item(params.simplify ? simplifyTips(tip) : tip));
	},
});

function simplifyTips(tip: MailTips): IDataObject {
	return {
		address: tip.emailAddress?.address ?? '',
		name: tip.emailAddress?.name ?? '',
		isAway: (tip.automaticReplies?.message ?? '') !== '',
		automaticReply: tip.automaticReplies?.message ?? '',
		isMailboxFull: tip.mailboxFull ?? false,
		customTip: tip.customMailTip ?? '',
		isRestricted: tip.deliveryRestricted ?? false,
		isModerated: tip.isModerated ?? false,
		scope: tip.recipientScope ?? '',
		members: tip.totalMemberCount ?? null,
		outsideMembers: tip.externalMemberCount ?? null,
		largestMessage: tip.maxMessageSize ?? null,
		error: tip.error?.message ?? '',
	};
}
