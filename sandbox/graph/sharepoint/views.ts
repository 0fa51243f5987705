import type { Entity } from '../odata/evaluate';
import type { SandboxSite } from './sites';
import type { SharePoint } from './store';
import type { FieldValues, StoredItem, StoredList, StoredPage } from './types';

/** Graph's JSON of what the store holds. */

export function siteView(site: SandboxSite, host: string): Entity {
	const created = '2025-01-07T09:00:00Z';
	return {
		createdDateTime: created,
		description: site.description,
		id: site.id,
		lastModifiedDateTime: created,
		name: site.name,
		webUrl: site.webUrl,
		// SharePoint leaves out what is empty.
		...(site.displayName !== '' && { displayName: site.displayName }),
		isPersonalSite: false,
		...(site.parentPath === undefined && { root: {}, siteCollection: { hostname: host } }),
	};
}

export function listView(list: StoredList, site: SandboxSite): Entity {
	return {
		createdDateTime: list.createdAt,
		description: list.description,
		eTag: `"${list.id},1"`,
		id: list.id,
		lastModifiedDateTime: list.modifiedAt,
		name: list.name,
		webUrl: list.webUrl,
		displayName: list.displayName,
		parentReference: { siteId: site.id },
		list: { contentTypesEnabled: false, hidden: list.isHidden, template: list.template },
		...(list.isSystem && { system: {} }),
	};
}

function identity(sharePoint: SharePoint, site: SandboxSite, person: number): Entity {
	const fields = sharePoint.people(site).items.get(person)?.fields;
	if (fields === undefined) return { application: { displayName: 'SharePoint App' } };
	return { user: { email: fields['EMail'], displayName: fields['Title'] } };
}

export function itemView(
	sharePoint: SharePoint,
	site: SandboxSite,
	list: StoredList,
	item: StoredItem,
): Entity {
	const contentType = list.contentTypes.find(({ id }) => id === item.contentTypeId);
	return {
		'@odata.etag': etagOf(item),
		createdDateTime: item.createdAt,
		eTag: etagOf(item),
		id: String(item.id),
		lastModifiedDateTime: item.modifiedAt,
		webUrl: `${list.webUrl}/${item.id}_.000`,
		createdBy: identity(sharePoint, site, item.createdBy),
		lastModifiedBy: identity(sharePoint, site, item.modifiedBy),
		parentReference: { siteId: site.id, id: item.uniqueId },
		contentType: { id: item.contentTypeId, name: contentType?.name },
	};
}

export function etagOf({ uniqueId, versions }: StoredItem): string {
	return `"${uniqueId},${versions.length}"`;
}

/** Fields as Graph answers them: numbers of people and lookups as text, the empty left out. */
export function fieldsView(
	sharePoint: SharePoint,
	site: SandboxSite,
	list: StoredList,
	item: StoredItem,
	values: FieldValues = item.fields,
): Entity {
	const shown = list.columns.flatMap(({ name, kind, facet }): Array<[string, unknown]> => {
		const value = values[name];
		if (value === undefined || value === null) return [];
		if (kind === 'person' || kind === 'lookup') return [[`${name}LookupId`, `${value as number}`]];
		if (kind === 'multiPerson' || kind === 'multiLookup') {
			const target =
				kind === 'multiPerson'
					? sharePoint.people(site)
					: sharePoint.lists(site).find(({ id }) => id === facet['listId']);
			const referred = (value as number[]).map((id) => {
				const fields = target?.items.get(id)?.fields ?? {};
				return {
					LookupId: id,
					LookupValue: fields['Title'] ?? '',
					...(kind === 'multiPerson' && { Email: fields['EMail'] ?? '' }),
				};
			});
			return [[name, referred]];
		}
		return [[name, value]];
	});
	const contentType = list.contentTypes.find(({ id }) => id === item.contentTypeId);
	return {
		'@odata.etag': etagOf(item),
		...Object.fromEntries(shown),
		...(values['Title'] !== undefined && { LinkTitle: values['Title'] }),
		id: String(item.id),
		ContentType: contentType?.name ?? '',
		Modified: item.modifiedAt,
		Created: item.createdAt,
		AuthorLookupId: String(item.createdBy),
		EditorLookupId: String(item.modifiedBy),
		_UIVersionString: `${item.versions.length}.0`,
		Attachments: false,
		Edit: '',
	};
}

export function versionView(
	sharePoint: SharePoint,
	site: SandboxSite,
	version: StoredItem['versions'][number],
): Entity {
	return {
		id: version.id,
		lastModifiedDateTime: version.modifiedAt,
		lastModifiedBy: identity(sharePoint, site, version.modifiedBy),
	};
}

export function pageView(sharePoint: SharePoint, site: SandboxSite, page: StoredPage): Entity {
	const { major, minor } = page.version;
	return {
		'@odata.type': '#microsoft.graph.sitePage',
		'@odata.etag': `"{${page.id}},${major * 10 + minor}"`,
		createdDateTime: page.createdAt,
		description: page.description,
		eTag: `"{${page.id}},${major * 10 + minor}"`,
		id: page.id,
		lastModifiedDateTime: page.modifiedAt,
		name: page.name,
		webUrl: `${site.webUrl}/SitePages/${encodeURIComponent(page.name)}`,
		title: page.title,
		pageLayout: page.pageLayout,
		promotionKind: page.promotionKind,
		showComments: page.showComments,
		showRecommendedPages: page.showRecommendedPages,
		createdBy: identity(sharePoint, site, page.createdBy),
		lastModifiedBy: identity(sharePoint, site, page.modifiedBy),
		parentReference: { siteId: site.id },
		publishingState: { level: minor === 0 ? 'published' : 'draft', versionId: `${major}.${minor}` },
		titleArea: page.titleArea,
	};
}
