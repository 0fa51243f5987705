import { randomUUID } from 'node:crypto';
import type { Entity } from '../odata/evaluate';
import { invalidRequest } from './refusals';
import type { ColumnKind, StoredColumn } from './types';

type ColumnOptions = Partial<
	Pick<
		StoredColumn,
		| 'displayName'
		| 'description'
		| 'required'
		| 'readOnly'
		| 'hidden'
		| 'indexed'
		| 'isUnique'
		| 'group'
	>
> & { readonly facet?: Readonly<Record<string, unknown>> };

export function column(name: string, kind: ColumnKind, options: ColumnOptions = {}): StoredColumn {
	return {
		id: randomUUID(),
		name,
		kind,
		displayName: options.displayName ?? name,
		description: options.description ?? '',
		facet: { ...defaultFacets[kind], ...options.facet },
		group: options.group ?? 'Custom Columns',
		required: options.required ?? false,
		readOnly: options.readOnly ?? false,
		hidden: options.hidden ?? false,
		indexed: options.indexed ?? options.isUnique ?? false,
		isUnique: options.isUnique ?? false,
	};
}

const defaultFacets: Readonly<Record<ColumnKind, Readonly<Record<string, unknown>>>> = {
	text: {
		allowMultipleLines: false,
		appendChangesToExistingText: false,
		linesForEditing: 0,
		maxLength: 255,
	},
	note: {
		allowMultipleLines: true,
		appendChangesToExistingText: false,
		linesForEditing: 6,
		textType: 'plain',
	},
	number: { decimalPlaces: 'automatic', displayAs: 'number' },
	currency: { locale: 'en-us' },
	dateTime: { displayAs: 'default', format: 'dateTime' },
	boolean: {},
	choice: { allowTextEntry: false, choices: [], displayAs: 'dropDownMenu' },
	multiChoice: { allowTextEntry: false, choices: [], displayAs: 'checkBoxes' },
	person: {
		allowMultipleSelection: false,
		displayAs: 'nameWithPresence',
		chooseFromType: 'peopleOnly',
	},
	multiPerson: {
		allowMultipleSelection: true,
		displayAs: 'nameWithPresence',
		chooseFromType: 'peopleOnly',
	},
	lookup: { allowMultipleValues: false, allowUnlimitedLength: false, columnName: 'Title' },
	multiLookup: { allowMultipleValues: true, allowUnlimitedLength: false, columnName: 'Title' },
	link: { isPicture: false },
	calculated: { format: 'dateTime', outputType: 'number' },
	term: { allowMultipleValues: false, showFullyQualifiedName: false },
};

const facetNames: Readonly<Record<ColumnKind, string>> = {
	text: 'text',
	note: 'text',
	number: 'number',
	currency: 'currency',
	dateTime: 'dateTime',
	boolean: 'boolean',
	choice: 'choice',
	multiChoice: 'choice',
	person: 'personOrGroup',
	multiPerson: 'personOrGroup',
	lookup: 'lookup',
	multiLookup: 'lookup',
	link: 'hyperlinkOrPicture',
	calculated: 'calculated',
	term: 'term',
};

const system = { group: '_Hidden', readOnly: true } as const;

/** What every list has beside its own columns. */
export function systemColumns(): StoredColumn[] {
	return [
		column('Title', 'text', { required: true, group: 'Custom Columns' }),
		column('ContentType', 'text', { displayName: 'Content Type', group: '_Hidden' }),
		column('Modified', 'dateTime', system),
		column('Created', 'dateTime', system),
		column('Author', 'person', { ...system, displayName: 'Created By' }),
		column('Editor', 'person', { ...system, displayName: 'Modified By' }),
		column('Attachments', 'boolean', { ...system, readOnly: false }),
		column('_UIVersionString', 'text', { ...system, displayName: 'Version' }),
		column('_ComplianceTag', 'text', { ...system, displayName: 'Retention label' }),
		column('LinkTitle', 'text', { ...system, displayName: 'Title' }),
		column('ID', 'number', { ...system, indexed: true }),
		column('_HiddenTag', 'text', { hidden: true, group: '_Hidden' }),
	];
}

export function columnView(stored: StoredColumn): Entity {
	return {
		columnGroup: stored.group,
		description: stored.description,
		displayName: stored.displayName,
		enforceUniqueValues: stored.isUnique,
		hidden: stored.hidden,
		id: stored.id,
		indexed: stored.indexed,
		name: stored.name,
		readOnly: stored.readOnly,
		required: stored.required,
		[facetNames[stored.kind]]: stored.facet,
	};
}

/** Facets in Graph's columnDefinition, and which kinds they stand for. */
const kindOfFacet: Readonly<
	Record<string, (facet: Readonly<Record<string, unknown>>) => ColumnKind>
> = {
	text: ({ allowMultipleLines }) => (allowMultipleLines === true ? 'note' : 'text'),
	number: () => 'number',
	currency: () => 'currency',
	dateTime: () => 'dateTime',
	boolean: () => 'boolean',
	choice: ({ displayAs }) => (displayAs === 'checkBoxes' ? 'multiChoice' : 'choice'),
	personOrGroup: ({ allowMultipleSelection }) =>
		allowMultipleSelection === true ? 'multiPerson' : 'person',
	lookup: ({ allowMultipleValues }) => (allowMultipleValues === true ? 'multiLookup' : 'lookup'),
	hyperlinkOrPicture: () => 'link',
	calculated: () => 'calculated',
};

/** @throws {RefusedError} for a column that SharePoint couldn't make */
export function readColumn(body: unknown): StoredColumn {
	const given = (body ?? {}) as Readonly<Record<string, unknown>>;
	const { name, displayName, description, required, hidden, indexed, enforceUniqueValues } = given;
	if (typeof name !== 'string' || !/^[A-Za-z_][\w]{0,31}$/.test(name)) {
		throw invalidRequest('The column name is not valid.');
	}
	const facets = Object.keys(kindOfFacet).filter((facet) => given[facet] !== undefined);
	const [facetName, ...others] = facets;
	if (facetName === undefined || others.length > 0) {
		throw invalidRequest('Exactly one column type facet must be specified.');
	}
	const facet = given[facetName] as Readonly<Record<string, unknown>>;
	const kind = kindOfFacet[facetName]?.(facet) ?? 'text';
	const isLookup = kind === 'lookup' || kind === 'multiLookup';
	if (isLookup && typeof facet['listId'] !== 'string') {
		throw invalidRequest('A lookup column needs the list that it looks into.');
	}
	if (enforceUniqueValues === true && indexed !== true) {
		throw invalidRequest('A column with unique values must be indexed.');
	}
	return column(name, kind, {
		displayName: typeof displayName === 'string' ? displayName : name,
		description: typeof description === 'string' ? description : '',
		required: required === true,
		hidden: hidden === true,
		indexed: indexed === true,
		isUnique: enforceUniqueValues === true,
		readOnly: kind === 'calculated',
		facet,
	});
}
