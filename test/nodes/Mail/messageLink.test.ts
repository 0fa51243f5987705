import { messageIdOfLink } from '../../../nodes/Mail/messageLink';

describe('messageIdOfLink', () => {
	it.each([
		[
			'https://outlook.office365.com/owa/?ItemID=AAMkADhAAAW%2FVPe%2BAAA%3D&exvsurl=1&viewmodel=ReadMessageItem',
			'AAMkADhAAAW-VPe_AAA=',
		],
		['https://outlook.office365.us/owa/?viewmodel=ReadMessageItem&itemid=AAMk+AAA%3D', 'AAMk_AAA='],
		['https://outlook.office.com/mail/deeplink/read/AAMkAD%2FAAA%3D?x=1', 'AAMkAD-AAA='],
		['https://outlook.office.com/mail/inbox/id/AAMkADAAA%3D', 'AAMkADAAA='],
	])('finds the id in %s', (link, id) => {
		expect(messageIdOfLink(link, 'Message')).toBe(id);
	});

	it.each([
		['https://outlook.office.com/mail/inbox', 'Message: the link names no message'],
		['https://outlook.office.com/mail/inbox/id/AAQkADAAA%3D', 'conversation, not to one message'],
		['outlook.office.com', 'Message: is no link'],
	])('explains why %s is none', (link, text) => {
		expect(() => messageIdOfLink(link, 'Message')).toThrow(text);
	});
});
