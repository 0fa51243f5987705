import { path } from '../../../../core/graph/path';
import { text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { oneOrAllField } from '../../fields/event';
import { onEvent } from '../../fields/where';

export const cancel = defineOperation({
	name: 'Cancel',
	value: 'cancel',
	action: 'Cancel a meeting',
	description: 'Cancel a meeting that the mailbox organizes, with a message to the attendees',
	permissions: { delegated: 'Calendars.ReadWrite', application: 'Calendars.ReadWrite' },
	batchable: true,
	properties: [
		...onEvent,
		oneOrAllField,
		text('comment', {
			displayName: 'Message',
			rows: 3,
			description: 'What the attendees read in the cancellation',
		}),
	],
	request: ({ params: { scope, comment } }) => ({
		method: 'POST',
		path: path`${scope.path}/cancel`,
		body: { comment },
	}),
});
