import type { ScheduleInformation } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import { toIso } from '../../../../core/calendar/localTime';
import type { Zone } from '../../../../core/calendar/zone';
import { mailboxField } from '../../../kit/fields/mailbox';
import { collection, textList, wholeNumber } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { simplifyField } from '../../../kit/fields/output';
import { outputZoneField } from '../../fields/time';
import { windowFields, windowOf } from '../../fields/window';
import { outputZoneOf } from '../../outputZone';
import { readSchedules } from '../../schedules';

export const getSchedule = defineOperation({
	name: 'Get Schedule',
	value: 'getSchedule',
	action: 'Get the free and busy times of people',
	description: 'List when people, rooms and groups are free or busy, any number of them at once',
	permissions: { delegated: 'Calendars.ReadBasic', application: 'Calendars.ReadBasic.All' },
	concurrentItems: 4,
	properties: [
		mailboxField,
		textList('schedules', {
			displayName: 'Of',
			required: true,
			placeholder: 'e.g. ana@contoso.com, room12@contoso.com',
			description: 'Addresses of people, rooms, equipment and distribution lists',
		}),
		...windowFields,
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				outputZoneField,
				wholeNumber('interval', {
					displayName: 'View Interval (Minutes)',
					default: 30,
					min: 5,
					max: 1440,
					description: 'How long each digit of the availability view stands for',
				}),
			],
		}),
	],
	execute: async (input) => {
		const { graph, params, timezone } = input;
		const zone = outputZoneOf(input);
		const informations = await readSchedules(graph, {
			mailbox: params.mailbox,
			addresses: params.schedules,
			...windowOf(params, timezone),
			intervalMinutes: params.options.interval ?? 30,
			zone,
		});
		return informations.map((information) => ({
			json: params.simplify ? simplify(information, zone) : { ...(information as IDataObject) },
		}));
	},
});

function simplify(information: ScheduleInformation, zone: Zone): IDataObject {
	const { scheduleId, availabilityView, scheduleItems, workingHours, error } = information;
	return {
		address: scheduleId ?? '',
		availabilityView: availabilityView ?? '',
		busy: (scheduleItems ?? []).map(({ start, end, status, subject, location, isPrivate }) => ({
			start: isoOf(start, zone),
			end: isoOf(end, zone),
			status: status ?? 'unknown',
			subject: subject ?? '',
			location: location ?? '',
			isPrivate: isPrivate ?? false,
		})),
		workingDays: workingHours?.daysOfWeek ?? [],
		workingHoursStart: workingHours?.startTime?.slice(0, 5) ?? '',
		workingHoursEnd: workingHours?.endTime?.slice(0, 5) ?? '',
		workingHoursTimeZone: workingHours?.timeZone?.name ?? '',
		error: error ? (error.message ?? error.responseCode ?? 'unknown') : '',
	};
}

type ScheduleTime = NonNullable<NonNullable<ScheduleInformation['scheduleItems']>[number]['start']>;

function isoOf(time: ScheduleTime | null | undefined, zone: Zone): string {
	return time?.dateTime
		? toIso({ dateTime: time.dateTime, timeZone: time.timeZone ?? 'UTC' }, zone)
		: '';
}
