import { path } from '../../../../core/graph/path';
import { text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { recipients } from '../../../kit/fields/recipients';
import { onEvent } from '../../fields/where';

export const forward = defineOperation({
	name: 'Forward',
	value: 'forward',
	action: 'Forward an invitation',
	description: 'Send the invitation of a meeting to further people; the organizer is told',
	permissions: { delegated: 'Calendars.Read', application: 'Calendars.Read' },
	needs: 'event.forward',
	batchable: true,
	properties: [
		...onEvent,
		recipients('to', {
			displayName: 'To',
			required: true,
			description: 'Who gets the invitation; several addresses with commas',
		}),
		text('comment', { displayName: 'Comment', rows: 3 }),
	],
	request: ({ params: { event, to, comment } }) => ({
		method: 'POST',
		path: path`${event}/forward`,
		body: { toRecipients: to, comment },
	}),
});
