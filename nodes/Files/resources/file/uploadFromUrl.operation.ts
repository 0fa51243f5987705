import { collection, text } from '../../../kit/fields/values';
import { itemField } from '../../../kit/drive/itemField';
import { locationFields } from '../../../kit/drive/locationFields';
import { defineOperation } from '../../../kit/operation';
import { columnsField } from '../../columns';
import { conflictField } from '../../fields/conflict';
import { simplifyField } from '../../fields/output';
import { urlSource } from '../../fromUrl';
import { outputItem } from '../../item';
import { cleanNameField, usableName } from '../../naming';
import { writes } from '../../shared/permissions';
import { uploadFile } from '../../uploading';

export const uploadFromUrl = defineOperation({
	name: 'Upload From URL',
	value: 'uploadFromUrl',
	action: 'Upload a file from a URL',
	description: 'Upload a file of any size from the web, without binary data in between',
	permissions: writes,
	properties: [
		...locationFields,
		itemField('folder', {
			displayName: 'Folder',
			kind: 'folder',
			pathHint: 'Folders that are missing are created',
		}),
		text('url', {
			displayName: 'URL',
			required: true,
			placeholder: 'e.g. https://example.com/report.pdf',
			description: 'A public address: no credential is sent along',
		}),
		conflictField,
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				columnsField,
				text('fileName', {
					displayName: 'File Name',
					placeholder: 'e.g. Report.pdf',
					description: 'Default: as the web server names it',
				}),
				cleanNameField,
			],
		}),
	],
	execute: async ({ graph, params, timezone, log, signal }) => {
		const { fileName = '', cleanName = false, columns } = params.options;
		const source = await urlSource(params.url.trim(), signal);
		try {
			const name = usableName(fileName || source.name, 'File Name', cleanName);
			const item = await uploadFile(graph, {
				target: params.folder.child(name),
				source: { ...source, name },
				conflict: params.conflict,
				columns,
				timezone,
				log,
			});
			return [{ json: outputItem(item, params.simplify) }];
		} finally {
			await source.close();
		}
	},
});
