import { randomUUID } from 'node:crypto';
import { invalidRequest } from './refusals';
import type { StoredPage } from './types';

/** @throws {RefusedError} for a name that SharePoint couldn't take */
export function newPage(
	given: Readonly<Record<string, unknown>>,
	by: number,
	now: string,
): StoredPage {
	const name = typeof given['name'] === 'string' ? given['name'] : '';
	if (!/^[^"*:<>?/\\|#%]+\.aspx$/i.test(name)) {
		throw invalidRequest('The page name must end with .aspx.');
	}
	return {
		id: randomUUID(),
		name,
		title: '',
		description: '',
		pageLayout: 'article',
		promotionKind: 'page',
		showComments: true,
		showRecommendedPages: false,
		titleArea: {},
		canvasLayout: { horizontalSections: [] },
		version: { major: 0, minor: 1 },
		createdAt: now,
		modifiedAt: now,
		createdBy: by,
		modifiedBy: by,
		...pageChanges(given),
	};
}

const pageProperties = [
	'title',
	'description',
	'pageLayout',
	'promotionKind',
	'showComments',
	'showRecommendedPages',
	'titleArea',
	'canvasLayout',
] as const;

/** What of a body changes a page. */
export function pageChanges(given: Readonly<Record<string, unknown>>): Partial<StoredPage> {
	return Object.fromEntries(
		pageProperties.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
	);
}
