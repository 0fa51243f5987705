import { weekdays } from '../../../core/calendar/recurrence';
import { type Field, type ParamsOf, showWhen } from '../../kit/field';
import { choice, choices, text, wholeNumber } from '../../kit/fields/values';
import { time } from './time';

const repeats = {
	pattern: [
		'daily',
		'weekly',
		'absoluteMonthly',
		'relativeMonthly',
		'absoluteYearly',
		'relativeYearly',
	],
	onDays: ['weekly'],
	onNthDay: ['relativeMonthly', 'relativeYearly'],
} as const;

const dayChoices = [...weekdays.slice(1), weekdays[0]].map((value) => ({
	name: value.charAt(0).toUpperCase() + value.slice(1),
	value,
}));

/** How an event repeats: a form for each of Outlook's patterns, or a rule as text. */
export const recurrenceFields = [
	choice('repeat', {
		displayName: 'Repeat',
		options: [
			{ name: 'Daily', value: 'daily' },
			{
				name: 'Monthly by Day',
				value: 'absoluteMonthly',
				description: 'Like every 15th, by the start',
			},
			{
				name: 'Monthly by Weekday',
				value: 'relativeMonthly',
				description: 'Like every second Tuesday',
			},
			{ name: 'Never', value: 'never' },
			{ name: 'Recurrence Rule', value: 'rule', description: 'A rule as text (RRULE)' },
			{ name: 'Weekly', value: 'weekly' },
			{
				name: 'Yearly by Day',
				value: 'absoluteYearly',
				description: 'Like every 3 May, by the start',
			},
			{
				name: 'Yearly by Weekday',
				value: 'relativeYearly',
				description: 'Like the last Friday in the month of the start',
			},
		],
		default: 'never',
	}),
	showWhen(
		wholeNumber('repeatInterval', {
			displayName: 'Repeat Every',
			default: 1,
			min: 1,
			max: 999,
			hint: 'So many days, weeks, months or years. 2: every other one.',
		}),
		{ repeat: [...repeats.pattern] },
	),
	showWhen(
		choices('repeatDays', {
			displayName: 'On Days',
			options: dayChoices,
			hint: 'Empty: the day of the week on which it starts',
		}),
		{ repeat: [...repeats.onDays] },
	),
	showWhen(
		choice('repeatWeek', {
			displayName: 'On the',
			options: [
				{ name: 'Same as the Start', value: 'start' },
				{ name: 'First', value: 'first' },
				{ name: 'Second', value: 'second' },
				{ name: 'Third', value: 'third' },
				{ name: 'Fourth', value: 'fourth' },
				{ name: 'Last', value: 'last' },
			],
			default: 'start',
		}),
		{ repeat: [...repeats.onNthDay] },
	),
	showWhen(
		choices('repeatWeekdays', {
			displayName: 'Weekday',
			options: dayChoices,
			description: "With several, the first of them counts. Empty: the start's day of the week.",
		}),
		{ repeat: [...repeats.onNthDay] },
	),
	showWhen(
		choice('repeatUntil', {
			displayName: 'Ends',
			options: [
				{ name: 'After a Number of Times', value: 'numbered' },
				{ name: 'Never', value: 'noEnd' },
				{ name: 'On a Day', value: 'endDate' },
			],
			default: 'noEnd',
		}),
		{ repeat: [...repeats.pattern] },
	),
	showWhen(
		wholeNumber('repeatCount', { displayName: 'Number of Times', default: 10, min: 1, max: 999 }),
		{ repeat: [...repeats.pattern], repeatUntil: ['numbered'] },
	),
	showWhen(time('repeatEndDay', { displayName: 'Last Possible Day' }), {
		repeat: [...repeats.pattern],
		repeatUntil: ['endDate'],
	}),
	showWhen(
		text('recurrenceRule', {
			displayName: 'Recurrence Rule',
			placeholder: 'e.g. FREQ=WEEKLY;BYDAY=MO,WE;COUNT=10',
			description:
				'An RRULE of iCalendar, as far as Outlook can repeat it: DAILY, WEEKLY, MONTHLY and YEARLY',
		}),
		{ repeat: ['rule'] },
	),
] as const satisfies readonly Field[];

export type RecurrenceForm = ParamsOf<typeof recurrenceFields>;
