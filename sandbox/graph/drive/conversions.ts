/** A PDF of one page with one line of text, well-formed. */
export function simplePdf(text: string): Buffer {
	const line = text.replaceAll(/[^\x20-\x7e]/g, '?').replaceAll(/([()\\])/g, '\\$1');
	const stream = `BT /F1 12 Tf 40 100 Td (${line}) Tj ET`;
	const objects = [
		'<</Type/Catalog/Pages 2 0 R>>',
		'<</Type/Pages/Kids[3 0 R]/Count 1>>',
		'<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 144]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
		`<</Length ${stream.length}>>stream\n${stream}\nendstream`,
		'<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
	];
	let pdf = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const offset = pdf.length;
		pdf += `${index + 1} 0 obj${object}endobj\n`;
		return String(offset).padStart(10, '0');
	});
	const table = pdf.length;
	const rows = offsets.map((offset) => `${offset} 00000 n \n`).join('');
	pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
	pdf += `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF`;
	return Buffer.from(pdf, 'latin1');
}

/** One grey pixel. */
export const tinyJpeg = Buffer.from(
	'/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=',
	'base64',
);
