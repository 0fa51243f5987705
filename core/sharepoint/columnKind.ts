import type { ColumnDefinition } from '@microsoft/microsoft-graph-types';

/** What a column of a list holds. `unsupported`: Graph can't write it, or doesn't tell what it is. */
export type ColumnKind =
	| 'text'
	| 'note'
	| 'number'
	| 'currency'
	| 'date'
	| 'dateTime'
	| 'boolean'
	| 'choice'
	| 'multiChoice'
	| 'person'
	| 'multiPerson'
	| 'lookup'
	| 'multiLookup'
	| 'link'
	| 'calculated'
	| 'unsupported';

/** By the facet that is set. learn.microsoft.com/graph/api/resources/columndefinition */
export function columnKind(column: ColumnDefinition): ColumnKind {
	if (column.calculated) return 'calculated';
	if (column.personOrGroup) {
		return column.personOrGroup.allowMultipleSelection ? 'multiPerson' : 'person';
	}
	if (column.lookup) return column.lookup.allowMultipleValues ? 'multiLookup' : 'lookup';
	if (column.choice) return column.choice.displayAs === 'checkBoxes' ? 'multiChoice' : 'choice';
	if (column.dateTime) return column.dateTime.format === 'dateOnly' ? 'date' : 'dateTime';
	if (column.number) return 'number';
	if (column.currency) return 'currency';
	if (column.boolean) return 'boolean';
	if (column.hyperlinkOrPicture)
		return column.hyperlinkOrPicture.isPicture ? 'unsupported' : 'link';
	if (column.text) return column.text.allowMultipleLines ? 'note' : 'text';
	return 'unsupported';
}

/** Written and filtered by the number of an item in another list. */
export function isReference(kind: ColumnKind): boolean {
	return /person|lookup/i.test(kind);
}

export function isMultiple(kind: ColumnKind): boolean {
	return kind.startsWith('multi');
}

/** SharePoint's own, which people neither see in a list nor fill in. */
const plumbing =
	/^(_.*|ContentType|Attachments|Edit|DocIcon|LinkTitle.*|LinkFilename.*|ItemChildCount|FolderChildCount|AppAuthor|AppEditor|ComplianceAssetId|FileSizeDisplay|ParentVersionString|ParentLeafName)$/;

export function isForPeople({ hidden, name }: ColumnDefinition): boolean {
	return !hidden && name !== undefined && name !== null && !plumbing.test(name);
}

export function isWritable(column: ColumnDefinition): boolean {
	const kind = columnKind(column);
	return !column.readOnly && kind !== 'calculated' && kind !== 'unsupported';
}

/** By internal name, else by the name that people see; of several, the one that can be written. */
export function findColumn(
	columns: readonly ColumnDefinition[],
	name: string,
): ColumnDefinition | undefined {
	const wanted = name.toLowerCase();
	const shown = columns.filter(({ displayName }) => displayName?.toLowerCase() === wanted);
	return columns.find((column) => column.name === name) ?? shown.find(isWritable) ?? shown[0];
}
