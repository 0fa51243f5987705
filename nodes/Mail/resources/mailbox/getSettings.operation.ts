import type { MailboxSettings } from '@microsoft/microsoft-graph-types';
import { mailboxField } from '../../../kit/fields/mailbox';
import { defineOperation } from '../../../kit/operation';
import { simplifyField } from '../../../kit/fields/output';
import { settingsPath, simplifySettings } from '../../mailboxSettings';

export const getSettings = defineOperation({
	name: 'Get Settings',
	value: 'getSettings',
	action: 'Get the settings of a mailbox',
	description:
		'Get the time zone, language, formats, working hours and automatic replies of a mailbox',
	permissions: { delegated: 'MailboxSettings.Read', application: 'MailboxSettings.Read' },
	batchable: true,
	properties: [mailboxField, simplifyField],
	request: ({ params }) => ({ method: 'GET', path: settingsPath(params.mailbox) }),
	shape: (body, { params, timezone }) =>
		params.simplify ? simplifySettings(body as MailboxSettings, timezone) : { ...(body as object) },
});
