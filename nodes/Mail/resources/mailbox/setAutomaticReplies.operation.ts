import type { AutomaticRepliesSetting } from '@microsoft/microsoft-graph-types';
import { graphTimeAt } from '../../../../core/calendar/localTime';
import { utc, zoneOf } from '../../../../core/calendar/zone';
import type { UtcTime } from '../../../../core/time';
import { ParameterError, type ParamsOf, showWhen } from '../../../kit/field';
import { dateTime } from '../../../kit/fields/dateTime';
import { mailboxField } from '../../../kit/fields/mailbox';
import { choice, text } from '../../../kit/fields/values';
import { type OperationInput, defineOperation } from '../../../kit/operation';
import { settingsPath } from '../../mailboxSettings';

const on = ['alwaysEnabled', 'scheduled'] as const;

const properties = [
	mailboxField,
	choice('status', {
		displayName: 'Automatic Replies',
		options: [
			{ name: 'Always', value: 'alwaysEnabled', description: 'Until they are switched off' },
			{ name: 'In a Period', value: 'scheduled' },
			{ name: 'Off', value: 'disabled' },
		],
		default: 'scheduled',
	}),
	showWhen(
		dateTime('start', {
			displayName: 'Start',
			description: "When they begin, in the workflow's time zone",
		}),
		{ status: ['scheduled'] },
	),
	showWhen(
		dateTime('end', {
			displayName: 'End',
			description: "When they end, in the workflow's time zone",
		}),
		{ status: ['scheduled'] },
	),
	showWhen(
		text('internalMessage', {
			displayName: 'Reply Inside the Organization',
			rows: 4,
			description: 'HTML or plain text; empty keeps the one that is set',
		}),
		{ status: on },
	),
	showWhen(
		choice('audience', {
			displayName: 'Reply Outside the Organization',
			options: [
				{ name: 'To Contacts Only', value: 'contactsOnly' },
				{ name: 'To Everyone', value: 'all' },
				{ name: 'To Nobody', value: 'none' },
			],
			default: 'none',
		}),
		{ status: on },
	),
	showWhen(
		text('externalMessage', {
			displayName: 'Text for Outside',
			rows: 4,
			description: 'HTML or plain text; empty keeps the one that is set',
		}),
		{ status: on, audience: ['all', 'contactsOnly'] },
	),
] as const;

type Input = OperationInput<ParamsOf<typeof properties>>;

export const setAutomaticReplies = defineOperation({
	name: 'Set Automatic Replies',
	value: 'setAutomaticReplies',
	action: 'Set the automatic replies of a mailbox',
	description: 'Switch the out-of-office replies of a mailbox on or off, or schedule them',
	permissions: {
		delegated: 'MailboxSettings.ReadWrite',
		application: 'MailboxSettings.ReadWrite',
	},
	batchable: true,
	properties,
	request: (input) => ({
		method: 'PATCH',
		path: settingsPath(input.params.mailbox),
		body: { automaticRepliesSetting: repliesSetting(input) },
	}),
	shape: (_, { params }) => ({ success: true, automaticReplies: params.status }),
});

function repliesSetting({ params, timezone }: Input): AutomaticRepliesSetting {
	const { status, start, end, internalMessage, audience, externalMessage } = params;
	if (status === 'disabled') return { status };
	return {
		status,
		...(status === 'scheduled' && schedule(start, end, timezone)),
		...(internalMessage && { internalReplyMessage: internalMessage }),
		...(audience && { externalAudience: audience }),
		...(externalMessage && { externalReplyMessage: externalMessage }),
	};
}

function schedule(
	start: UtcTime | undefined,
	end: UtcTime | undefined,
	timezone: string,
): AutomaticRepliesSetting {
	if (start === undefined) throw new ParameterError('Start', 'is empty', 'Enter when they begin.');
	if (end === undefined) throw new ParameterError('End', 'is empty', 'Enter when they end.');
	if (Date.parse(end) <= Date.parse(start)) {
		throw new ParameterError('End', 'is not after the start');
	}
	const zone = zoneOf(timezone) ?? utc;
	return {
		scheduledStartDateTime: graphTimeAt(Date.parse(start), zone),
		scheduledEndDateTime: graphTimeAt(Date.parse(end), zone),
	};
}
