import { instantOf, utcText } from '../../../../core/time';
import { utc, zoneOf } from '../../../../core/calendar/zone';
import { textLiteral } from '../../../../core/graph/literal';
import { collection, text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { eventPages } from '../../eventPages';
import { eventOutputOptions } from '../../fields/output';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { time } from '../../fields/time';
import { inCalendar } from '../../fields/where';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many events',
	description: 'List single events and series; for single occurrences use Get Calendar View',
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	properties: [
		...inCalendar,
		returnAllField,
		limitField,
		collection('filters', {
			displayName: 'Filters',
			placeholder: 'Add Filter',
			fields: [
				text('category', { displayName: 'Category', placeholder: 'e.g. Blue category' }),
				text('filter', {
					displayName: 'OData Filter',
					placeholder: "e.g. isAllDay eq true and sensitivity eq 'normal'",
					description:
						'A $filter of Microsoft Graph, for what the form lacks. Times in it are UTC.',
				}),
				time('startsFrom', {
					displayName: 'Starts From',
					description: 'Of a series its first occurrence counts',
				}),
				time('startsBefore', { displayName: 'Starts Before' }),
				text('subject', {
					displayName: 'Subject Begins With',
					placeholder: 'e.g. Weekly',
				}),
			],
		}),
		simplifyField,
		eventOutputOptions,
	],
	execute: (input) => {
		const { category, filter, startsBefore, startsFrom, subject } = input.params.filters;
		const zone = zoneOf(input.timezone) ?? utc;
		// Graph compares with the event's UTC start, and takes no offset in the literal.
		const bound = (entered: NonNullable<typeof startsFrom>) =>
			textLiteral(utcText(instantOf(entered, zone)).slice(0, -1));
		const conditions = [
			startsFrom && `start/dateTime ge ${bound(startsFrom)}`,
			startsBefore && `start/dateTime lt ${bound(startsBefore)}`,
			subject && `startswith(subject,${textLiteral(subject)})`,
			category && `categories/any(c:c eq ${textLiteral(category)})`,
			filter && `(${filter})`,
		].filter(Boolean);
		return eventPages(input, input.params.calendar.events, {
			$filter: conditions.join(' and ') || undefined,
		});
	},
});
