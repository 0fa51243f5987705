import type { DriveItem } from '@microsoft/microsoft-graph-types';
import { AccessDeniedError } from '../../../../core/graph/errors';
import { odata, path } from '../../../../core/graph/path';
import { ParameterError } from '../../../kit/field';
import { collection, text, toggle } from '../../../kit/fields/values';
import { itemField } from '../../../kit/drive/itemField';
import { locationFields } from '../../../kit/drive/locationFields';
import { defineOperation } from '../../../kit/operation';
import { limitField, returnAllField, simplifyField } from '../../fields/output';
import { itemSelect, outputItem } from '../../item';
import { isFile } from '../../listing';
import { reads } from '../../shared/permissions';

export const search = defineOperation({
	name: 'Search',
	value: 'search',
	action: 'Search files',
	description: 'Find files by words in their names or contents; new ones appear after some minutes',
	permissions: reads,
	properties: [
		...locationFields,
		itemField('folder', { displayName: 'Search In Folder', kind: 'folder' }),
		text('query', {
			displayName: 'Search For',
			required: true,
			placeholder: 'e.g. contract Fabrikam',
		}),
		returnAllField,
		limitField,
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				toggle('includeFolders', {
					displayName: 'Include Folders',
					description: 'Whether to return folders that are found too',
				}),
			],
		}),
	],
	execute: async function* ({ graph, params, identity }) {
		const { limit = Infinity, simplify } = params;
		const isWanted = params.options.includeFolders ? () => true : isFile;
		const pages = graph.pages<DriveItem>(
			{
				method: 'GET',
				path: path`${params.folder.path}/search(q='${odata(params.query.trim())}')`,
				query: simplify ? { $select: itemSelect } : {},
			},
			{ pageSize: 200 },
		);
		let left = limit;
		try {
			for await (const page of pages) {
				const found = page.filter(isWanted).slice(0, left);
				left -= found.length;
				yield found.map((item) => ({ json: outputItem(item, simplify) }));
				if (left <= 0) return;
			}
		} catch (error) {
			if (!(error instanceof AccessDeniedError) || identity !== 'application') throw error;
			throw new ParameterError(
				'Search For',
				'Microsoft refuses the search to this app',
				'Apps may search where they have Sites.Read.All. Otherwise use Get Many with Include Subfolders and Names.',
			);
		}
	},
});
