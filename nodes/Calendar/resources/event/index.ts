import { defineResource } from '../../../kit/resource';
import { addAttachment } from './addAttachment.operation';
import { addAttendees } from './addAttendees.operation';
import { cancel } from './cancel.operation';
import { create } from './create.operation';
import { createAndWait } from './createAndWait.operation';
import { deleteEvent } from './delete.operation';
import { dismissReminder } from './dismissReminder.operation';
import { downloadAttachments } from './downloadAttachments.operation';
import { forward } from './forward.operation';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getAttachments } from './getAttachments.operation';
import { getInstances } from './getInstances.operation';
import { getView } from './getView.operation';
import { removeAttendees } from './removeAttendees.operation';
import { respond } from './respond.operation';
import { snoozeReminder } from './snoozeReminder.operation';
import { update } from './update.operation';

export const event = defineResource({
	name: 'Event',
	value: 'event',
	description: 'A single event, a series, or an occurrence of one',
	operations: [
		create,
		addAttachment,
		addAttendees,
		cancel,
		createAndWait,
		deleteEvent,
		dismissReminder,
		downloadAttachments,
		forward,
		get,
		getAll,
		getAttachments,
		getInstances,
		getView,
		removeAttendees,
		respond,
		snoozeReminder,
		update,
	],
});
