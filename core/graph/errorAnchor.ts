import { SubscriptionError } from '../changes/SubscriptionError';
import { anchorOf } from '../docs';
import { subscriptionAnchor } from '../triggerTroubles';
import {
	AccessDeniedError,
	ConflictError,
	type GraphError,
	InvalidRequestError,
	NetworkError,
	NotFoundError,
	OutcomeUnknownError,
	ThrottledError,
	UnavailableError,
} from './errors';
import { knownCause } from './knownCodes';

/** Classes whose status says it all, with their sections of the documentation. */
const byClass = [
	[AccessDeniedError, 'graph-access-denied'],
	[NotFoundError, 'not-found'],
	[ConflictError, 'conflict'],
	[ThrottledError, 'throttled'],
	[UnavailableError, 'unavailable'],
	[OutcomeUnknownError, 'outcome-unknown'],
	[InvalidRequestError, 'invalid-request'],
] as const;

/** Codes of ours with a section of their own. */
const ownCodes = new Set(['driveTooLarge']);

/** The section of the documentation that an error of Graph leads to. */
export function errorAnchor(error: GraphError): string {
	if (error instanceof NetworkError) return anchorOf(error.fault);
	if (error instanceof SubscriptionError) return subscriptionAnchor(error.refusal);
	if (ownCodes.has(error.code)) return anchorOf(error.code);
	const known = knownCause(error.code, error.message);
	if (known) return anchorOf(known.name);
	return byClass.find(([Class]) => error instanceof Class)?.[1] ?? 'graph-error';
}
