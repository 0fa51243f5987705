/** Numbers as text, `1-500,502`: the ids of a list, of which few are missing. */
export class IdRanges {
	/** From and to, both included, in order, none next to another. */
	readonly #ranges: Array<[number, number]> = [];

	static of(ids: Iterable<number>): IdRanges {
		const result = new IdRanges();
		for (const id of [...ids].sort((a, b) => a - b)) {
			const last = result.#ranges.at(-1);
			if (last && id <= last[1] + 1) last[1] = Math.max(last[1], id);
			else result.#ranges.push([id, id]);
		}
		return result;
	}

	static parse(text: string): IdRanges {
		const result = new IdRanges();
		for (const part of text.split(',')) {
			if (part === '') continue;
			const [from = NaN, to = from] = part.split('-').map(Number);
			if (Number.isInteger(from) && Number.isInteger(to)) result.#ranges.push([from, to]);
		}
		return result;
	}

	toString(): string {
		return this.#ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
	}

	*[Symbol.iterator](): Generator<number> {
		for (const [from, to] of this.#ranges) for (let id = from; id <= to; id++) yield id;
	}
}
