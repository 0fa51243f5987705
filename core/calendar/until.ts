import { addDays, daysInMonth, parts } from './dates';
import { dateAt, instantOf, type LocalDate } from '../time';
import { utc, type Zone } from './zone';

/**
 * The last day on which an occurrence may begin under an UNTIL.
 * @param until `20261231`, `20261231T080000Z`, or local without the `Z`
 * @param startTime of the series in its zone, e.g. `09:00:00`
 * @returns `undefined` for what is no day or time
 */
export function endDateOf(until: string, startTime: string, zone: Zone): LocalDate | undefined {
	const [, year, month, day, hour, minute, second, isUtc] =
		/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/i.exec(until) ?? [];
	if (year === undefined || month === undefined || day === undefined) return undefined;
	const date = `${year}-${month}-${day}`;
	if (!isDate(date)) return undefined;
	if (hour === undefined) return date;
	const ms = instantOf(
		{ kind: 'local', text: `${date}T${hour}:${minute ?? '00'}:${second ?? '00'}` },
		isUtc ? utc : zone,
	);
	if (Number.isNaN(ms)) return undefined;
	const localDate = dateAt(ms, zone);
	const startThatDay = instantOf({ kind: 'local', text: `${localDate}T${startTime}` }, zone);
	return startThatDay <= ms ? localDate : addDays(localDate, -1);
}

function isDate(date: LocalDate): boolean {
	const { year, month, day } = parts(date);
	return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}
