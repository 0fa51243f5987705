import type { DriveItem } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import type { Change } from '../../../core/changes/types';
import { ItemAddress } from '../../../core/drive/itemAddress';
import { path } from '../../../core/graph/path';
import { outputField } from '../../Files/fields/binary';
import { includeColumnsField, simplifyField } from '../../Files/fields/output';
import { itemQuery, outputItem } from '../../Files/item';
import { type ParamsOf, showWhen } from '../../kit/field';
import { collection, toggle } from '../../kit/fields/values';
import type { OutputItem } from '../../kit/operation';
import type { CompleteInput, EventInput } from '../event';
import { goneOrThrow } from '../shared/goneOrThrow';

const columnsOption = collection('options', {
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: [includeColumnsField],
});

/** What the workflow gets of a folder. */
export const folderOutputFields = [simplifyField, columnsOption] as const;

/** What the workflow gets of a file. */
export const fileOutputFields = [
	toggle('download', {
		displayName: 'Download',
		description: 'Whether to add the file itself to the item, as binary data',
	}),
	showWhen(outputField, { download: [true] }),
	simplifyField,
	columnsOption,
] as const;

interface FolderOutputParams extends ParamsOf<typeof folderOutputFields> {
	readonly item: ItemAddress;
}

interface FileOutputParams extends ParamsOf<typeof fileOutputFields> {
	readonly item: ItemAddress;
}

/** Files and folders as they are now, in a batch; those that are gone are left out. */
export async function itemDetails(
	changes: readonly Change[],
	{ graph, params }: EventInput<FolderOutputParams>,
): Promise<ReadonlyArray<IDataObject | undefined>> {
	const { item, simplify, options } = params;
	const answers = await graph.batch<DriveItem>(
		changes.map(({ id }) => ({
			method: 'GET' as const,
			path: ItemAddress.item(item.drive, id).path,
			query: itemQuery(simplify, options.includeColumns),
		})),
	);
	return answers.map((answer, place) => {
		if (!answer.ok) return goneOrThrow(answer.error);
		const previous = changes[place]?.item['previous'] as Previous | undefined;
		return {
			...outputItem(answer.body, simplify),
			...(previous && { previousName: previous.name, previousPath: pathOf(previous) }),
		};
	});
}

interface DeletedItem {
	readonly id?: string;
	readonly name?: string;
	readonly parentPath?: string;
}

interface Previous {
	readonly name: string;
	readonly parentPath: string;
}

const pathOf = ({ name, parentPath }: Previous): string =>
	parentPath === '' ? name : `${parentPath}/${name}`;

/** Of what is deleted, as much as was remembered: Graph tells an ID at most. */
export async function deletedDetails(
	changes: readonly Change[],
): Promise<ReadonlyArray<IDataObject | undefined>> {
	const items = changes.map(({ item }) => {
		const { id, name = '', parentPath = '' } = item as DeletedItem;
		return { id: id ?? '', name, path: pathOf({ name, parentPath }) };
	});
	return await Promise.resolve(items);
}

/** Adds the file, where it is wanted; it is never in memory as a whole. */
export async function withFile(
	json: IDataObject,
	{ graph, binary, id, params }: CompleteInput<FileOutputParams>,
): Promise<OutputItem> {
	if (!params.download) return { json };
	const { body } = await graph.stream({
		method: 'GET',
		path: path`${ItemAddress.item(params.item.drive, id).path}/content`,
	});
	const { name, mimeType, file } = json as {
		name?: string;
		mimeType?: string;
		file?: { mimeType?: string };
	};
	const type = (mimeType ?? file?.mimeType) || undefined;
	const data = await binary.store(body, name ?? 'file', type);
	return { json, binary: { [params.binaryField ?? 'data']: data } };
}
