const median = (numbers) => {
	const sorted = numbers.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

const spread = (numbers) =>
	numbers.length === 0
		? undefined
		: { median: median(numbers), min: Math.min(...numbers), max: Math.max(...numbers) };

const good = (runs) => runs.filter(({ error }) => error === undefined);

/** Ratios are taken pair by pair, round for round, so that a machine's drift cancels out. */
const ratios = (runs, others) =>
	spread(
		runs.flatMap((run, round) => {
			const other = others[round];
			return run.error || !other || other.error ? [] : [other.wallMs / run.wallMs];
		}),
	);

export function rowOf(work, size, { ours, theirs, floor }) {
	const side = (runs) => ({
		wallMs: spread(good(runs).map(({ wallMs }) => wallMs)),
		requests: good(runs)[0]?.requests,
		batched: good(runs)[0]?.batched,
		overIdleMiB: spread(
			good(runs)
				.filter(({ peakMiB }) => peakMiB !== undefined)
				.map(({ peakMiB, beforeMiB }) => peakMiB - beforeMiB),
		),
		error: runs.find(({ error }) => error !== undefined)?.error,
	});
	return {
		value: work.value,
		name: work.name(size),
		aims: work.aims,
		ours: side(ours),
		theirs: theirs.length > 0 ? side(theirs) : undefined,
		floor: floor.length > 0 ? side(floor) : undefined,
		faster: ratios(ours, theirs),
		overFloor: ratios(floor, ours),
	};
}

const number = (value, digits = 1) => (value === undefined ? '–' : value.toFixed(digits));
const seconds = (wall) => (wall ? `${number(wall.median / 1000, 2)} s` : 'failed');
const range = (ratio) =>
	ratio ? `${number(ratio.median)}× (${number(ratio.min)}–${number(ratio.max)})` : '–';
const overFloor = (ratio) =>
	ratio ? `${number(ratio.median, 2)}× (${number(ratio.min, 2)}–${number(ratio.max, 2)})` : '–';
const sent = ({ requests, batched }) =>
	requests === undefined ? '–' : batched ? `${requests} (${batched} in batches)` : String(requests);

/** Markdown. */
export function printTable(rows) {
	const lines = rows.map(({ name, aims, ours, theirs, floor, ...ratio }) => [
		name,
		seconds(ours.wallMs),
		theirs ? seconds(theirs.wallMs) : 'can not',
		range(ratio.faster),
		aims.theirs ? `${aims.theirs}×` : '–',
		floor ? seconds(floor.wallMs) : '–',
		overFloor(ratio.overFloor),
		aims.floor ? `${aims.floor}×` : '–',
		sent(ours),
		theirs ? sent(theirs) : '–',
		number(ours.overIdleMiB?.median, 0),
		number(theirs?.overIdleMiB?.median, 0),
	]);
	const head = [
		'Work',
		'This package',
		"n8n's own node",
		'Faster by',
		'Aim',
		'Bare client',
		'Over the floor',
		'Aim',
		'Requests',
		'Theirs',
		'Peak MiB over before',
		'Theirs',
	];
	return [head, head.map(() => '---'), ...lines]
		.map((cells) => `| ${cells.join(' | ')} |`)
		.join('\n');
}
