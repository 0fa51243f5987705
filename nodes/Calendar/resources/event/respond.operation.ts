import { assertAvailable } from '../../../../core/availability';
import { toGraphTime } from '../../../../core/calendar/localTime';
import type { EnteredTime } from '../../../../core/time';
import { type Zone, utc, zoneOf } from '../../../../core/calendar/zone';
import { path } from '../../../../core/graph/path';
import { ParameterError, showWhen } from '../../../kit/field';
import { choice, text, toggle } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { oneOrAllField } from '../../fields/event';
import { time } from '../../fields/time';
import { onEvent } from '../../fields/where';

const canPropose = { response: ['tentativelyAccept', 'decline'] };

export const respond = defineOperation({
	name: 'Respond',
	value: 'respond',
	action: 'Respond to an invitation',
	description: 'Accept, tentatively accept or decline an invitation, or propose another time',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	batchable: true,
	properties: [
		...onEvent,
		oneOrAllField,
		choice('response', {
			displayName: 'Response',
			options: [
				{ name: 'Accept', value: 'accept' },
				{ name: 'Decline', value: 'decline' },
				{ name: 'Tentative', value: 'tentativelyAccept' },
			],
			default: 'accept',
		}),
		toggle('sendResponse', {
			displayName: 'Send Response',
			default: true,
			description: 'Whether the organizer gets the response as a message',
		}),
		text('comment', { displayName: 'Comment', rows: 3, description: 'What the organizer reads' }),
		showWhen(
			time('proposedStart', {
				displayName: 'Propose New Start',
				description: 'Another time that the organizer is asked for. Empty: none.',
			}),
			canPropose,
		),
		showWhen(time('proposedEnd', { displayName: 'Propose New End' }), canPropose),
	],
	request: ({ params, cloud, timezone }) => {
		const { scope, response, sendResponse, comment } = params;
		const proposedNewTime = proposal(params, zoneOf(timezone) ?? utc);
		if (proposedNewTime) assertAvailable('event.proposeNewTime', cloud);
		return {
			method: 'POST',
			path: path`${scope.path}/${response}`,
			body: { comment, sendResponse, ...(proposedNewTime && { proposedNewTime }) },
		};
	},
	shape: (_, { params }) => ({ success: true, response: params.response }),
});

function proposal(
	params: {
		readonly proposedStart: EnteredTime | undefined;
		readonly proposedEnd: EnteredTime | undefined;
		readonly sendResponse: boolean;
	},
	zone: Zone,
) {
	const { proposedStart: start, proposedEnd: end, sendResponse } = params;
	if (!start && !end) return undefined;
	if (!start || !end) {
		throw new ParameterError(
			start ? 'Propose New End' : 'Propose New Start',
			'is empty',
			'A proposed time needs both, its start and its end.',
		);
	}
	if (!sendResponse) {
		throw new ParameterError(
			'Send Response',
			'is off, so that nobody would get the proposed time',
			'Switch it on, or propose no time.',
		);
	}
	return { start: toGraphTime(start, zone), end: toGraphTime(end, zone) };
}
