/** What a column holds; each has its facet in Graph's columnDefinition. */
export type ColumnKind =
	| 'text'
	| 'note'
	| 'number'
	| 'currency'
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
	| 'term';

export interface StoredColumn {
	readonly id: string;
	/** The internal name, by which fields are read and written. */
	readonly name: string;
	displayName: string;
	description: string;
	readonly kind: ColumnKind;
	/** As in Graph's facet of the kind: `choices`, `displayAs`, `format`, `listId` … */
	readonly facet: Readonly<Record<string, unknown>>;
	readonly group: string;
	readonly required: boolean;
	readonly readOnly: boolean;
	readonly hidden: boolean;
	readonly indexed: boolean;
	readonly isUnique: boolean;
}

/** Values by internal column names, as stored: people and lookups by their numbers. */
export type FieldValues = Readonly<Record<string, unknown>>;

export interface ItemVersion {
	/** `1.0`, `2.0` … */
	readonly id: string;
	readonly fields: FieldValues;
	readonly modifiedAt: string;
	readonly modifiedBy: number;
}

export interface StoredItem {
	readonly id: number;
	readonly uniqueId: string;
	contentTypeId: string;
	fields: FieldValues;
	readonly createdAt: string;
	/** A number of the User Information List. */
	readonly createdBy: number;
	modifiedAt: string;
	modifiedBy: number;
	/** The newest last. */
	readonly versions: ItemVersion[];
	/** The list's at the last change. */
	revision: number;
}

export interface StoredContentType {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly group: string;
}

export interface StoredList {
	readonly id: string;
	/** The last segment of its URL. */
	readonly name: string;
	displayName: string;
	description: string;
	readonly template: string;
	readonly webUrl: string;
	readonly isHidden: boolean;
	/** Not listed unless `system` is selected. */
	readonly isSystem: boolean;
	readonly columns: StoredColumn[];
	readonly contentTypes: StoredContentType[];
	readonly items: Map<number, StoredItem>;
	nextItemId: number;
	/** Counts the changes of items, for delta. */
	revision: number;
	/** Numbers of what is gone, with the revision of their end. */
	readonly tombstones: Map<number, number>;
	readonly createdAt: string;
	modifiedAt: string;
}

export interface StoredPage {
	readonly id: string;
	readonly name: string;
	title: string;
	description: string;
	pageLayout: string;
	promotionKind: string;
	showComments: boolean;
	showRecommendedPages: boolean;
	titleArea: Readonly<Record<string, unknown>>;
	canvasLayout: Readonly<Record<string, unknown>>;
	/** Raised by one for each save; a publication makes it whole. */
	version: { major: number; minor: number };
	readonly createdAt: string;
	modifiedAt: string;
	readonly createdBy: number;
	modifiedBy: number;
}
