import { GraphError } from '../../../core/graph/errors';

/** As often an outage that lasts becomes a failed execution; it is logged each time. */
const reminderMs = 3_600_000;

export interface Outage {
	/** @returns whether the user is to be told of it */
	failed(error: unknown): boolean;
	/** @returns whether an outage is over with this */
	succeeded(): boolean;
}

/** A minute of polling must not make sixty failed executions an hour. */
export function createOutage(now: () => number = Date.now): Outage {
	let told: { readonly kind: string; readonly at: number } | undefined;
	return {
		failed: (error) => {
			const kind = kindOf(error);
			const isTold = told?.kind === kind && now() - told.at < reminderMs;
			if (!isTold) told = { kind, at: now() };
			return !isTold;
		},
		succeeded: () => {
			const wasOut = told !== undefined;
			told = undefined;
			return wasOut;
		},
	};
}

/** What comes and goes during one outage is one kind: 429, 503 and a lost connection. */
function kindOf(error: unknown): string {
	if (error instanceof GraphError) {
		const { status = 0 } = error;
		return status === 0 || status === 429 || status >= 500 ? 'passing' : error.code;
	}
	return error instanceof Error ? error.name : 'unknown';
}
