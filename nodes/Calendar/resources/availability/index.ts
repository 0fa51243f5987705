import { defineResource } from '../../../kit/resource';
import { findMeetingTimes } from './findMeetingTimes.operation';
import { getNextFreeSlot } from './getNextFreeSlot.operation';
import { getSchedule } from './getSchedule.operation';

export const availability = defineResource({
	name: 'Availability',
	value: 'availability',
	description: 'When people and rooms are free',
	operations: [findMeetingTimes, getNextFreeSlot, getSchedule],
});
