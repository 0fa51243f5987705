import type { DriveItem } from '@microsoft/microsoft-graph-types';
import { ItemAddress } from '../../../core/drive/itemAddress';
import { nameProblem, namesOfPath } from '../../../core/drive/names';
import { redeemIfNecessary, shareIdOf } from '../../../core/drive/shareLink';
import { path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { type Field, Lookup, ParameterError, type ReadContext } from '../field';
import { asText, show } from '../fields/rawValues';
import { oncePerClient } from '../pickers/oncePerClient';
import { locate } from './locate';
import { type LocationRole, locationNames } from './locationFields';

interface ItemOptions {
	readonly displayName: string;
	readonly description?: string;
	/** What the picker offers; a folder may also be the drive's root, which is the default. */
	readonly kind: 'file' | 'folder' | 'any';
	readonly role?: LocationRole;
	/** Hint below the path. */
	readonly pathHint?: string;
	/** Whose drive "same as above" means, for a destination. Default: `item`. */
	readonly sourceField?: string;
}

const placeholders = {
	file: 'e.g. Invoices/2026/May.pdf',
	folder: 'e.g. Invoices/2026, or / for the top',
	any: 'e.g. Invoices/2026',
};

/** A file or folder by browsing, path, id, web address or sharing link. Stands after its location. */
export function itemField<const Name extends string>(
	name: Name,
	options: ItemOptions,
): Field<Name, ItemAddress> {
	const { displayName, description, kind, role = 'source', pathHint } = options;
	const search = `search${role === 'destination' ? 'Destination' : ''}${kind === 'folder' ? 'Folders' : 'Items'}`;
	return {
		name,
		property: {
			displayName,
			name,
			type: 'resourceLocator',
			required: true,
			default:
				kind === 'folder'
					? { __rl: true, mode: 'path', value: '/' }
					: { __rl: true, mode: 'list', value: '' },
			...(description !== undefined && { description }),
			modes: [
				{
					name: 'list',
					displayName: 'From List',
					type: 'list',
					placeholder: 'Type a folder and / to look inside',
					typeOptions: { searchListMethod: search, searchable: true },
				},
				{
					name: 'path',
					displayName: 'By Path',
					type: 'string',
					placeholder: placeholders[kind],
					...(pathHint !== undefined && { hint: pathHint }),
				},
				{
					name: 'id',
					displayName: 'By ID',
					type: 'string',
					placeholder: 'e.g. 01BYE5RZ6QN3ZWBTUFOFD3GSPGOHDJD36K',
				},
				{
					name: 'url',
					displayName: 'By Web Address or Sharing Link',
					type: 'string',
					placeholder: 'e.g. https://contoso.sharepoint.com/:b:/s/Sales/EXAMPLE',
					hint: 'Finds it wherever it is; the location above is not used',
				},
			],
		},
		read: (raw, context) => {
			const { mode, value } = modeAndValue(raw, displayName);
			if (value === '') {
				throw new ParameterError(displayName, 'is empty', 'Choose one, or enter its path.');
			}
			switch (mode) {
				case 'url':
					return new Lookup(async (graph) => await byLink(graph, value, displayName));
				case 'path': {
					const names = checkedNames(value, displayName);
					return within(options, context, (folder) => folder.child(...names));
				}
				case 'list':
				case 'id':
					return within(options, context, ({ drive }) => ItemAddress.item(drive, value));
				default:
					throw new ParameterError(displayName, `has the unknown mode ${show(mode)}`);
			}
		},
	};
}

function within(
	{ role = 'source', sourceField = 'item' }: ItemOptions,
	{ params, identity }: ReadContext,
	find: (folder: ItemAddress) => ItemAddress,
): Lookup<ItemAddress> {
	return new Lookup(async (graph) => {
		const isSame = params[locationNames[role].location] === 'same';
		const source = params[sourceField];
		const folder =
			isSame && source instanceof ItemAddress
				? ItemAddress.root(source.drive)
				: await locate(graph, role, { params, identity });
		return find(folder);
	});
}

/** A bare text comes from expressions and AI agents. */
function modeAndValue(raw: unknown, label: string): { mode: unknown; value: string } {
	if (typeof raw === 'object' && raw !== null && 'mode' in raw && 'value' in raw) {
		return { mode: raw.mode, value: asText(raw.value, label).trim() };
	}
	const value = asText(raw, label).trim();
	if (/^https?:/i.test(value)) return { mode: 'url', value };
	// Ids of OneDrive for work, and of the personal one, which has an exclamation mark in the middle.
	const isId = /^01[A-Z2-7]{32}$|^[\dA-F]{8,}![\w.]+$/i.test(value);
	return { mode: isId ? 'id' : 'path', value };
}

/** @throws {ParameterError} with a name that is allowed */
export function checkedNames(itemPath: string, label: string): string[] {
	const names = namesOfPath(itemPath);
	for (const name of names) checkName(name, label);
	return names;
}

/** @throws {ParameterError} with a name that is allowed */
export function checkName(name: string, label: string): string {
	const found = nameProblem(name);
	if (!found) return name;
	throw new ParameterError(
		label,
		`the name ${show(name)} ${found.problem}`,
		`Use a name like ${show(found.suggestion)}.`,
	);
}

export async function byLink(
	graph: GraphClient,
	link: string,
	label: string,
): Promise<ItemAddress> {
	const address = addressOfView(link);
	if (address === undefined) {
		throw new ParameterError(label, 'is no web address', 'Copy it whole, with https:// in front.');
	}
	return await oncePerClient(graph, `link ${address}`, async () => {
		const { id, parentReference } = await graph.request<DriveItem>({
			method: 'GET',
			path: path`/shares/${shareIdOf(address)}/driveItem`,
			query: { $select: 'id,parentReference' },
			headers: redeemIfNecessary,
		});
		return ItemAddress.item(path`/drives/${parentReference?.driveId ?? ''}`, id ?? '');
	});
}

/** A library's page in the browser names the folder or file that it shows in its query. */
function addressOfView(link: string): string | undefined {
	if (!URL.canParse(link)) return undefined;
	const url = new URL(link);
	if (!/^https?:$/.test(url.protocol)) return undefined;
	const shown = url.searchParams.get('id');
	const isView = /\.aspx$/i.test(url.pathname) && shown?.startsWith('/');
	return isView ? `${url.origin}${encodeURI(shown ?? '')}` : link;
}
