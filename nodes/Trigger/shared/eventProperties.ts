import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';
import type { EventResource, TriggerEvent } from '../event';
import { triggerOptionsProperty } from './triggerOptions';

export const resourceNames: Readonly<Record<EventResource, string>> = {
	calendar: 'Calendar',
	files: 'Files',
	mail: 'Mail',
	sharePoint: 'SharePoint',
};

/** As in the Event dropdown, e.g. `Mail: Message Received`. */
export const eventLabel = ({ resource, name }: TriggerEvent): string =>
	`${resourceNames[resource]}: ${name}`;

/** The Event dropdown, each event's own fields, and the options of all of them. */
export function eventProperties(events: readonly TriggerEvent[]): INodeProperties[] {
	const sorted = [...events].sort((a, b) => eventLabel(a).localeCompare(eventLabel(b), 'en'));
	return [
		{
			displayName: 'Event',
			name: 'event',
			type: 'options',
			noDataExpression: true,
			options: sorted.map((event) => ({
				name: eventLabel(event),
				value: event.value,
				action: event.action,
				description: event.description,
			})),
			default: events[0]?.value ?? '',
		},
		...events.flatMap(({ value, properties }) =>
			properties.map(({ property }) => ({
				...property,
				displayOptions: shownFor(value, property.displayOptions),
			})),
		),
		triggerOptionsProperty,
	];
}

function shownFor(event: string, own: IDisplayOptions | undefined): IDisplayOptions {
	return { ...own, show: { event: [event], ...own?.show } };
}
