import { dateTime } from '../../kit/fields/dateTime';
import { choice, collection, text, textList, wholeNumber } from '../../kit/fields/values';

const contains = (name: string) => `Messages whose ${name} contains this`;

/** What Get Many looks for; all that is filled in has to fit. */
export const searchField = collection('search', {
	displayName: 'Search',
	placeholder: 'Add Condition',
	fields: [
		choice('answered', {
			displayName: 'Answered',
			options: [
				{ name: 'No', value: 'no' },
				{ name: 'Yes', value: 'yes' },
			],
			default: 'yes',
		}),
		text('body', { displayName: 'Body', description: contains('text') }),
		text('cc', { displayName: 'Cc', description: contains('copy recipients') }),
		choice('flagged', {
			displayName: 'Flagged',
			options: [
				{ name: 'No', value: 'no' },
				{ name: 'Yes', value: 'yes' },
			],
			default: 'yes',
		}),
		text('from', {
			displayName: 'From',
			placeholder: 'e.g. ana@contoso.com',
			description: contains('sender (name or address)'),
		}),
		text('headerName', {
			displayName: 'Header',
			placeholder: 'e.g. X-Ticket or X-Ticket: 4711',
			description: 'Messages with this header; after a colon, what it contains',
		}),
		text('keyword', {
			displayName: 'Keyword',
			description: 'Messages that have this flag of your own',
		}),
		wholeNumber('minKilobytes', {
			displayName: 'Larger Than (KB)',
			default: 1024,
			min: 1,
			description: 'By the size of the whole message with its attachments',
		}),
		text('raw', {
			displayName: 'Raw Search',
			placeholder: 'e.g. OR FROM "ana" SUBJECT "invoice" NOT ANSWERED',
			description: 'Further search keys as IMAP writes them (RFC 3501, 6.4.4)',
		}),
		choice('read', {
			displayName: 'Read',
			options: [
				{ name: 'No', value: 'no' },
				{ name: 'Yes', value: 'yes' },
			],
			default: 'no',
		}),
		dateTime('before', { displayName: 'Received Before' }),
		dateTime('since', {
			displayName: 'Received Since',
			description:
				'To the second; the server itself knows days only, so the rest is looked up here',
		}),
		wholeNumber('maxKilobytes', { displayName: 'Smaller Than (KB)', default: 1024, min: 1 }),
		text('subject', { displayName: 'Subject', description: contains('subject') }),
		text('to', { displayName: 'To', description: contains('recipients') }),
		textList('uids', {
			displayName: 'UIDs',
			placeholder: 'e.g. 120:180 or 120:*',
			description:
				'Numbers and ranges; * stands for the last message. The first one alone: 120:* for what is new since UID 119.',
		}),
		text('anywhere', {
			displayName: 'Words Anywhere',
			description: contains('headers or text'),
		}),
	],
});
