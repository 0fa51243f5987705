import { defineOperation } from '../../../kit/operation';
import { outputField } from '../../fields/binary';
import { folderFields } from '../../fields/items';
import { readItem, simplifyItem } from '../../item';
import { reads } from '../../shared/permissions';
import { zipFolder } from '../../zipping';

export const downloadZip = defineOperation({
	name: 'Download as ZIP',
	value: 'downloadZip',
	action: 'Download a folder as ZIP',
	description: 'Download all files of a folder, at any depth, as one ZIP file',
	permissions: reads,
	properties: [...folderFields, outputField],
	execute: async ({ graph, params, binary, note }) => {
		const { item, address } = await readItem(graph, params.item);
		const { content, fileCount, folderCount, left } = await zipFolder(graph, address);
		if (left.length > 0)
			note(`Left out, because Microsoft gives no file of it: ${left.join(', ')}`);
		const data = await binary.store(content, `${item.name ?? 'folder'}.zip`, 'application/zip');
		return [
			{
				json: { ...simplifyItem(item), fileCount, folderCount },
				binary: { [params.binaryField]: data },
			},
		];
	},
});
