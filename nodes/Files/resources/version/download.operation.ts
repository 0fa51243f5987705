import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { outputField } from '../../fields/binary';
import { fileFields } from '../../fields/items';
import { versionField } from '../../fields/permission';
import { readItem, simplifyItem } from '../../item';
import { reads } from '../../shared/permissions';

export const download = defineOperation({
	name: 'Download',
	value: 'download',
	action: 'Download a version of a file',
	description: 'Download what a file was in a version of the past',
	permissions: reads,
	properties: [...fileFields, versionField, outputField],
	concurrentItems: 4,
	execute: async ({ graph, params, binary }) => {
		const { item, address } = await readItem(graph, params.item);
		const version = params.version.trim();
		const { body } = await graph.stream({
			method: 'GET',
			path: path`${address.path}/versions/${version}/content`,
		});
		const data = await binary.store(body, item.name ?? 'file', item.file?.mimeType ?? undefined);
		return [
			{
				json: { ...simplifyItem(item), version },
				binary: { [params.binaryField]: data },
			},
		];
	},
});
