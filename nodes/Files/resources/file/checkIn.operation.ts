import { path } from '../../../../core/graph/path';
import { text, toggle } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { fileFields } from '../../fields/items';
import { writes } from '../../shared/permissions';

export const checkIn = defineOperation({
	name: 'Check In',
	value: 'checkIn',
	action: 'Check in a file',
	description: 'Let others see and change a file that was checked out',
	permissions: writes,
	batchable: true,
	properties: [
		...fileFields,
		text('comment', { displayName: 'Comment', description: 'What has changed in this version' }),
		toggle('publish', {
			displayName: 'Publish',
			description: 'Whether to make it a major version, in libraries that have minor ones',
		}),
	],
	request: ({ params }) => ({
		method: 'POST',
		path: path`${params.item.path}/checkin`,
		body: { comment: params.comment, ...(params.publish && { checkInAs: 'published' }) },
	}),
	shape: () => ({ success: true }),
});
