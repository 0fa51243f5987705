import fc from 'fast-check';
import { ItemAddress } from '../../../core/drive/itemAddress';
import { allowedName, nameProblem, namesOfPath } from '../../../core/drive/names';
import { shareIdOf } from '../../../core/drive/shareLink';
import { path } from '../../../core/graph/path';
import { readTeamsLink } from '../../../core/sharepoint/teamsLink';

it.each([
	['report.pdf', undefined],
	['100% #1 & co.txt', undefined],
	['.hidden', undefined],
	['a"b', 'a-b'],
	['tab\there', 'tab here'],
	['name. . ', 'name'],
	['COM1', '_COM1'],
	['lpt9', '_lpt9'],
	['.lock', '_.lock'],
	['~$a.docx', 'a.docx'],
	['...', 'unnamed'],
	['', 'unnamed'],
	[`${'x'.repeat(300)}.docx`, `${'x'.repeat(250)}.docx`],
])('%s → %s', (name, suggestion) => {
	expect(nameProblem(name)?.suggestion).toBe(suggestion);
});

it('always suggests a name that is allowed', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
			expect(nameProblem(allowedName(name))).toBeUndefined();
		}),
	);
	fc.assert(
		fc.property(fc.stringMatching(/^[ ."*:<>?/\\|~$_vti\t]{0,12}$/), (name) => {
			expect(nameProblem(allowedName(name))).toBeUndefined();
		}),
	);
});

it('encodes each name once, so that a server reads what was meant', () => {
	const drive = path`/me/drive`;
	fc.assert(
		fc.property(
			fc.array(
				fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !nameProblem(name)),
				{
					minLength: 1,
					maxLength: 4,
				},
			),
			(names) => {
				const text = String(ItemAddress.root(drive).child(...names).path);
				const [, encoded = ''] = /^\/me\/drive\/root:\/(.*):$/s.exec(text) ?? [];
				expect(encoded).toMatch(/^[\w.~%/-]*$/);
				expect(encoded.split('/').map(decodeURIComponent)).toEqual(names);
			},
		),
	);
});

it('composes addresses', () => {
	const drive = path`/drives/${'b!1'}`;
	const folder = ItemAddress.item(drive, '01AB');
	expect(String(folder.path)).toBe('/drives/b!1/items/01AB');
	expect(String(path`${folder.child('a', "it's (b)").path}/content`)).toBe(
		'/drives/b!1/items/01AB:/a/it%27s%20%28b%29:/content',
	);
	expect(String(ItemAddress.item(drive, 'root').path)).toBe('/drives/b!1/root');
	expect([
		ItemAddress.root(drive).isRoot,
		folder.isRoot,
		ItemAddress.root(drive).child('a').isRoot,
	]).toEqual([true, false, false]);
	expect(namesOfPath('/a//b/')).toEqual(['a', 'b']);
	expect(() => String(folder.child('..').path)).toThrow(TypeError);
});

it('reads sharing and Teams links', () => {
	// The example of learn.microsoft.com/graph/api/shares-get.
	expect(
		shareIdOf('https://onedrive.live.com/redir?resid=1231244193912!12&authKey=1201919!12921!1'),
	).toBe(
		'u!aHR0cHM6Ly9vbmVkcml2ZS5saXZlLmNvbS9yZWRpcj9yZXNpZD0xMjMxMjQ0MTkzOTEyITEyJmF1dGhLZXk9MTIwMTkxOSExMjkyMSEx',
	);
	expect(
		readTeamsLink(
			'https://teams.microsoft.com/l/channel/19%3Aabc%40thread.tacv2/General?groupId=g1&tenantId=t',
		),
	).toEqual({
		teamId: 'g1',
		channelId: '19:abc@thread.tacv2',
	});
	expect(readTeamsLink('no link')).toEqual({});
});
