/** The sandbox's time: the machine's, plus what `POST /__sandbox__/clock` has advanced. */
export interface Clock {
	/** Milliseconds since 1970. */
	now(): number;
	advance(ms: number): void;
}

export function createClock(): Clock {
	let aheadMs = 0;
	const machineNow = Date.now.bind(Date);
	return {
		now: () => machineNow() + aheadMs,
		advance: (ms) => {
			aheadMs += ms;
		},
	};
}
