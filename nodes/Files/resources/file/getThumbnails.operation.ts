import type { Thumbnail, ThumbnailSet } from '@microsoft/microsoft-graph-types';
import type { IBinaryKeyData } from 'n8n-workflow';
import { path } from '../../../../core/graph/path';
import { showWhen } from '../../../kit/field';
import { choice, toggle } from '../../../kit/fields/values';
import { defineOperation, item as outputOf } from '../../../kit/operation';
import { outputField } from '../../fields/binary';
import { fileFields } from '../../fields/items';
import { reads } from '../../shared/permissions';

const sizes = ['small', 'medium', 'large'] as const;

export const getThumbnails = defineOperation({
	name: 'Get Thumbnails',
	value: 'getThumbnails',
	action: 'Get thumbnails of a file',
	description: 'Get small pictures of a file as addresses, and one as binary data if wanted',
	permissions: reads,
	properties: [
		...fileFields,
		toggle('download', {
			displayName: 'Download',
			description: 'Whether to put a picture into binary data',
		}),
		showWhen(
			choice('size', {
				displayName: 'Size',
				options: [
					{ name: 'Large (800 Pixels)', value: 'large' },
					{ name: 'Medium (176 Pixels)', value: 'medium' },
					{ name: 'Small (96 Pixels)', value: 'small' },
				],
				default: 'large',
			}),
			{ download: [true] },
		),
		showWhen(outputField, { download: [true] }),
	],
	execute: async ({ graph, params, binary, note }) => {
		const thumbnails = path`${params.item.path}/thumbnails`;
		const { value } = await graph.request<{ value: ThumbnailSet[] }>({
			method: 'GET',
			path: thumbnails,
		});
		const [set] = value;
		if (!set) {
			note('Microsoft 365 has no thumbnail of this file: of its kind there is none, or not yet.');
			return [outputOf({ hasThumbnails: false })];
		}
		const json = {
			hasThumbnails: true,
			...Object.fromEntries(sizes.map((size) => [size, simple(set[size])])),
		};
		if (!params.size || !params.binaryField) return [outputOf(json)];
		const { body, headers } = await graph.stream({
			method: 'GET',
			path: path`${thumbnails}/${set.id ?? '0'}/${params.size}/content`,
		});
		const data = await binary.store(
			body,
			`${params.size}.jpg`,
			headers['content-type'] ?? 'image/jpeg',
		);
		const files: IBinaryKeyData = { [params.binaryField]: data };
		return [{ ...outputOf(json), binary: files }];
	},
});

const simple = (thumbnail: Thumbnail | null | undefined) =>
	thumbnail && { url: thumbnail.url, width: thumbnail.width, height: thumbnail.height };
