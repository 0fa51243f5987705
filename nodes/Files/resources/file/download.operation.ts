import { path } from '../../../../core/graph/path';
import { ParameterError } from '../../../kit/field';
import { choice, collection, text } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { outputField } from '../../fields/binary';
import { fileFields } from '../../fields/items';
import { readItem, simplifyItem } from '../../item';
import { reads } from '../../shared/permissions';

export const download = defineOperation({
	name: 'Download',
	value: 'download',
	action: 'Download a file',
	description: 'Download a file of any size into binary data, as it is or converted',
	permissions: reads,
	properties: [
		...fileFields,
		outputField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				choice('format', {
					displayName: 'Convert To',
					options: [
						{
							name: 'HTML',
							value: 'html',
							description: 'Of Loop components, Fluid files and whiteboards',
						},
						{ name: 'JPG', value: 'jpg', description: 'Of images, videos and 3D models' },
						{
							name: 'PDF',
							value: 'pdf',
							description: 'Of Word, Excel, PowerPoint, OpenDocument, RTF and others',
						},
					],
					default: 'pdf',
				}),
				text('fileName', {
					displayName: 'File Name',
					description: 'What the binary data is called. Default: the name of the file.',
				}),
			],
		}),
	],
	concurrentItems: 4,
	execute: async ({ graph, params, binary }) => {
		const { format, fileName } = params.options;
		const { item, address } = await readItem(graph, params.item);
		if (item.folder) {
			throw new ParameterError(
				'File',
				`"${item.name ?? ''}" is a folder`,
				'Use the operation Download as ZIP of the resource Folder.',
			);
		}
		const { body } = await graph.stream({
			method: 'GET',
			path: path`${address.path}/content`,
			query: {
				format,
				// Of pictures Microsoft has to be told a size.
				...(format === 'jpg' && { width: largestImage, height: largestImage }),
			},
		});
		const name = item.name ?? 'file';
		const data = await binary.store(
			body,
			fileName || (format ? `${name.replace(/\.[^.]+$/, '')}.${format}` : name),
			format ? mimeTypes[format] : (item.file?.mimeType ?? undefined),
		);
		return [{ json: simplifyItem(item), binary: { [params.binaryField]: data } }];
	},
});

/** In pixels; smaller pictures stay as they are. */
const largestImage = 4_096;

const mimeTypes = { html: 'text/html', jpg: 'image/jpeg', pdf: 'application/pdf' } as const;
