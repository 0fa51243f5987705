import { message } from './message';

export const draftField = message('messageId', {
	displayName: 'Draft',
	searchListMethod: 'searchDrafts',
});
