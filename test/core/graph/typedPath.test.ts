import { ForeignLinkError } from '../../../core/graph/errors';
import { typedPath, TypedPathError } from '../../../core/graph/typedPath';

const origin = 'https://graph.microsoft.com';
const read = (text: string) => {
	const { path, query, version } = typedPath(text, origin);
	return [path.toString(), query, version];
};

describe('typedPath', () => {
	it.each([
		['/me/messages', '/me/messages'],
		['me/messages/', '/me/messages'],
		[' /users/ana@contoso.com/photo/$value ', '/users/ana@contoso.com/photo/$value'],
		[
			'/me/drive/root:/My Folder/a#1.txt:/content',
			'/me/drive/root:/My%20Folder/a%231.txt:/content',
		],
		['/me/drive/root:/It%27s%20here:', '/me/drive/root:/It%27s%20here:'],
		['/me/drive/root:/100%.txt:', '/me/drive/root:/100%25.txt:'],
		["/me/drive/root/search(q='x')", "/me/drive/root/search(q='x')"],
		['/me/drive/root:/Ångström 🙂:', '/me/drive/root:/%C3%85ngstr%C3%B6m%20%F0%9F%99%82:'],
		['\\\\evil.example\\x', '/%5C%5Cevil.example%5Cx'],
		['//evil.example/x', '/evil.example/x'],
	])('%s', (text, path) => {
		expect(read(text)).toEqual([path, {}, undefined]);
	});

	it('takes a version off the front', () => {
		expect(read('/beta/me')).toEqual(['/me', {}, 'beta']);
		expect(read('v1.0/me')).toEqual(['/me', {}, 'v1.0']);
		expect(read('/me/beta')).toEqual(['/me/beta', {}, undefined]);
	});

	it('reads the query as it was typed or copied', () => {
		expect(read("/me/events?$filter=start/dateTime ge '2026-01-01T00:00+01:00'&$top=5")).toEqual([
			'/me/events',
			{ $filter: "start/dateTime ge '2026-01-01T00:00+01:00'", $top: '5' },
			undefined,
		]);
		expect(read('/me/messages?%24filter=subject%20eq%20%27a%26b%3D%27&x')).toEqual([
			'/me/messages',
			{ $filter: "subject eq 'a&b='", x: '' },
			undefined,
		]);
		expect(read('/me/messages?$search="100%"')).toEqual([
			'/me/messages',
			{ $search: '"100%"' },
			undefined,
		]);
	});

	it('takes an address of the own Graph, such as a nextLink', () => {
		expect(read('https://graph.microsoft.com/v1.0/me/messages?$skip=10')).toEqual([
			'/me/messages',
			{ $skip: '10' },
			'v1.0',
		]);
	});

	it.each([
		'https://evil.example/v1.0/me',
		'https://graph.microsoft.com.evil.example/v1.0/me',
		'http://graph.microsoft.com/v1.0/me',
		'https://graph.microsoft.us/v1.0/me',
		'https://graph.microsoft.com@evil.example/v1.0/me',
		'ftp://graph.microsoft.com/v1.0/me',
	])('sends nothing to %s', (text) => {
		expect(() => typedPath(text, origin)).toThrow(ForeignLinkError);
	});

	it.each(['', '/', '/v1.0/', '?a=b', '/me/../users', '/me/%2e%2E/users', '/me/./x', '/me/\ud83d'])(
		'refuses %j',
		(text) => {
			expect(() => typedPath(text, origin)).toThrow(TypedPathError);
		},
	);
});
