import type { CalendarPaths } from '../../Calendar/fields/calendar';
import type { SubscriptionWish } from '../event';

/** The calendar of a trigger among its sources. */
export const calendarKey = (event: string, { events }: CalendarPaths): string =>
	`${event} ${events.toString()}`;

/** Basic notifications of Outlook's resources. learn.microsoft.com/graph/api/resources/subscription */
const maxMinutes = 10_080;

/** Graph tells nothing of the calendars of groups; these are looked at regularly instead. */
export function calendarSubscriptions(
	{ key, events }: CalendarPaths,
	changeType: 'created' | 'updated' | 'updated,deleted',
): SubscriptionWish[] {
	if (key.startsWith('group:')) return [];
	return [{ resource: events, changeType, maxMinutes, withLifecycle: true, immutableIds: true }];
}
