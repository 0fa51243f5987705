import { ParameterError } from '../../../nodes/kit/field';
import { mailboxRoot } from '../../../nodes/kit/fields/mailbox';

describe('mailboxRoot', () => {
	it.each([
		['', '/me'],
		[' me ', '/me'],
		['support@contoso.com', '/users/support%40contoso.com'],
		["o'neil+x@contoso.com", "/users/o'neil%2Bx%40contoso.com"],
		['48d31887-5fad-4d73-a9f5-3c356e68a038', '/users/48d31887-5fad-4d73-a9f5-3c356e68a038'],
	])('makes a path of %p for a signed-in person', (address, root) => {
		expect(String(mailboxRoot(address, 'delegated'))).toBe(root);
	});

	it.each(['', 'me'])('tells an app to name a mailbox (%p)', (address) => {
		expect(() => mailboxRoot(address, 'application')).toThrow(ParameterError);
		expect(() => mailboxRoot(address, 'application')).toThrow('the app has no mailbox of its own');
	});

	it.each(['Ana Martins', 'a@x.com, b@x.com', '../me'])('refuses %p', (address) => {
		expect(() => mailboxRoot(address, 'delegated')).toThrow('is no email address');
	});
});
