const width = 860;
const height = 360;
const plot = { top: 40, bottom: 310, width: 330 };
const colours = { messages: '#0f6cbd', files: '#8764b8' };

/** Two plots with logarithmic axes: time and memory over the number of items. A straight line of 45° is linear. */
export function drawGrowth(series) {
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">`,
		`<rect width="${width}" height="${height}" fill="#fff"/>`,
		...panel(series, { left: 70, title: 'Seconds', read: ({ wallMs }) => wallMs / 1000 }),
		...panel(series, {
			left: 500,
			title: 'MiB over what n8n had before',
			read: ({ overIdleMiB }) => Math.max(1, overIdleMiB),
		}),
		'</svg>',
		'',
	].join('\n');
}

function panel(series, { left, title, read }) {
	const points = series.flatMap((one) => one.points);
	const x = scale(
		points.map(({ size }) => size),
		left,
		left + plot.width,
	);
	const y = scale(points.map(read), plot.bottom, plot.top);
	return [
		`<text x="${left}" y="24" font-weight="600">${title}</text>`,
		`<path d="M${left} ${plot.top}V${plot.bottom}H${left + plot.width}" fill="none" stroke="#8a8886"/>`,
		...x.ticks.map(
			(value) =>
				`<text x="${x(value)}" y="${plot.bottom + 18}" text-anchor="middle">${value.toLocaleString('en')}</text>`,
		),
		...y.ticks.map(
			(value) => `<text x="${left - 8}" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
		),
		...series.flatMap((one, index) => line(one, index, { x, y, read, left })),
	];
}

function line({ name, points }, index, { x, y, read, left }) {
	const places = points.map((point) => `${x(point.size).toFixed(1)},${y(read(point)).toFixed(1)}`);
	const top = plot.top + 16 + index * 16;
	return [
		`<polyline points="${places.join(' ')}" fill="none" stroke="${colours[name]}" stroke-width="2"/>`,
		...places.map((place) => {
			const [cx, cy] = place.split(',');
			return `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${colours[name]}"/>`;
		}),
		`<text x="${left + 14}" y="${top}" fill="${colours[name]}">${name}</text>`,
	];
}

/** Logarithmic, from a power of ten to a power of ten. */
function scale(values, from, to) {
	const low = Math.floor(Math.log10(Math.min(...values)));
	const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))));
	const place = (value) => from + ((Math.log10(value) - low) / (high - low)) * (to - from);
	place.ticks = Array.from({ length: high - low + 1 }, (_, step) => 10 ** (low + step));
	return place;
}
