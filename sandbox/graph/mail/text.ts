/** What Exchange makes of bodies. The conversions are rough on purpose: tests need their shape only. */

const entities: Readonly<Record<string, string>> = {
	amp: '&',
	lt: '<',
	gt: '>',
	quot: '"',
	apos: "'",
	nbsp: ' ',
};

export function htmlToText(html: string): string {
	return html
		.replace(/<(head|style|script)\b[\s\S]*?<\/\1>/gi, '')
		.replace(/<br\s*\/?>|<\/(p|div|tr|h\d|li)>|<hr[^>]*>/gi, '\r\n')
		.replace(/<[^>]+>/g, '')
		.replace(/&(?:#(\d+)|(\w+));/g, (whole, code: string | undefined, name: string | undefined) =>
			code === undefined ? (entities[name ?? ''] ?? whole) : String.fromCodePoint(Number(code)),
		)
		.trim();
}

export function textToHtml(text: string): string {
	const escaped = escapeHtml(text).replace(/\r?\n/g, '<br>\r\n');
	return wrapHtml(`<div>${escaped}</div>`);
}

export function escapeHtml(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Exchange stores whole documents, and gives back fragments wrapped into one. */
export function wrapHtml(html: string): string {
	if (/<html[\s>]/i.test(html)) return html;
	return (
		'<html><head>\r\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">' +
		`</head><body>${html}</body></html>`
	);
}

/** The first 255 characters, without line breaks in a row. */
export function previewOf(text: string): string {
	return text
		.replace(/(\r?\n){2,}/g, '\r\n')
		.trim()
		.slice(0, 255);
}
