import type { Event } from '@microsoft/microsoft-graph-types';
import type { ParamsOf } from '../../kit/field';
import { collection, text, toggle } from '../../kit/fields/values';

const subjectFilter = text('subject', {
	displayName: 'Subject Contains',
	placeholder: 'e.g. interview',
	description: 'In any case',
});

const organizerFilter = text('organizer', {
	displayName: 'Organizer',
	placeholder: 'e.g. ben@contoso.com or @contoso.com',
	description: 'The address of the organizer, or the domain with an @ in front',
});

const eventFilters = [
	text('category', { displayName: 'Category', placeholder: 'e.g. Blue category' }),
	organizerFilter,
	toggle('onlyBusy', {
		displayName: 'Only Busy Time',
		default: true,
		description: 'Whether to leave out events during which the calendar shows as free',
	}),
	subjectFilter,
] as const;

export const eventFiltersField = collection('filters', {
	displayName: 'Filters',
	placeholder: 'Add Filter',
	fields: eventFilters,
});

export const updateFiltersField = collection('filters', {
	displayName: 'Filters',
	placeholder: 'Add Filter',
	fields: [
		...eventFilters,
		toggle('onlyDetails', {
			displayName: 'Only Changed Details',
			default: true,
			description:
				'Whether only another subject, time, place, attendee, status or beginning of the text counts: no answers of attendees, and nothing that Exchange changes by itself',
		}),
	],
});

/** What is known of an event when it is gone. */
export const deletedFiltersField = collection('filters', {
	displayName: 'Filters',
	placeholder: 'Add Filter',
	fields: [organizerFilter, subjectFilter],
});

type EventFilters = ParamsOf<readonly [typeof eventFiltersField]>['filters'];

export function matchesEventFilters(event: Event, filters: EventFilters): boolean {
	const { category, onlyBusy, organizer, subject } = filters;
	return (
		fitsText(event.subject, subject) &&
		fitsAddress(event.organizer?.emailAddress?.address, organizer) &&
		!(onlyBusy && event.showAs === 'free') &&
		(!category || (event.categories ?? []).some((each) => same(each, category)))
	);
}

export function fitsText(value: string | null | undefined, wanted: string | undefined): boolean {
	return !wanted || (value ?? '').toLowerCase().includes(wanted.trim().toLowerCase());
}

export function fitsAddress(value: string | null | undefined, wanted: string | undefined): boolean {
	const pattern = wanted?.trim().toLowerCase() ?? '';
	const address = (value ?? '').toLowerCase();
	return pattern.startsWith('@')
		? address.endsWith(pattern)
		: pattern === '' || address === pattern;
}

const same = (left: string, right: string): boolean =>
	left.trim().toLowerCase() === right.trim().toLowerCase();
