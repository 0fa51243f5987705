import { showWhen } from '../../kit/field';
import {
	choice,
	choices,
	collection,
	json,
	textList,
	toggle,
	wholeNumber,
} from '../../kit/fields/values';
import { findRule } from '../rules';
import { asFolderId, folder } from './folder';
import { named } from './named';
import { recipients } from '../../kit/fields/recipients';
import { importanceChoice, sensitivityChoice } from '../../kit/fields/outlook';

export const ruleField = named('rule', {
	displayName: 'Rule',
	searchListMethod: 'searchRules',
	placeholder: 'e.g. Invoices to Accounting',
	// Graph's ids of rules are short Base64, e.g. AQAAAJ5dZqA=.
	idPattern: /^AQ[\w+/-]{6,}=*$/,
	find: findRule,
});

const words = 'Any of these, with commas between them';

const predicates = [
	textList('bodyContains', { displayName: 'Body Contains', description: words }),
	textList('bodyOrSubjectContains', {
		displayName: 'Body or Subject Contains',
		description: words,
	}),
	textList('categories', { displayName: 'Categories', description: words }),
	recipients('fromAddresses', { displayName: 'From', description: 'Sent by one of these people' }),
	textList('headerContains', { displayName: 'Headers Contain', description: words }),
	importanceChoice('high'),
	choices('is', {
		displayName: 'Is',
		options: [
			{ name: 'A Meeting Request', value: 'isMeetingRequest' },
			{ name: 'A Meeting Response', value: 'isMeetingResponse' },
			{ name: 'A Non-Delivery Report', value: 'isNonDeliveryReport' },
			{ name: 'A Read Receipt', value: 'isReadReceipt' },
			{ name: 'A Voice Message', value: 'isVoicemail' },
			{ name: 'An Approval Request', value: 'isApprovalRequest' },
			{ name: 'An Automatic Reply', value: 'isAutomaticReply' },
			{ name: 'Encrypted', value: 'isEncrypted' },
			{ name: 'Forwarded Automatically', value: 'isAutomaticForward' },
			{ name: 'Not Sent to Me', value: 'notSentToMe' },
			{ name: 'Permission-Controlled', value: 'isPermissionControlled' },
			{ name: 'Sent Only to Me', value: 'sentOnlyToMe' },
			{ name: 'Sent to Me', value: 'sentToMe' },
			{ name: 'Sent to Me or With Me in Cc', value: 'sentToOrCcMe' },
			{ name: 'Signed', value: 'isSigned' },
			{ name: 'With Attachments', value: 'hasAttachments' },
			{ name: 'With Me in Cc', value: 'sentCcMe' },
		],
		description: 'All of these must hold',
	}),
	wholeNumber('maximumSize', { displayName: 'Largest Size (KB)', default: 1024, min: 0 }),
	wholeNumber('minimumSize', { displayName: 'Smallest Size (KB)', default: 0, min: 0 }),
	textList('recipientContains', { displayName: 'Recipient Contains', description: words }),
	textList('senderContains', {
		displayName: 'Sender Contains',
		placeholder: 'e.g. @contoso.com',
		description: words,
	}),
	sensitivityChoice('private'),
	recipients('sentToAddresses', {
		displayName: 'Sent To',
		description: 'Sent to one of these people',
	}),
	textList('subjectContains', {
		displayName: 'Subject Contains',
		placeholder: 'e.g. invoice, receipt',
		description: words,
	}),
] as const;

export const conditionsField = collection('conditions', {
	displayName: 'Conditions',
	placeholder: 'Add Condition',
	description: 'Each that is added must hold; without any, the rule applies to every message',
	fields: predicates,
});

const exceptionsField = collection('exceptions', {
	displayName: 'Exceptions',
	placeholder: 'Add Exception',
	description: 'The rule leaves alone what any of these applies to',
	fields: predicates,
});

const actionsField = collection('actions', {
	displayName: 'Actions',
	placeholder: 'Add Action',
	fields: [
		textList('assignCategories', {
			displayName: 'Assign Categories',
			placeholder: 'e.g. Invoices',
		}),
		toggle('delete', {
			displayName: 'Delete',
			default: true,
			description: 'Whether to move the message to Deleted Items',
		}),
		recipients('forwardAsAttachmentTo', { displayName: 'Forward as Attachment To' }),
		recipients('forwardTo', { displayName: 'Forward To' }),
		toggle('markAsRead', {
			displayName: 'Mark as Read',
			default: true,
			description: 'Whether to mark the message as read',
		}),
		choice('markImportance', {
			displayName: 'Mark Importance',
			options: [
				{ name: 'High', value: 'high' },
				{ name: 'Low', value: 'low' },
				{ name: 'Normal', value: 'normal' },
			],
			default: 'high',
		}),
		toggle('permanentDelete', {
			displayName: 'Delete Permanently',
			default: true,
			description: 'Whether to delete the message without keeping it in Deleted Items',
		}),
		recipients('redirectTo', { displayName: 'Redirect To' }),
		toggle('stopProcessingRules', {
			displayName: 'Stop Processing Rules',
			default: true,
			description: 'Whether the rules after this one leave the message alone',
		}),
	],
});

const byForm = { defineBy: ['form'] } as const;

/** What a rule does, by form or as Graph's JSON. */
export const ruleContentFields = [
	choice('defineBy', {
		displayName: 'Define By',
		options: [
			{ name: 'Form', value: 'form' },
			{ name: 'JSON', value: 'json', description: 'As Microsoft Graph takes it' },
		],
		default: 'form',
	}),
	showWhen(conditionsField, byForm),
	showWhen(exceptionsField, byForm),
	showWhen(
		choice('filing', {
			displayName: 'Filing',
			options: [
				{ name: 'Copy to a Folder', value: 'copyToFolder' },
				{ name: 'Leave in the Inbox', value: 'none' },
				{ name: 'Move to a Folder', value: 'moveToFolder' },
			],
			default: 'none',
		}),
		byForm,
	),
	showWhen(asFolderId(folder('folder', { displayName: 'Folder' })), {
		...byForm,
		filing: ['copyToFolder', 'moveToFolder'],
	}),
	showWhen(actionsField, byForm),
	showWhen(
		json('ruleJson', {
			displayName: 'Rule (JSON)',
			default:
				'{\n  "conditions": { "subjectContains": ["invoice"] },\n  "actions": { "markAsRead": true }\n}',
			description:
				'A messageRule with conditions, exceptions and actions. <a href="https://learn.microsoft.com/graph/api/resources/messagerule">Its properties</a>.',
		}),
		{ defineBy: ['json'] },
	),
] as const;

export const ruleOptionsField = collection('options', {
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: [
		toggle('isEnabled', {
			displayName: 'Enabled',
			default: true,
			description: 'Whether the rule is applied',
		}),
		wholeNumber('sequence', {
			displayName: 'Position',
			default: 1,
			min: 1,
			description: 'The place of the rule among the others; 1 is applied first',
		}),
	],
});
