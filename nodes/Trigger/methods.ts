import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { searchCalendars } from '../Calendar/pickers/calendars';
import { drivePickers } from '../kit/drive/pickers';
import { searchFolders as searchMailFolders } from '../Mail/pickers/folders';
import { getColumnNames } from '../SharePoint/pickers/columns';
import { searchLists } from '../SharePoint/pickers/lists';
import { searchSites } from '../SharePoint/pickers/sites';
import type { EventResource } from './event';
import { events } from './events';
import { getFolders } from './mail/getFolders';

type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
) => Promise<INodeListSearchResult>;

/** Mail has folders and so have drives: what a name searches for depends on the chosen event. */
function forChosenEvent(
	searches: Partial<Record<EventResource, ListSearch | undefined>>,
): ListSearch {
	return async function (this, filter, paginationToken) {
		const value = this.getCurrentNodeParameter('event');
		const resource = events.find((event) => event.value === value)?.resource;
		const search = resource && searches[resource];
		return (await search?.call(this, filter, paginationToken)) ?? { results: [] };
	};
}

/** What the pickers of all events search and load. */
export const triggerMethods = {
	listSearch: {
		...drivePickers,
		searchCalendars,
		searchFolders: forChosenEvent({
			mail: searchMailFolders,
			files: drivePickers['searchFolders'],
		}),
		searchLists,
		searchSites: forChosenEvent({ files: drivePickers['searchSites'], sharePoint: searchSites }),
	},
	loadOptions: { getColumnNames, getFolders },
};
