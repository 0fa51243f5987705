import { odata, path } from '../../core/graph/path';

describe('path', () => {
	it('encodes a value once and takes a path as it is', () => {
		const mailbox = path`/users/${'ana#ext#@contoso.com'}`;
		expect(path`${mailbox}/messages/${'a/b=='}/move`.toString()).toBe(
			'/users/ana%23ext%23%40contoso.com/messages/a%2Fb%3D%3D/move',
		);
	});

	it('doubles quotes in OData literals', () => {
		expect(path`/me/x(name='${odata("O'Brien")}')`.toString()).toBe("/me/x(name='O''Brien')");
	});

	it.each(['', '.', '..'])('refuses %p as a segment', (value) => {
		expect(() => path`/me/messages/${value}`).toThrow(TypeError);
	});
});
