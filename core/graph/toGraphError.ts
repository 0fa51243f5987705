import { AuthError } from '../auth/AuthError';
import { parseRetryAfterMs } from '../http/retryTiming';
import { wasTurnedAway } from '../http/retry';
import type { HttpResponse } from '../http/types';
import {
	AccessDeniedError,
	ConflictError,
	GraphError,
	type GraphErrorDetails,
	InvalidRequestError,
	NotFoundError,
	OutcomeUnknownError,
	ThrottledError,
	UnavailableError,
} from './errors';
import { nextStepFor } from './knownCodes';

export interface FailureContext {
	/** See `HttpRequest.repeatable`. */
	readonly repeatable: boolean;
	readonly nowMs: number;
}

/** Messages of Graph may quote a token that it could not parse, or a pre-authorised address. */
const SECRETS = /eyJ[\w-]+\.[\w-]+(\.[\w-]*)?|(?<=(tempauth|token|sig)=)[^&\s"']+/gi;
const MAX_MESSAGE_CHARACTERS = 500;

/**
 * The error for an answer of 400 or above (and for redirects that nobody expected).
 * Graph's shape: learn.microsoft.com/graph/errors#error-resource-type. Survives any other body.
 */
export function toGraphError(
	{ status, headers, body }: HttpResponse,
	{ repeatable, nowMs }: FailureContext,
): GraphError | AuthError {
	const told = readError(body);
	const requestId = told.requestId ?? headers['request-id'];
	const details: GraphErrorDetails = {
		code: told.code ?? `http${status}`,
		status,
		requestId,
		nextStep: nextStepFor(told.code, told.message),
		retryAfterMs: parseRetryAfterMs(headers['retry-after'], nowMs),
	};
	const message = told.message ?? `Microsoft Graph answered with status ${status}`;

	if (wasTurnedAway({ status, headers })) return throttled(details, nowMs);
	if (status >= 500 && status <= 504 && status !== 501) {
		return serverFailure(message, details, repeatable);
	}
	switch (status) {
		case 400:
		case 422:
			return new InvalidRequestError(message, details);
		case 401:
			return new AuthError(`Microsoft Graph refused the access token: ${message}`, {
				code: details.code,
				nextStep: 'Connect the credential again; the sign-in may have been revoked.',
				whoCanFix: 'user',
				docsAnchor: 'token-refused',
				...(requestId !== undefined && { traceId: requestId }),
			});
		case 403:
			return new AccessDeniedError(message, details);
		case 404:
			return new NotFoundError(message, {
				...details,
				nextStep:
					details.nextStep ??
					'Check that the id is right and that it still exists in this mailbox, drive or site.',
			});
		case 409:
		case 412:
			return new ConflictError(message, details);
		default:
			return new GraphError(message, details);
	}
}

function throttled(details: GraphErrorDetails, nowMs: number): ThrottledError {
	const { retryAfterMs } = details;
	const until =
		retryAfterMs === undefined ? '' : ` until ${new Date(nowMs + retryAfterMs).toISOString()}`;
	return new ThrottledError(`Microsoft 365 takes no more requests of this kind${until}`, {
		...details,
		nextStep: 'Run it again later, with fewer items or less often.',
	});
}

function serverFailure(
	message: string,
	details: GraphErrorDetails,
	repeatable: boolean,
): UnavailableError | OutcomeUnknownError {
	if (repeatable) {
		return new UnavailableError(message, { ...details, nextStep: 'Run it again later.' });
	}
	return new OutcomeUnknownError(
		`Microsoft 365 failed while it worked on this, which may have been carried out: ${message}`,
		{
			...details,
			nextStep: 'Check in Microsoft 365 whether it was, before you run it again.',
		},
	);
}

interface ToldError {
	readonly code?: string | undefined;
	readonly message?: string | undefined;
	readonly requestId?: string | undefined;
}

function readError(body: unknown): ToldError {
	const error = fieldOf(body, 'error');
	const message = textOf(fieldOf(error, 'message'));
	return {
		code: textOf(fieldOf(error, 'code')),
		message: message?.replace(SECRETS, '…').slice(0, MAX_MESSAGE_CHARACTERS),
		// Both spellings occur.
		requestId: textOf(
			fieldOf(fieldOf(error, 'innerError') ?? fieldOf(error, 'innererror'), 'request-id'),
		),
	};
}

function fieldOf(value: unknown, name: string): unknown {
	if (typeof value !== 'object' || value === null) return undefined;
	return (value as Record<string, unknown>)[name];
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' ? value : undefined;
}
