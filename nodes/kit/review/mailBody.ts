import { type Markup, lines, markup, nothing, trusted } from './markup';
import { readableTime } from './readableTime';
import type { LinkChoice } from './token';
import type { Question, Quote } from './types';

export interface MailButton {
	readonly label: string;
	readonly url: string;
	readonly choice: LinkChoice;
}

const font = 'font-family:Segoe UI,Arial,sans-serif;font-size:15px;line-height:1.5;color:#242424';
const small = 'font-family:Segoe UI,Arial,sans-serif;font-size:12px;line-height:1.5;color:#616161';

/**
 * The mail to one reviewer, as HTML. Tables and inline styles, because Outlook for Windows lays out
 * with Word, which knows no padding on links. Exchange makes the plain-text version of it, in which
 * the written-out links are what remains of the buttons.
 *
 * The quote comes last: whatever is in it, it can't come between the reviewer and the buttons.
 */
export function reviewMail(
	question: Question,
	buttons: readonly MailButton[],
	quote: Quote | undefined,
): string {
	const { message, expiresAt, timezone, title } = question;
	const deadline = expiresAt
		? markup`<p style="${small}">Please answer by ${readableTime(expiresAt, timezone)}.</p>`
		: nothing;
	return markup`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8" /><title>${title}</title></head>
<body style="margin:0;padding:16px">
<div style="${font}"><p style="margin:0 0 16px">${lines(message)}</p></div>
<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>${buttons.map(button)}</tr></table>
${deadline}
<p style="${small}">A button opens a page where you confirm. It was made for you alone: whoever has this mail can answer in your name, so please don't forward it.</p>
<p style="${small}">If a button doesn't work, copy its link into your browser:</p>
${buttons.map(writtenOut)}
${quote ? quoted(quote) : nothing}
</body></html>`.html;
}

function button({ label, url, choice }: MailButton): Markup {
	const isFirst = choice !== 'decline';
	const [background, border, color] = isFirst
		? ['#0f6cbd', '#0f6cbd', '#ffffff']
		: ['#ffffff', '#8a8886', '#242424'];
	const cell = `padding:9px 22px;border:1px solid ${border};border-radius:4px`;
	const link = `${font};font-weight:600;color:${color};text-decoration:none`;
	return markup`<td bgcolor="${background}" style="${cell}"><a href="${url}" target="_blank" style="${link}">${label}</a></td><td width="12">&nbsp;</td>`;
}

function writtenOut({ label, url }: MailButton): Markup {
	return markup`<p style="${small};word-break:break-all">${label}: <a href="${url}">${url}</a></p>`;
}

function quoted({ heading, rows, body }: Quote): Markup {
	return markup`<hr style="border:none;border-top:1px solid #d1d1d1;margin:24px 0" />
<p style="${font};font-weight:600;margin:0 0 8px">${heading}</p>
<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="${font}">${rows.map(row)}</table>
${body ? quotedBody(body) : nothing}`;
}

function row({ label, value }: Quote['rows'][number]): Markup {
	return markup`<tr><td valign="top" style="padding:0 12px 4px 0;color:#616161">${label}</td><td style="padding:0 0 4px">${lines(value)}</td></tr>`;
}

function quotedBody({ contentType, content }: NonNullable<Quote['body']>): Markup {
	const inner = contentType === 'html' ? [trusted(embeddable(content))] : lines(content);
	return markup`<div style="${font};border-left:3px solid #d1d1d1;padding:4px 0 4px 12px;margin:8px 0">${inner}</div>`;
}

/**
 * A document's HTML as part of another. Mail programs run no scripts anyway; what matters is that
 * its styles and comments can't hide or restyle what stands above it.
 */
export function embeddable(document: string): string {
	let rest = document;
	for (;;) {
		const less = rest
			.replaceAll(/<!--[\s\S]*?(?:-->|$)/g, '')
			.replaceAll(/<(style|script|head|title)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
			.replaceAll(/<!?\/?(?:doctype|html|body|base|link|meta|form)\b[^>]*>/gi, '');
		// Taking one away may have put another together.
		if (less === rest) return less;
		rest = less;
	}
}
