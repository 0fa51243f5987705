import type { DayOfWeek, MailboxSettings } from '@microsoft/microsoft-graph-types';
import { zoneOf } from '../../../../core/calendar/zone';
import { ParameterError, type ParamsOf } from '../../../kit/field';
import { mailboxField } from '../../../kit/fields/mailbox';
import { choice, choices, collection, text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { settingsPath } from '../../mailboxSettings';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const settingsField = collection('settings', {
	displayName: 'Settings',
	placeholder: 'Add Setting',
	description: 'What to change; anything else stays as it is',
	fields: [
		text('dateFormat', {
			displayName: 'Date Format',
			placeholder: 'e.g. dd/MM/yyyy',
			description: 'How Outlook shows dates, as a short date pattern',
		}),
		text('language', {
			displayName: 'Language',
			placeholder: 'e.g. de-DE',
			description: 'The language and country as a locale',
		}),
		choice('meetingMessagesTo', {
			displayName: 'Meeting Messages Go To',
			options: [
				{ name: 'Delegates and Owner', value: 'sendToDelegateAndPrincipal' },
				{ name: 'Delegates, Owner Is Informed', value: 'sendToDelegateAndInformationToPrincipal' },
				{ name: 'Delegates Only', value: 'sendToDelegateOnly' },
			],
			default: 'sendToDelegateOnly',
			description: 'Who gets invitations and answers where the calendar has delegates',
		}),
		text('timeFormat', {
			displayName: 'Time Format',
			placeholder: 'e.g. HH:mm',
			description: 'How Outlook shows times, as a short time pattern',
		}),
		text('timeZone', {
			displayName: 'Time Zone',
			placeholder: 'e.g. Europe/Berlin',
			description: 'The IANA or Windows name',
		}),
		choices('workingDays', {
			displayName: 'Working Days',
			options: days.map((name) => ({ name, value: name.toLowerCase() as DayOfWeek })),
			default: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
		}),
		text('workingHoursEnd', { displayName: 'Working Hours End', placeholder: 'e.g. 17:30' }),
		text('workingHoursStart', { displayName: 'Working Hours Start', placeholder: 'e.g. 08:30' }),
		text('workingHoursTimeZone', {
			displayName: 'Working Hours Time Zone',
			placeholder: 'e.g. Europe/Berlin',
			description: 'The IANA or Windows name',
		}),
	],
});

type Settings = ParamsOf<readonly [typeof settingsField]>['settings'];

export const updateSettings = defineOperation({
	name: 'Update Settings',
	value: 'updateSettings',
	action: 'Update the settings of a mailbox',
	description:
		'Change the time zone, language, date and time formats or working hours of a mailbox',
	permissions: {
		delegated: 'MailboxSettings.ReadWrite',
		application: 'MailboxSettings.ReadWrite',
	},
	batchable: true,
	properties: [mailboxField, settingsField],
	request: ({ params }) => ({
		method: 'PATCH',
		path: settingsPath(params.mailbox),
		body: settingsPatch(params.settings),
	}),
	shape: (_, { params }) => ({ success: true, updated: Object.keys(params.settings) }),
});

function settingsPatch(settings: Settings): MailboxSettings {
	const { dateFormat, timeFormat, timeZone, language, meetingMessagesTo } = settings;
	const workingHours = workingHoursPatch(settings);
	const patch: MailboxSettings = {
		...(dateFormat && { dateFormat }),
		...(timeFormat && { timeFormat }),
		...(timeZone && { timeZone: zoneName(timeZone, 'Time Zone') }),
		...(language && { language: { locale: language.trim() } }),
		...(meetingMessagesTo && { delegateMeetingMessageDeliveryOptions: meetingMessagesTo }),
		...(Object.keys(workingHours).length > 0 && { workingHours }),
	};
	if (Object.keys(patch).length > 0) return patch;
	throw new ParameterError('Settings', 'is empty', 'Add at least one setting.');
}

function workingHoursPatch(settings: Settings): NonNullable<MailboxSettings['workingHours']> {
	const { workingDays, workingHoursStart, workingHoursEnd, workingHoursTimeZone } = settings;
	return {
		...(workingDays && { daysOfWeek: [...workingDays] }),
		...(workingHoursStart && { startTime: timeOfDay(workingHoursStart, 'Working Hours Start') }),
		...(workingHoursEnd && { endTime: timeOfDay(workingHoursEnd, 'Working Hours End') }),
		...(workingHoursTimeZone && {
			timeZone: { name: zoneName(workingHoursTimeZone, 'Working Hours Time Zone') },
		}),
	};
}

function timeOfDay(entered: string, label: string): string {
	const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)(?::\d\d)?$/.exec(entered.trim()) ?? [];
	if (hour !== undefined && minute !== undefined) return `${hour.padStart(2, '0')}:${minute}:00`;
	throw new ParameterError(label, `is "${entered}", which is no time`, 'Enter it like 08:30.');
}

function zoneName(entered: string, label: string): string {
	const zone = zoneOf(entered);
	if (zone) return zone.name;
	throw new ParameterError(
		label,
		`is "${entered}", which is no time zone`,
		'Enter its IANA name, like Europe/Berlin, or its Windows name, like W. Europe Standard Time.',
	);
}
