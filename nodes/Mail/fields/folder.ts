import type { MailFolder } from '@microsoft/microsoft-graph-types';
import { type GraphPath, path } from '../../../core/graph/path';
import { type Field, Lookup, type ReadContext } from '../../kit/field';
import { locator } from '../../kit/pickers/locator';
import { oncePerClient } from '../../kit/pickers/oncePerClient';
import { findFolderByPath, isWellKnownFolder, wellKnownFolders } from '../folders';

interface FolderOptions {
	readonly displayName: string;
	readonly description?: string;
	readonly default?: {
		readonly mode: string;
		readonly value: string;
		readonly cachedResultName?: string;
	};
}

/** A mail folder by list, id, standard name or path. Stands after `mailbox` in an operation's properties. */
export function folder<const Name extends string>(
	name: Name,
	options: FolderOptions,
): Field<Name, string> {
	return locator(name, {
		...options,
		modeOf: (value) => (value.includes('/') ? 'path' : 'id'),
		modes: [
			{
				name: 'list',
				form: {
					displayName: 'From List',
					type: 'list',
					typeOptions: { searchListMethod: 'searchFolders', searchable: true },
				},
				read: (value) => value,
			},
			{
				name: 'path',
				form: {
					displayName: 'By Path',
					type: 'string',
					placeholder: 'e.g. Inbox/Invoices/2026',
				},
				read: (value, context) => byPath(value, options.displayName, context),
			},
			{
				name: 'id',
				form: {
					displayName: 'By ID or Standard Name',
					type: 'string',
					placeholder: 'e.g. inbox, archive, sentitems or an ID',
					hint: `Standard names: ${wellKnownFolders.join(', ')}`,
				},
				read: (value) => value,
			},
		],
	});
}

/** The same, always as an id: the actions of rules don't take standard names. */
export function asFolderId<const Name extends string>(
	field: Field<Name, string>,
): Field<Name, string> {
	return {
		...field,
		read: (raw, context) => {
			const chosen = field.read(raw, context);
			const mailbox = context.params['mailbox'] as GraphPath;
			return new Lookup(async (graph) => {
				const id = chosen instanceof Lookup ? await chosen.find(graph) : chosen;
				if (!isWellKnownFolder(id)) return id;
				const folder = await graph.request<MailFolder>({
					method: 'GET',
					path: path`${mailbox}/mailFolders/${id}`,
					query: { $select: 'id' },
				});
				return folder.id ?? id;
			});
		},
	};
}

function byPath(folderPath: string, label: string, { params }: ReadContext): Lookup<string> {
	const mailbox = params['mailbox'] as GraphPath;
	return new Lookup(
		async (graph) =>
			await oncePerClient(
				graph,
				`folder ${String(mailbox)} ${folderPath}`,
				async () => await findFolderByPath(graph, mailbox, folderPath, label),
			),
	);
}

/** What most operations name their folder. */
export const folderField = folder('folder', { displayName: 'Folder' });
