import { type ListHappening, listChanges } from '../../../core/changes/listChanges';
import type { Source } from '../../../core/changes/types';
import { path } from '../../../core/graph/path';
import { siteField } from '../../kit/sharepoint/site';
import { listField } from '../../SharePoint/fields/list';
import { itemsPath } from '../../SharePoint/items';
import type { SubscriptionWish } from '../event';

/** The list to watch. */
export const listFields = [siteField, listField] as const;

export interface WatchedList {
	readonly site: string;
	readonly list: string;
}

export function listSource(
	event: string,
	{ site, list }: WatchedList,
	happening: ListHappening,
): readonly Source[] {
	const key = [event, site, list].join(' ');
	return [listChanges({ key, items: itemsPath(site, list), happening })];
}

/** Graph tells that a list was changed, neither what nor how. learn.microsoft.com/graph/api/resources/subscription */
export function listSubscriptions({ site, list }: WatchedList): SubscriptionWish[] {
	return [
		{
			resource: path`/sites/${site}/lists/${list}`,
			changeType: 'updated',
			maxMinutes: 42_300,
		},
	];
}
