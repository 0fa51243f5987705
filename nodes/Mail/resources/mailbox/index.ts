import { defineResource } from '../../../kit/resource';
import { getMailTips } from './getMailTips.operation';
import { getSettings } from './getSettings.operation';
import { setAutomaticReplies } from './setAutomaticReplies.operation';
import { updateSettings } from './updateSettings.operation';

export const mailbox = defineResource({
	name: 'Mailbox',
	value: 'mailbox',
	description: 'Settings and automatic replies of a mailbox, and tips about recipients',
	operations: [getSettings, getMailTips, setAutomaticReplies, updateSettings],
});
