import { itemField } from '../../../kit/drive/itemField';
import { locationFields } from '../../../kit/drive/locationFields';
import { defineOperation } from '../../../kit/operation';
import {
	limitField,
	listOptions,
	recursiveField,
	returnAllField,
	simplifyField,
} from '../../fields/output';
import { itemQuery, outputItem } from '../../item';
import { isFile, listItems, nameFilter } from '../../listing';
import { reads } from '../../shared/permissions';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many files',
	description: 'List the files of a folder, and of those inside of it if wanted',
	permissions: reads,
	properties: [
		...locationFields,
		itemField('folder', { displayName: 'Folder', kind: 'folder' }),
		recursiveField,
		returnAllField,
		limitField,
		simplifyField,
		listOptions,
	],
	execute: async function* ({ graph, params }) {
		const { namePatterns, includeColumns } = params.options;
		const fits = nameFilter(namePatterns);
		const pages = listItems(graph, params.folder, {
			recursive: params.recursive,
			query: itemQuery(params.simplify, includeColumns),
			limit: params.limit,
			keep: (item) => isFile(item) && fits(item),
		});
		for await (const page of pages) {
			yield page.map((item) => ({ json: outputItem(item, params.simplify) }));
		}
	},
});
