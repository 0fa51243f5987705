/** HTML in which every inserted text was escaped. Only the `markup` tag and `trusted` make it. */
export class Markup {
	constructor(readonly html: string) {}
}

type Insert = string | number | Markup | readonly Markup[];

/** Builds HTML; inserted texts are escaped for element content and quoted attributes alike. */
export function markup(texts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
	let html = texts[0] ?? '';
	for (const [index, insert] of inserts.entries()) {
		html += htmlOf(insert) + (texts[index + 1] ?? '');
	}
	return new Markup(html);
}

export const nothing = new Markup('');

/** HTML from elsewhere, taken as it is. */
export const trusted = (html: string): Markup => new Markup(html);

/** Text with its line breaks. */
export function lines(text: string): readonly Markup[] {
	return text
		.split(/\r\n|\r|\n/)
		.map((line, index) => (index === 0 ? markup`${line}` : markup`<br />${line}`));
}

function htmlOf(insert: Insert): string {
	if (insert instanceof Markup) return insert.html;
	if (typeof insert === 'object') return insert.map(({ html }) => html).join('');
	return String(insert).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
