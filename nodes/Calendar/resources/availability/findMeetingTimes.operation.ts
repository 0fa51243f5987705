import { isAvailable } from '../../../../core/availability';
import { mailboxField } from '../../../kit/fields/mailbox';
import { collection, wholeNumber } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { recipients } from '../../../kit/fields/recipients';
import { durationField, peopleField, workingHoursField } from '../../fields/availability';
import { outputZoneField } from '../../fields/time';
import { windowFields, windowOf } from '../../fields/window';
import { suggestFromSchedules, suggestMeetingTimes } from '../../meetingTimes';
import { outputZoneOf } from '../../outputZone';

export const findMeetingTimes = defineOperation({
	name: 'Find Meeting Times',
	value: 'findMeetingTimes',
	action: 'Find meeting times',
	description: 'Suggest times for a meeting, the likeliest to suit everybody first',
	permissions: { delegated: 'Calendars.Read.Shared', application: 'Calendars.ReadBasic.All' },
	concurrentItems: 4,
	properties: [
		mailboxField,
		peopleField,
		...windowFields,
		durationField,
		workingHoursField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				wholeNumber('maxCandidates', {
					displayName: 'Max Suggestions',
					default: 20,
					min: 1,
					max: 100,
				}),
				wholeNumber('minimumPercentage', {
					displayName: 'Minimum Attendance (Percent)',
					default: 50,
					min: 0,
					max: 100,
					description:
						'How likely it has to be that everybody comes; 100 suggests only times that suit all',
				}),
				recipients('rooms', {
					displayName: 'Rooms',
					description: 'Addresses of rooms that have to be free, too',
				}),
				outputZoneField,
			],
		}),
	],
	execute: async (input) => {
		const { cloud, identity, params, timezone, note } = input;
		const { maxCandidates = 20, minimumPercentage = 50, rooms = [] } = params.options;
		const search = {
			...windowOf(params, timezone),
			mailbox: params.mailbox,
			people: params.people,
			rooms,
			durationMinutes: params.durationMinutes,
			workingHours: params.workingHours,
			maxCandidates,
			minimumPercentage,
			zone: outputZoneOf(input),
		};
		// Microsoft offers it to signed-in people only, and in China to nobody.
		const offered = isAvailable('user.findMeetingTimes', cloud) && identity === 'delegated';
		const found = offered
			? await suggestMeetingTimes(input.graph, search)
			: await suggestFromSchedules(input.graph, search);
		if (!offered) {
			const why = identity === 'application' ? 'for apps' : `in ${cloud.label}`;
			note(`There is no findMeetingTimes ${why}: the answer was made here from getSchedule.`);
		}
		if (found.suggestions.length === 0) note(`No time was found: ${found.reason}`);
		return found.suggestions.map((json) => ({ json }));
	},
});
