const width = 860;
const rowHeight = 46;
const left = 300;
const barRoom = width - left - 110;

/** A bar a side and work, each pair on its own scale: the longer one fills the row. */
export function drawTable(rows) {
	const compared = rows.filter(({ ours, theirs }) => ours.wallMs && theirs?.wallMs);
	const height = 60 + compared.length * rowHeight;
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="13">`,
		`<rect width="${width}" height="${height}" fill="#fff"/>`,
		legend(),
		...compared.map(drawRow),
		'</svg>',
		'',
	].join('\n');
}

const colours = { ours: '#0f6cbd', theirs: '#c8c6c4' };

function legend() {
	return [
		`<rect x="${left}" y="16" width="12" height="12" fill="${colours.ours}"/>`,
		`<text x="${left + 18}" y="27">this package</text>`,
		`<rect x="${left + 120}" y="16" width="12" height="12" fill="${colours.theirs}"/>`,
		`<text x="${left + 138}" y="27">n8n's own node</text>`,
	].join('');
}

function drawRow({ name, ours, theirs, faster }, index) {
	const top = 48 + index * rowHeight;
	const longest = Math.max(ours.wallMs.median, theirs.wallMs.median);
	const bar = (side, { median }, offset) => {
		const length = Math.max(2, (median / longest) * barRoom);
		return (
			`<rect x="${left}" y="${top + offset}" width="${length.toFixed(1)}" height="14" fill="${colours[side]}"/>` +
			`<text x="${(left + length + 6).toFixed(1)}" y="${top + offset + 11}" fill="#424242">${(median / 1000).toFixed(1)} s</text>`
		);
	};
	return [
		`<text x="${left - 12}" y="${top + 14}" text-anchor="end">${escape(name)}</text>`,
		`<text x="${left - 12}" y="${top + 31}" text-anchor="end" fill="#616161">${faster.median.toFixed(1)}× faster</text>`,
		bar('ours', ours.wallMs, 2),
		bar('theirs', theirs.wallMs, 18),
	].join('');
}

function escape(text) {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
