import { alignUp, isWithin, slotsIn } from '../../../../core/calendar/freeSlots';
import { instantOf, isoAt } from '../../../../core/time';
import { utc, zoneOf } from '../../../../core/calendar/zone';
import { ParameterError } from '../../../kit/field';
import { mailboxField } from '../../../kit/fields/mailbox';
import { choice, collection, wholeNumber } from '../../../kit/fields/values';
import { type ExecuteInput, defineOperation, item } from '../../../kit/operation';
import { addressOf } from '../../attendees';
import { durationField, peopleField, workingHoursField } from '../../fields/availability';
import { outputZoneField, time } from '../../fields/time';
import { outputZoneOf } from '../../outputZone';
import { readSchedules, scheduleOf, scheduleProblems } from '../../schedules';

const dayMs = 86_400_000;
/** Long enough to find most slots at once, short enough to be answered quickly. */
const stepDays = 14;

export const getNextFreeSlot = defineOperation({
	name: 'Get Next Free Slot',
	value: 'getNextFreeSlot',
	action: 'Get the next free slot',
	description: 'Find the first time at which all people and rooms are free',
	permissions: { delegated: 'Calendars.ReadBasic', application: 'Calendars.ReadBasic.All' },
	concurrentItems: 4,
	properties: [
		mailboxField,
		peopleField,
		durationField,
		time('after', { displayName: 'Not Before', description: 'Empty: now' }),
		wholeNumber('withinDays', { displayName: 'Within Days', default: 14, min: 1, max: 365 }),
		workingHoursField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				outputZoneField,
				choice('stepMinutes', {
					displayName: 'Begins On',
					options: [
						{ name: 'Every 5 Minutes', value: '5' },
						{ name: 'Full Hours', value: '60' },
						{ name: 'Half Hours', value: '30' },
						{ name: 'Quarter Hours', value: '15' },
					],
					default: '30',
				}),
				choice('tentative', {
					displayName: 'Tentative Counts As',
					options: [
						{ name: 'Busy', value: 'busy' },
						{ name: 'Free', value: 'free' },
					],
					default: 'busy',
				}),
			],
		}),
	],
	execute: async (input) => {
		const { params, timezone, note } = input;
		const addresses = params.people.map(addressOf);
		if (addresses.length === 0)
			throw new ParameterError('Attendees', 'is empty', 'Name at least one person or room.');
		const stepMinutes = Number(params.options.stepMinutes ?? 30);
		const afterMs = params.after ? instantOf(params.after, zoneOf(timezone) ?? utc) : Date.now();
		const fromMs = alignUp(afterMs, stepMinutes);
		const lastMs = afterMs + params.withinDays * dayMs;
		for (let startMs = fromMs; startMs < lastMs; startMs += stepDays * dayMs) {
			// A slot may begin on the last day of a step and end after it.
			const endMs = Math.min(startMs + stepDays * dayMs + params.durationMinutes * 60_000, lastMs);
			const found = await search(input, { addresses, startMs, endMs, stepMinutes });
			if (found.problems.length > 0) {
				note(`Exchange knows no schedule of: ${found.problems.join(', ')}`);
			}
			if (found.slot) return [item({ found: true, ...found.slot, attendees: addresses })];
		}
		return [item({ found: false, start: '', end: '', attendees: addresses })];
	},
});

interface Params {
	readonly mailbox: Parameters<typeof readSchedules>[1]['mailbox'];
	readonly durationMinutes: number;
	readonly workingHours: boolean;
	readonly options: {
		readonly tentative?: 'busy' | 'free';
		readonly outputTimeZone?: ReturnType<typeof outputZoneOf>;
	};
}

async function search(
	input: ExecuteInput<Params>,
	where: {
		readonly addresses: readonly string[];
		readonly startMs: number;
		readonly endMs: number;
		readonly stepMinutes: number;
	},
): Promise<{ slot?: { start: string; end: string }; problems: string[] }> {
	const { graph, params } = input;
	const { addresses, startMs, endMs, stepMinutes } = where;
	const zone = outputZoneOf(input);
	const informations = await readSchedules(graph, {
		mailbox: params.mailbox,
		addresses,
		fromMs: startMs,
		untilMs: endMs,
		intervalMinutes: stepMinutes,
		zone,
	});
	const problems = scheduleProblems(informations);
	const schedules = informations.map((each) => scheduleOf(each, zone));
	const free = params.options.tentative === 'free' ? ['free', 'tentative'] : ['free'];
	const { durationMinutes } = params;
	const cells = { schedules, startMs, endMs, cellMinutes: stepMinutes, durationMinutes };
	for (const slot of slotsIn(cells)) {
		const isFree = [...slot.availability.values()].every((each) => free.includes(each));
		const isWorkTime =
			!params.workingHours || schedules.every(({ workingHours }) => isWithin(slot, workingHours));
		if (isFree && isWorkTime) {
			return { slot: { start: isoAt(slot.startMs, zone), end: isoAt(slot.endMs, zone) }, problems };
		}
	}
	return { problems };
}
