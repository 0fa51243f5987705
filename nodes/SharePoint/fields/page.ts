import type { SitePage } from '@microsoft/microsoft-graph-types';
import { type Field, Lookup, ParameterError } from '../../kit/field';
import { locator } from '../../kit/pickers/locator';
import { pagesOf } from '../pages';

const label = 'Page';

/** A page of the site before it; reads as its id. */
export const pageField: Field<'page', string> = locator('page', {
	displayName: label,
	modeOf: (value) => {
		if (/^https?:/i.test(value)) return 'url';
		return /^[\da-f-]{36}$/i.test(value) ? 'id' : 'name';
	},
	modes: [
		{
			name: 'list',
			form: {
				displayName: 'From List',
				type: 'list',
				typeOptions: { searchListMethod: 'searchPages', searchable: true },
			},
			read: (value) => value,
		},
		{
			name: 'name',
			form: { displayName: 'By File Name or Title', type: 'string', placeholder: 'e.g. Home.aspx' },
			read: (value, { params }) => find(String(params['site']), value, `called "${value}"`),
		},
		{
			name: 'url',
			form: {
				displayName: 'By URL',
				type: 'string',
				placeholder: 'e.g. https://contoso.sharepoint.com/sites/Sales/SitePages/News.aspx',
			},
			read: (value, { params }) => {
				const file = URL.canParse(value) ? new URL(value).pathname.split('/').at(-1) : undefined;
				if (!file) throw new ParameterError(label, 'is no web address');
				return find(String(params['site']), decodeURIComponent(file), `at ${value}`);
			},
		},
		{
			name: 'id',
			form: {
				displayName: 'By ID',
				type: 'string',
				placeholder: 'e.g. f45354cb-d634-45df-8b88-2b4e96a1dc45',
			},
			read: (value) => value,
		},
	],
});

function find(site: string, name: string, what: string): Lookup<string> {
	const wanted = name.toLowerCase();
	const fits = (page: SitePage): boolean =>
		[page.name, page.title].some((each) => each?.toLowerCase() === wanted);
	return new Lookup(async (graph) => {
		for await (const page of pagesOf(graph, site, { $select: 'id,name,title' })) {
			const id = page.find(fits)?.id;
			if (id) return id;
		}
		throw new ParameterError(label, `the site has no page ${what}`, 'Choose one from the list.');
	});
}
