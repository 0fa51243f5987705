import { NotFoundError } from '../../../../core/graph/errors';
import { path } from '../../../../core/graph/path';
import { choice, text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { userField } from '../../fields/user';

/** learn.microsoft.com/graph/api/profilephoto-get */
const sizes = [48, 64, 96, 120, 240, 360, 432, 504, 648].map((pixels) => ({
	name: `${pixels} × ${pixels}`,
	value: `${pixels}x${pixels}`,
}));

export const getPhoto = defineOperation({
	name: 'Get Photo',
	value: 'getPhoto',
	action: 'Get the photo of a user',
	description: "Download a person's profile photo",
	// ProfilePhoto.Read.All suffices too; this is what those who read profiles have anyway.
	permissions: { delegated: 'User.ReadBasic.All', application: 'User.Read.All' },
	concurrentItems: 4,
	properties: [
		userField,
		choice('size', {
			displayName: 'Size',
			options: [{ name: 'Largest', value: 'largest' }, ...sizes],
			default: 'largest',
			description: 'In pixels. A size above the uploaded one does not exist.',
		}),
		text('binaryField', {
			displayName: 'Put Output File in Field',
			default: 'data',
			required: true,
			hint: 'The name of the output field that the photo is put into',
		}),
	],
	execute: async ({ graph, params, binary }) => {
		const photo =
			params.size === 'largest'
				? path`${params.user}/photo`
				: path`${params.user}/photos/${params.size}`;
		try {
			const { headers, body } = await graph.stream({
				method: 'GET',
				path: path`${photo}/$value`,
			});
			const mimeType = headers['content-type']?.split(';')[0] ?? 'image/jpeg';
			const extension = mimeType.split('/')[1]?.replace('jpeg', 'jpg') ?? 'jpg';
			const data = await binary.store(body, `photo.${extension}`, mimeType);
			return [{ json: { size: params.size, mimeType }, binary: { [params.binaryField]: data } }];
		} catch (error) {
			if (!(error instanceof NotFoundError)) throw error;
			const { code, status, requestId } = error;
			throw new NotFoundError('There is no such photo of this person', {
				code,
				status,
				requestId,
				nextStep: 'The person has none, or none of this size. Choose Largest, or go on without.',
				cause: error,
			});
		}
	},
});
