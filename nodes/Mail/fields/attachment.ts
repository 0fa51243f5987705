import { text } from '../../kit/fields/values';

export const attachmentField = text('attachmentId', {
	displayName: 'Attachment ID',
	required: true,
	placeholder: 'e.g. {{ $json.id }}',
	description: 'The ID of an attachment, as Attachment > Get Many returns it',
});
