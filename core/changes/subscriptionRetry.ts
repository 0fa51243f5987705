import { AuthError } from '../auth/AuthError';
import { AccessDeniedError, GraphError, InvalidRequestError } from '../graph/errors';
import { SubscriptionError } from './SubscriptionError';

const firstRetryMs = 1_000;
const longestRetryMs = 30 * 60_000;

/** Whether trying again soon can't help. */
export function isPermanent(error: unknown): boolean {
	if (error instanceof SubscriptionError) return error.refusal !== 'unreachable';
	if (error instanceof AuthError || error instanceof AccessDeniedError) return true;
	return error instanceof InvalidRequestError || !(error instanceof GraphError);
}

/** @param random in [0, 1) */
export function retryDelayMs(failures: number, random: () => number): number {
	const ceilingMs = Math.min(longestRetryMs, firstRetryMs * 2 ** failures);
	return Math.round(ceilingMs * (0.5 + random() / 2));
}
