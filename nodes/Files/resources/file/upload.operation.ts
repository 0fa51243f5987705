import { collection, text } from '../../../kit/fields/values';
import { ParameterError } from '../../../kit/field';
import { itemField } from '../../../kit/drive/itemField';
import { locationFields } from '../../../kit/drive/locationFields';
import { defineOperation, type OutputItem } from '../../../kit/operation';
import { columnsField } from '../../columns';
import { inputField } from '../../fields/binary';
import { conflictField } from '../../fields/conflict';
import { simplifyField } from '../../fields/output';
import { outputItem } from '../../item';
import { cleanNameField, usableName } from '../../naming';
import { writes } from '../../shared/permissions';
import { uploadFile } from '../../uploading';

export const upload = defineOperation({
	name: 'Upload',
	value: 'upload',
	action: 'Upload a file',
	description: 'Upload files of any size from binary data, with values for their columns',
	permissions: writes,
	properties: [
		...locationFields,
		itemField('folder', {
			displayName: 'Folder',
			kind: 'folder',
			pathHint: 'Folders that are missing are created',
		}),
		inputField,
		conflictField,
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				columnsField,
				text('fileName', {
					displayName: 'File Name',
					placeholder: 'e.g. Invoice 4711.pdf',
					description: 'Default: the name that the binary data has',
				}),
				cleanNameField,
			],
		}),
	],
	execute: async ({ graph, params, binary, timezone, log }) => {
		const { fileName = '', cleanName = false, columns } = params.options;
		const sources = await binary.sources(params.binaryFields, 'Input Data Field Name');
		if (sources.length === 0) {
			throw new ParameterError('Input Data Field Name', 'the item has no binary data');
		}
		if (fileName !== '' && sources.length > 1) {
			throw new ParameterError('File Name', 'is given for more than one file', 'Leave it empty.');
		}
		const files = sources.map((source) => ({
			source,
			// Named before the first is sent.
			name: usableName(fileName || source.fileName, 'File Name', cleanName),
		}));
		const output: OutputItem[] = [];
		for (const { source, name } of files) {
			const item = await uploadFile(graph, {
				target: params.folder.child(name),
				source: { ...source, name, contentType: source.mimeType },
				conflict: params.conflict,
				columns,
				timezone,
				log,
			});
			output.push({ json: outputItem(item, params.simplify) });
		}
		return output;
	},
});
