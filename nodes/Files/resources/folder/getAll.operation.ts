import { choice } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { folderFields } from '../../fields/items';
import {
	limitField,
	listOptions,
	recursiveField,
	returnAllField,
	simplifyField,
} from '../../fields/output';
import { itemQuery, outputItem } from '../../item';
import { isFile, isFolder, listItems, nameFilter } from '../../listing';
import { reads } from '../../shared/permissions';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many items of a folder',
	description: 'List what is in a folder: files, folders or both, at any depth if wanted',
	permissions: reads,
	properties: [
		...folderFields,
		choice('include', {
			displayName: 'Return',
			options: [
				{ name: 'Files', value: 'files' },
				{ name: 'Files and Folders', value: 'both' },
				{ name: 'Folders', value: 'folders' },
			],
			default: 'both',
		}),
		recursiveField,
		returnAllField,
		limitField,
		simplifyField,
		listOptions,
	],
	execute: async function* ({ graph, params }) {
		const { namePatterns, includeColumns } = params.options;
		const fits = nameFilter(namePatterns);
		const isKind = kinds[params.include];
		const pages = listItems(graph, params.item, {
			recursive: params.recursive,
			query: itemQuery(params.simplify, includeColumns),
			limit: params.limit,
			keep: (item) => isKind(item) && fits(item),
		});
		for await (const page of pages) {
			yield page.map((item) => ({ json: outputItem(item, params.simplify) }));
		}
	},
});

const kinds = { files: isFile, folders: isFolder, both: () => true } as const;
