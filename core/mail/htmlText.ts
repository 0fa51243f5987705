/** Beyond this the rest of the HTML is not looked at: it would hold up every other workflow. */
const maxInputLength = 500_000;

/** HTML as plain text, for reading rather than for showing; never fails. */
export async function htmlText(html: string): Promise<string> {
	try {
		const { convert } = await import('html-to-text');
		return convert(html, {
			wordwrap: false,
			limits: { maxInputLength, maxDepth: 100, ellipsis: '…' },
			selectors: [
				{ selector: 'img', format: 'skip' },
				{ selector: 'a', options: { hideLinkHrefIfSameAsText: true } },
			],
		});
	} catch {
		return '';
	}
}
