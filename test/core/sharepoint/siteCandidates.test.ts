import { siteCandidates } from '../../../core/sharepoint/siteCandidates';

const host = 'contoso.sharepoint.com';

it.each([
	['https://HOST', ['']],
	['https://HOST/SitePages/Home.aspx', ['']],
	['https://HOST/sites/Sales', ['sites/Sales']],
	['https://HOST/sites/Sales/', ['sites/Sales']],
	['https://HOST/teams/A%20B/Lists/X/AllItems.aspx', ['teams/A B']],
	['https://HOST/sites/Lists/Lists/X', ['sites/Lists']],
	['https://HOST/sites/Sales/EMEA', ['sites/Sales/EMEA', 'sites/Sales']],
	['https://HOST/sites/Sales/_layouts/15/viewlsts.aspx?view=14', ['sites/Sales']],
	['https://HOST/personal/ana_contoso_com/Documents', ['personal/ana_contoso_com']],
	['https://HOST/hr/Lists/X', ['hr', '']],
	['https://HOST/:l:/s/Sales/FToken?e=1', ['sites/Sales']],
	['https://HOST/:x:/t/Sales/FToken', ['teams/Sales']],
	['https://HOST/:w:/r/sites/Sales/Shared%20Documents/a.docx', ['sites/Sales']],
	['https://HOST/sites/100%', ['sites/100%']],
])('%s may be in %p', (address, paths) => {
	const found = siteCandidates(address.replace('HOST', host));
	expect(found?.host).toBe(host);
	expect(found?.paths.map((names) => names.join('/'))).toEqual(paths);
});

it('tries no more than five names below a collection', () => {
	const { paths = [] } = siteCandidates(`https://${host}/sites/A/1/2/3/4/5/6/7/8/9`) ?? {};
	expect(paths[0]).toHaveLength(7);
	expect(paths).toHaveLength(6);
});

it.each(['', 'Sales', '/sites/Sales', 'ftp://x/y'])('%p is no web address', (text) => {
	expect(siteCandidates(text)).toBeUndefined();
});
