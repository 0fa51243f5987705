import { aboveQuote } from '../../../nodes/Mail/replying';

const quote = {
	contentType: 'html' as const,
	content: '<html><head><style>body{}</style></head><body lang="en"><hr>From: Ben</body></html>',
};

describe('aboveQuote', () => {
	it('puts an HTML answer between the body tag and the quote', () => {
		expect(aboveQuote(quote, '<p>Yes</p>', 'html')).toEqual({
			contentType: 'html',
			content:
				'<html><head><style>body{}</style></head><body lang="en"><div><p>Yes</p></div><hr>From: Ben</body></html>',
		});
	});

	it('keeps the lines and signs of a text answer to an HTML message', () => {
		expect(aboveQuote(quote, '1 < 2\nAna', 'text').content).toContain(
			'<body lang="en"><div>1 &lt; 2<br>Ana</div><hr>',
		);
	});

	it('stays text where both are', () => {
		expect(aboveQuote({ contentType: 'text', content: '> Hi' }, 'Yes', 'text')).toEqual({
			contentType: 'text',
			content: 'Yes\n\n> Hi',
		});
	});

	it('makes a text draft HTML for an HTML answer', () => {
		expect(aboveQuote({ contentType: 'text', content: '<a>' }, '<b>Yes</b>', 'html')).toEqual({
			contentType: 'html',
			content: '<b>Yes</b><br><br>&lt;a&gt;',
		});
	});

	it('goes first where the quote has no body tag', () => {
		expect(aboveQuote(undefined, 'Yes', 'html').content).toBe('<div>Yes</div>');
	});
});
