import { message } from './message';

export const draftField = message('message', {
	displayName: 'Draft',
	searchListMethod: 'searchDrafts',
});
