import { dayNumber, parts, weekdayOf } from '../../core/calendar/dates';
import { graphTimeAt } from '../../core/calendar/localTime';
import { type EnteredTime, dateOf, instantOf } from '../../core/time';
import { parseRrule } from '../../core/calendar/parseRrule';
import {
	type Pattern,
	type Range,
	type Recurrence,
	RecurrenceError,
	weekdays,
} from '../../core/calendar/recurrence';
import { relativeTo } from '../../core/calendar/series';
import type { Zone } from '../../core/calendar/zone';
import { ParameterError } from '../kit/field';
import type { RecurrenceForm } from './fields/recurrence';

/**
 * What the form says, for an event that begins then.
 * @returns `undefined` for an event that doesn't repeat
 * @throws {ParameterError}
 */
export function recurrenceOf(
	form: RecurrenceForm,
	start: EnteredTime,
	zone: Zone,
): Recurrence | undefined {
	if (form.repeat === 'never') return undefined;
	if (form.repeat === 'rule') return recurrenceOfRule(form.recurrenceRule ?? '', start, zone);
	return { pattern: patternOf(form, form.repeat, start, zone), range: rangeOf(form, start, zone) };
}

/** @throws {ParameterError} for a rule that Outlook can't repeat */
export function recurrenceOfRule(rule: string, start: EnteredTime, zone: Zone): Recurrence {
	const label = 'Recurrence Rule';
	if (rule.trim() === '') {
		throw new ParameterError(label, 'is empty', 'Enter one like FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10.');
	}
	try {
		const local = graphTimeAt(instantOf(start, zone), zone);
		return parseRrule(rule, {
			date: dateOf(start, zone),
			time: local.dateTime.slice(11),
			zone,
		});
	} catch (error) {
		if (!(error instanceof RecurrenceError)) throw error;
		throw new ParameterError(label, error.message, error.nextStep);
	}
}

function patternOf(
	form: RecurrenceForm,
	type: Pattern['type'],
	start: EnteredTime,
	zone: Zone,
): Pattern {
	const date = dateOf(start, zone);
	const { repeatInterval: interval = 1, repeatDays = [] } = form;
	if (interval > 99 && type !== 'daily') {
		throw new ParameterError('Repeat Every', `is ${interval}; the most is 99, and 999 for days`);
	}
	const { month, day: dayOfMonth } = parts(date);
	switch (type) {
		case 'daily':
			return { type, interval };
		case 'weekly': {
			const startDay = weekdays[weekdayOf(dayNumber(date))] ?? 'monday';
			const days = repeatDays.length > 0 ? repeatDays : [startDay];
			const daysOfWeek = weekdays.filter((day) => days.includes(day));
			return { type, interval, daysOfWeek, firstDayOfWeek: 'monday' };
		}
		case 'absoluteMonthly':
			return { type, interval, dayOfMonth };
		case 'absoluteYearly':
			return { type, interval, month, dayOfMonth };
		case 'relativeMonthly':
			return { type, interval, ...relativeOf(form, date) };
		case 'relativeYearly':
			return { type, interval, month, ...relativeOf(form, date) };
	}
}

function relativeOf(form: RecurrenceForm, date: string): ReturnType<typeof relativeTo> {
	const ofStart = relativeTo(date);
	const { repeatWeek = 'start', repeatWeekdays = [] } = form;
	return {
		index: repeatWeek === 'start' ? ofStart.index : repeatWeek,
		daysOfWeek:
			repeatWeekdays.length > 0
				? weekdays.filter((day) => repeatWeekdays.includes(day))
				: ofStart.daysOfWeek,
	};
}

function rangeOf(form: RecurrenceForm, start: EnteredTime, zone: Zone): Range {
	const common = { startDate: dateOf(start, zone), recurrenceTimeZone: zone.name };
	const { repeatUntil = 'noEnd', repeatCount = 1, repeatEndDay } = form;
	if (repeatUntil === 'noEnd') return { ...common, type: 'noEnd' };
	if (repeatUntil === 'numbered') {
		return { ...common, type: 'numbered', numberOfOccurrences: repeatCount };
	}
	const label = 'Last Possible Day';
	if (!repeatEndDay) throw new ParameterError(label, 'is empty');
	const endDate = dateOf(repeatEndDay, zone);
	if (endDate < common.startDate) throw new ParameterError(label, 'is before the start');
	return { ...common, type: 'endDate', endDate };
}
