import { createHash } from 'node:crypto';
import { embeddable, reviewMail } from '../../../../nodes/kit/review/mailBody';
import {
	closedPages,
	donePage,
	pageHeaders,
	questionPage,
} from '../../../../nodes/kit/review/pages';
import type { Question, ResponseForm } from '../../../../nodes/kit/review/types';

const nasty = `</textarea><script>alert('1')</script>"'&`;
const escaped =
	'&#60;/textarea&#62;&#60;script&#62;alert(&#39;1&#39;)&#60;/script&#62;&#34;&#39;&#38;';
const approval: ResponseForm = {
	kind: 'approval',
	approveLabel: 'Yes',
	declineLabel: 'No',
	comment: true,
};

function question(changes: Partial<Question> = {}): Question {
	return {
		id: 'q',
		title: 'Offer',
		message: 'First\nsecond',
		form: approval,
		reviewers: ['ana@contoso.com'],
		askedAt: '2026-03-02T08:00:00.000Z',
		expiresAt: '2026-03-05T08:00:00.000Z',
		timezone: 'Europe/Berlin',
		mailbox: '/me',
		subject: {},
		...changes,
	};
}

const decisions = (html: string) =>
	[...html.matchAll(/name="decision" value="(\w+)"/g)].map(([, value]) => value);

describe('the page behind a button', () => {
	it('offers both decisions, the one of the mail first', () => {
		expect(decisions(questionPage(question(), 'a', 'approve').html)).toEqual([
			'approved',
			'declined',
		]);
		expect(decisions(questionPage(question(), 'a', 'decline').html)).toEqual([
			'declined',
			'approved',
		]);
	});

	it('offers no declining where the question has none', () => {
		const form: ResponseForm = { kind: 'approval', approveLabel: 'Yes', comment: false };
		const { html } = questionPage(question({ form }), 'a', 'decline');
		expect(decisions(html)).toEqual(['approved']);
		expect(html).not.toContain('<textarea');
	});

	it('posts to its own address and says for whom and until when, in the workflow’s zone', () => {
		const { html, status } = questionPage(question(), 'ana@contoso.com', 'approve');
		expect(status).toBe(200);
		expect(html).toContain('<form method="post">');
		expect(html).toContain('First<br />second');
		expect(html).toContain('You answer as ana@contoso.com.');
		expect(html).toContain('5 Mar 2026, 09:00 (Europe/Berlin)');
	});

	it('escapes every text, entered ones too', () => {
		const form: ResponseForm = {
			kind: 'form',
			buttonLabel: nasty,
			fields: (['text', 'multiline', 'number', 'date', 'dropdown', 'checkbox'] as const).map(
				(type) => ({ label: nasty, type, choices: [nasty], required: true }),
			),
		};
		const posted = Object.fromEntries(form.fields.map((_, index) => [`field${index}`, nasty]));
		const { html, status } = questionPage(
			question({ title: nasty, message: nasty, form }),
			nasty,
			'respond',
			{ posted, problems: [nasty], status: 422 },
		);
		expect(status).toBe(422);
		expect(html).not.toContain('<script');
		expect(html).not.toContain(nasty);
		// Title twice, message, problem, reviewer, button; a label, a value or choice for each field.
		expect(html.split(escaped).length - 1).toBeGreaterThanOrEqual(16);
	});

	it('keeps what was entered, line break at its beginning included', () => {
		const attempt = { posted: { comment: '\nwait' }, problems: ['x'], status: 422 };
		expect(questionPage(question(), 'a', 'approve', attempt).html).toContain(
			'rows="3">\n\nwait</textarea>',
		);
	});

	it('labels every field, and marks what may be left out', () => {
		const form: ResponseForm = {
			kind: 'form',
			buttonLabel: 'Send',
			fields: [
				{ label: 'Amount', type: 'number', choices: [], required: true },
				{ label: 'Kind', type: 'dropdown', choices: ['a', 'b'], required: false },
			],
		};
		const { html } = questionPage(question({ form }), 'a', 'respond', {
			posted: { field1: 'b' },
			problems: [],
			status: 422,
		});
		expect(html).toContain(
			'<label for="field0">Amount</label><input type="number" step="any" id="field0"',
		);
		expect(html).toContain('<label for="field1">Kind (optional)</label><select id="field1"');
		expect(html).toContain('<option value="b" selected>b</option>');
	});
});

describe('all pages', () => {
	const pages = [
		questionPage(question(), 'a', 'approve'),
		donePage({ decision: 'approved', respondedBy: 'a', respondedAt: '' }),
		closedPages.forged(),
		closedPages.answered(),
		closedPages.expired(question()),
	];

	it.each(pages.map((page) => [page.status, page.html]))(
		'%i loads nothing, runs nothing, and has only the style that its policy allows',
		(_, html) => {
			expect(html).not.toMatch(/\b(?:src|href)=|<script|style="|@import|url\(/);
			const [, style = ''] = /<style>([\s\S]*)<\/style>/.exec(html) ?? [];
			const hash = createHash('sha256').update(style).digest('base64');
			expect(pageHeaders['Content-Security-Policy']).toContain(`style-src 'sha256-${hash}'`);
			expect(pageHeaders['Content-Security-Policy']).toContain("default-src 'none'");
		},
	);

	it('refuse with statuses that say so', () => {
		expect(pages.map(({ status }) => status)).toEqual([200, 200, 403, 409, 410]);
	});
});

describe('the mail', () => {
	const buttons = [
		{ label: 'Yes', url: 'https://n8n.contoso.com/a?b=1&c=2', choice: 'approve' },
		{ label: 'No', url: 'https://n8n.contoso.com/d', choice: 'decline' },
	] as const;

	it('has table-cell buttons and the same links written out', () => {
		const html = reviewMail(question(), buttons, undefined);
		expect(
			[...html.matchAll(/<td bgcolor="#\w+" style="padding:[^"]*"><a href="([^"]*)"/g)].map(
				([, url]) => url,
			),
		).toEqual(['https://n8n.contoso.com/a?b=1&#38;c=2', 'https://n8n.contoso.com/d']);
		expect(html).toContain('>https://n8n.contoso.com/a?b=1&#38;c=2</a></p>');
		expect(html).toContain('Please answer by 5 Mar 2026, 09:00 (Europe/Berlin).');
	});

	it('escapes texts, and quotes after the buttons', () => {
		const html = reviewMail(question({ title: nasty, message: nasty }), buttons, {
			heading: nasty,
			rows: [{ label: nasty, value: nasty }],
			body: { contentType: 'text', content: `${nasty}\nend` },
		});
		expect(html).not.toContain(nasty);
		expect(html).toContain(`${escaped}<br />end`);
		expect(html.indexOf('<hr')).toBeGreaterThan(html.lastIndexOf('https://n8n.contoso.com/d'));
	});

	it('quotes HTML without what could hide or restyle the buttons', () => {
		expect(
			embeddable(
				'<!DOCTYPE html><html><head><style>td{display:none}</style></head><body onload="x"><p>Hi <b>Ana</b></p><!-- <p>seen?</p> --></body></html>',
			),
		).toBe('<p>Hi <b>Ana</b></p>');
		expect(embeddable('<p>a</p><style>td{display:none}')).toBe('<p>a</p>');
		expect(embeddable('<p>a</p><!-- open')).toBe('<p>a</p>');
		expect(embeddable('<sty<!-- -->le>td{}</style>b')).toBe('b');
	});
});
