import { item } from '../../../kit/operation';
import { defineSmtpOperation, smtpPermissions } from '../../smtp';

export const verify = defineSmtpOperation({
	name: 'Verify',
	value: 'verify',
	action: 'Verify the connection',
	description: 'Sign in to the SMTP server and send nothing',
	permissions: smtpPermissions,
	properties: [],
	execute: async ({ smtp }) => [item({ success: true, ...(await smtp.verify()) })],
});
