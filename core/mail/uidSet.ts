/** A set of UIDs as IMAP takes it, such as `3:5,9`. */
export function uidSet(uids: readonly number[]): string {
	const sorted = [...uids].sort((one, other) => one - other);
	const ranges: Array<[first: number, last: number]> = [];
	for (const uid of sorted) {
		const latest = ranges.at(-1);
		if (latest && uid <= latest[1] + 1) latest[1] = uid;
		else ranges.push([uid, uid]);
	}
	return ranges
		.map(([first, last]) => (first === last ? `${first}` : `${first}:${last}`))
		.join(',');
}

/** Parts of at most so many; servers bound the length of a line. */
export function* chunksOf<T>(all: readonly T[], size: number): Generator<T[]> {
	for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
