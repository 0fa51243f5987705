import { daysInMonth } from './dates';
import { type EnteredTime, instantOf, utcText } from '../time';
import {
	type Pattern,
	type Range,
	type Recurrence,
	type WeekIndex,
	type Weekday,
	weekIndexes,
} from './recurrence';
import type { Zone } from './zone';

const dayCode = (day: Weekday): string => day.slice(0, 2).toUpperCase();
const dayCodes = (days: readonly Weekday[]): string => days.map(dayCode).join(',');

/**
 * A recurrence as RFC 5545's RRULE value, e.g. `FREQ=WEEKLY;BYDAY=MO,WE;WKST=SU;COUNT=10`, with
 * exactly the same days.
 *
 * @param zone of the series; undefined for all-day ones, whose end RFC 5545 writes as a day
 */
export function toRrule({ pattern, range }: Recurrence, zone?: Zone): string {
	const interval = pattern.interval === 1 ? [] : [`INTERVAL=${pattern.interval}`];
	const [frequency = '', ...days] = patternParts(pattern);
	return [frequency, ...interval, ...days, ...rangeParts(range, zone)].join(';');
}

function patternParts(pattern: Pattern): string[] {
	switch (pattern.type) {
		case 'daily':
			return ['FREQ=DAILY'];
		case 'weekly':
			return [
				'FREQ=WEEKLY',
				`BYDAY=${dayCodes(pattern.daysOfWeek)}`,
				`WKST=${dayCode(pattern.firstDayOfWeek)}`,
			];
		case 'absoluteMonthly':
			return ['FREQ=MONTHLY', ...monthDay(pattern.dayOfMonth, 28)];
		case 'relativeMonthly':
			return ['FREQ=MONTHLY', ...relative(pattern)];
		case 'absoluteYearly':
			return [
				'FREQ=YEARLY',
				`BYMONTH=${pattern.month}`,
				...monthDay(pattern.dayOfMonth, daysInMonth(2001, pattern.month)),
			];
		case 'relativeYearly':
			return ['FREQ=YEARLY', `BYMONTH=${pattern.month}`, ...relative(pattern)];
	}
}

/** RFC 5545 leaves out the months that a day is missing in; Outlook takes their last day. */
function monthDay(dayOfMonth: number, sureDays: number): string[] {
	if (dayOfMonth <= sureDays) return [`BYMONTHDAY=${dayOfMonth}`];
	if (dayOfMonth === 31) return ['BYMONTHDAY=-1'];
	const days = Array.from({ length: dayOfMonth - sureDays + 1 }, (_, index) => sureDays + index);
	return [`BYMONTHDAY=${days.join(',')}`, 'BYSETPOS=-1'];
}

function relative(pattern: {
	readonly daysOfWeek: readonly Weekday[];
	readonly index: WeekIndex;
}): string[] {
	const { daysOfWeek, index } = pattern;
	const place = index === 'last' ? -1 : weekIndexes.indexOf(index) + 1;
	return daysOfWeek.length === 1
		? [`BYDAY=${place}${dayCodes(daysOfWeek)}`]
		: [`BYDAY=${dayCodes(daysOfWeek)}`, `BYSETPOS=${place}`];
}

function rangeParts(range: Range, zone: Zone | undefined): string[] {
	if (range.type === 'noEnd') return [];
	if (range.type === 'numbered') return [`COUNT=${range.numberOfOccurrences}`];
	if (!zone) return [`UNTIL=${compact(range.endDate)}`];
	const dayEnd: EnteredTime = { kind: 'local', text: `${range.endDate}T23:59:59` };
	return [`UNTIL=${compact(utcText(instantOf(dayEnd, zone)))}`];
}

const compact = (text: string): string => text.replaceAll(/[-:]/g, '');
