// What the generated pages are written with.

const cell = (text) => String(text).replaceAll('|', '\\|');

/** @param rows arrays of Markdown, as many entries as there are titles */
function table(titles, rows) {
	const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;
	return [line(titles), line(titles.map(() => '---')), ...rows.map(line)];
}

/** `Mail.Read Mail.Send` → each one as code. */
const codes = (names) =>
	names
		.split(' ')
		.map((name) => `\`${name}\``)
		.join(' ');

/** @param names `null` where Microsoft offers none, empty where nothing is needed */
function permission(names) {
	if (names === null) return '—';
	return names === '' ? 'none of its own' : codes(names);
}

const byName = (entries) => [...entries].sort((a, b) => a.name.localeCompare(b.name, 'en'));

/** The note under a page's title. */
const madeBy = (from) => `Made from ${from} by \`npm run docs\`; a test fails when it is stale.`;

const page = (lines) => `${lines.join('\n')}\n`;

module.exports = { byName, codes, madeBy, page, permission, table };
