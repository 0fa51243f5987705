import type { DateTimeTimeZone, MailboxSettings } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import { toIso } from '../../core/calendar/localTime';
import { utc, zoneOf } from '../../core/calendar/zone';
import { type GraphPath, path } from '../../core/graph/path';

export const settingsPath = (mailbox: GraphPath): GraphPath => path`${mailbox}/mailboxSettings`;

/** The settings as one flat object that has the same keys for every mailbox. */
export function simplifySettings(settings: MailboxSettings, timezone: string): IDataObject {
	const { language, workingHours, automaticRepliesSetting: replies } = settings;
	return {
		timeZone: settings.timeZone ?? '',
		language: language?.locale ?? '',
		dateFormat: settings.dateFormat ?? '',
		timeFormat: settings.timeFormat ?? '',
		workingDays: workingHours?.daysOfWeek ?? [],
		workingHoursStart: clockTime(workingHours?.startTime),
		workingHoursEnd: clockTime(workingHours?.endTime),
		workingHoursTimeZone: workingHours?.timeZone?.name ?? '',
		mailboxType: settings.userPurpose ?? '',
		meetingMessagesTo: settings.delegateMeetingMessageDeliveryOptions ?? '',
		automaticReplies: replies?.status ?? '',
		automaticRepliesAudience: replies?.externalAudience ?? '',
		automaticRepliesStart: timeOf(replies?.scheduledStartDateTime, timezone),
		automaticRepliesEnd: timeOf(replies?.scheduledEndDateTime, timezone),
		internalReplyMessage: replies?.internalReplyMessage ?? '',
		externalReplyMessage: replies?.externalReplyMessage ?? '',
	};
}

/** `08:00:00.0000000` as people write it. */
const clockTime = (time: string | null | undefined): string => time?.slice(0, 5) ?? '';

function timeOf(time: DateTimeTimeZone | null | undefined, timezone: string): string {
	if (!time?.dateTime) return '';
	const graphTime = { dateTime: time.dateTime, timeZone: time.timeZone ?? 'UTC' };
	return toIso(graphTime, zoneOf(timezone) ?? utc);
}
