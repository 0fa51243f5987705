import type {
	ColumnDefinition,
	ContentType,
	IdentitySet,
	List,
	ListItem,
	ListItemVersion,
	Site,
	SitePage,
} from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import { columnKind, isWritable } from '../../core/sharepoint/columnKind';
import { siteName } from '../kit/sharepoint/site';

export function simplifySite(site: Site): IDataObject {
	return {
		id: site.id ?? '',
		name: siteName(site),
		webUrl: site.webUrl ?? '',
		description: site.description ?? '',
		created: site.createdDateTime ?? '',
		modified: site.lastModifiedDateTime ?? '',
	};
}

export function simplifyList(list: List): IDataObject {
	return {
		id: list.id ?? '',
		name: list.displayName ?? list.name ?? '',
		urlName: list.name ?? '',
		description: list.description ?? '',
		template: list.list?.template ?? '',
		isLibrary: list.list?.template === 'documentLibrary',
		webUrl: list.webUrl ?? '',
		created: list.createdDateTime ?? '',
		modified: list.lastModifiedDateTime ?? '',
	};
}

export function simplifyColumn(column: ColumnDefinition): IDataObject {
	const choices = column.choice?.choices;
	return {
		id: column.id ?? '',
		name: column.name ?? '',
		displayName: column.displayName ?? '',
		type: columnKind(column),
		isRequired: column.required ?? false,
		isWritable: isWritable(column),
		isIndexed: column.indexed ?? false,
		hasUniqueValues: column.enforceUniqueValues ?? false,
		description: column.description ?? '',
		...(choices && { choices }),
		...(column.lookup?.listId && { lookupListId: column.lookup.listId }),
	};
}

export function simplifyContentType(type: ContentType): IDataObject {
	return {
		id: type.id ?? '',
		name: type.name ?? '',
		description: type.description ?? '',
		group: type.group ?? '',
		isHidden: type.hidden ?? false,
	};
}

/** What SharePoint adds to the fields of an item; what matters of it stands beside them. */
const plumbing =
	/^(.*@.*|id|ContentType|LinkTitle.*|LinkFilename.*|Edit|Attachments|ItemChildCount|FolderChildCount|(Author|Editor|AppAuthor|AppEditor)LookupId|Created|Modified|_.*)$/;

/** The columns on one level with what the item itself tells, so that both can be mapped at once. */
export function simplifyItem(item: ListItem): IDataObject {
	return {
		id: item.id ?? '',
		...(item.contentType?.name && { contentType: item.contentType.name }),
		...(item.createdDateTime && { created: item.createdDateTime }),
		...(item.createdBy && { createdBy: nameOf(item.createdBy) }),
		...(item.lastModifiedDateTime && { modified: item.lastModifiedDateTime }),
		...(item.lastModifiedBy && { modifiedBy: nameOf(item.lastModifiedBy) }),
		...(item.webUrl && { webUrl: item.webUrl }),
		...simplifyFields(item.fields),
	};
}

export function simplifyFields(fields: object | null | undefined): IDataObject {
	const given: IDataObject = { ...fields };
	return Object.fromEntries(Object.entries(given).filter(([name]) => !plumbing.test(name)));
}

export function simplifyVersion(version: ListItemVersion): IDataObject {
	return {
		version: version.id ?? '',
		modified: version.lastModifiedDateTime ?? '',
		modifiedBy: nameOf(version.lastModifiedBy),
		...simplifyFields(version.fields),
	};
}

export function simplifyPage(page: SitePage): IDataObject {
	return {
		id: page.id ?? '',
		name: page.name ?? '',
		title: page.title ?? '',
		description: page.description ?? '',
		webUrl: page.webUrl ?? '',
		layout: page.pageLayout ?? '',
		isNews: page.promotionKind === 'newsPost',
		state: page.publishingState?.level ?? '',
		version: page.publishingState?.versionId ?? '',
		created: page.createdDateTime ?? '',
		createdBy: nameOf(page.createdBy),
		modified: page.lastModifiedDateTime ?? '',
		modifiedBy: nameOf(page.lastModifiedBy),
		...(page.canvasLayout && { canvasLayout: page.canvasLayout }),
	};
}

/** SharePoint tells an address more often than a user's id. */
function nameOf(who: IdentitySet | null | undefined): string {
	const user = who?.user as { email?: string; displayName?: string | null } | null | undefined;
	return user?.email ?? user?.displayName ?? who?.application?.displayName ?? '';
}
