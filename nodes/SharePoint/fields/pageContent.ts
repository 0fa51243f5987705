import { choice, json, text, toggle } from '../../kit/fields/values';

export const contentField = text('content', {
	displayName: 'Content',
	rows: 6,
	placeholder: 'e.g. <h2>Hello</h2><p>What is new in May …</p>',
	description: 'The text of the page as HTML. SharePoint keeps headings, lists, links and tables',
});

/** Of new and of changed pages. */
export const pageOptionFields = [
	json('canvasLayout', {
		displayName: 'Canvas Layout',
		description:
			'Sections and web parts in the words of Microsoft Graph, in the place of the content. <a href="https://learn.microsoft.com/graph/api/resources/canvaslayout">Description</a>.',
	}),
	text('description', {
		displayName: 'Description',
		description: 'Shown in previews and search results',
	}),
	text('imageUrl', {
		displayName: 'Header Image URL',
		placeholder: 'e.g. /sites/Sales/SiteAssets/header.jpg',
	}),
	choice('promotionKind', {
		displayName: 'Kind',
		options: [
			{ name: 'News Post', value: 'newsPost' },
			{ name: 'Page', value: 'page' },
		],
		default: 'newsPost',
		description: 'A page can become a news post, but not the other way round',
	}),
	toggle('showComments', {
		displayName: 'Show Comments',
		default: true,
		description: 'Whether people can comment below the page',
	}),
	toggle('showRecommendedPages', {
		displayName: 'Show Recommended Pages',
		description: 'Whether SharePoint recommends other pages below it',
	}),
] as const;
