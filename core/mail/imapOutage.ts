import { AuthError } from '../auth/AuthError';
import { MailServerError } from './MailServerError';

/** Tells the user of an outage once it is one, and then at most once in `reminderMs`. */
export interface Outage {
	/** @returns whether the user is to be told */
	failed(error: unknown): boolean;
	/** @returns since when there was none, in milliseconds since 1970; `undefined` where all was well */
	ended(): number | undefined;
	readonly sinceMs: number | undefined;
}

export interface OutageTiming {
	/** A server that restarts within this is no outage. */
	readonly graceMs: number;
	readonly reminderMs: number;
}

export function createOutage(timing: OutageTiming, now: () => number): Outage {
	let sinceMs: number | undefined;
	let told: { readonly atMs: number; readonly isPassing: boolean } | undefined;
	return {
		get sinceMs() {
			return sinceMs;
		},
		failed: (error) => {
			sinceMs ??= now();
			const passing = isPassing(error);
			if (passing && now() - sinceMs < timing.graceMs) return false;
			// What needs somebody to act is news after a mere interruption.
			const isKnown = told && (passing || !told.isPassing);
			if (told && isKnown && now() - told.atMs < timing.reminderMs) return false;
			told = { atMs: now(), isPassing: passing };
			return true;
		},
		ended: () => {
			const since = sinceMs;
			sinceMs = undefined;
			told = undefined;
			return since;
		},
	};
}

/** Of troubles that stop nothing: each kind is told once, and then at most once in `reminderMs`. */
export function createReminders(
	reminderMs: number,
	now: () => number,
): { isDue(error: unknown): boolean } {
	const toldAtMs = new Map<string, number>();
	return {
		isDue: (error) => {
			const kind = error instanceof MailServerError ? error.code : String(error);
			const last = toldAtMs.get(kind);
			if (last !== undefined && now() - last < reminderMs) return false;
			toldAtMs.set(kind, now());
			return true;
		},
	};
}

/** What the sign-in service answers while it is disturbed itself. */
const passingSignIns = new Set(['sign_in_failed', 'temporarily_unavailable', 'server_error']);

/** Whether it may work in a while without anybody doing anything. */
export function isPassing(error: unknown): boolean {
	if (error instanceof MailServerError) return error.isPassing;
	if (error instanceof AuthError) return passingSignIns.has(error.code);
	return false;
}
