/** What may be told of a failure: never a token, a pre-authorised URL or a request's body. */
export interface GraphErrorDetails {
	/** Graph's own code, e.g. `ErrorItemNotFound`; a stable one of ours in camel case where Graph gave none. */
	readonly code: string;
	readonly status?: number | undefined;
	readonly requestId?: string | undefined;
	/** What the automation builder can do about it. */
	readonly nextStep?: string | undefined;
	readonly retryAfterMs?: number | undefined;
	readonly cause?: unknown;
}

/** A request to Microsoft Graph failed. Thrown itself where no class below fits. */
export class GraphError extends Error {
	override readonly name: string = 'GraphError';
	readonly code: string;
	readonly status?: number;
	readonly requestId?: string;
	readonly nextStep?: string;
	/** How long Graph asked to wait, in milliseconds. */
	readonly retryAfterMs?: number;

	constructor(message: string, details: GraphErrorDetails) {
		super(message, details.cause === undefined ? undefined : { cause: details.cause });
		this.code = details.code;
		if (details.status !== undefined) this.status = details.status;
		if (details.requestId !== undefined) this.requestId = details.requestId;
		if (details.nextStep !== undefined) this.nextStep = details.nextStep;
		if (details.retryAfterMs !== undefined) this.retryAfterMs = details.retryAfterMs;
	}
}

/** 400 and 422: Graph refuses the request as it is. */
export class InvalidRequestError extends GraphError {
	override readonly name = 'InvalidRequestError';
}

/** 403. */
export class AccessDeniedError extends GraphError {
	override readonly name = 'AccessDeniedError';
}

/** 404. */
export class NotFoundError extends GraphError {
	override readonly name = 'NotFoundError';
}

/** 409 and 412: somebody else's change, or a name that is taken, stands in the way. */
export class ConflictError extends GraphError {
	override readonly name = 'ConflictError';
}

/** 429, or 503 with `Retry-After`, for longer than the retry may wait. Nothing was carried out. */
export class ThrottledError extends GraphError {
	override readonly name = 'ThrottledError';
}

/** 500, or 502 to 504 that outlasted the retries; the request can be repeated without harm. */
export class UnavailableError extends GraphError {
	override readonly name = 'UnavailableError';
}

/** The answer got lost, or a server failed midway, and a repeat could do the same thing twice. */
export class OutcomeUnknownError extends GraphError {
	override readonly name = 'OutcomeUnknownError';
}

/** A `nextLink` leads away from the credential's own Graph host. Nothing was sent there. */
export class ForeignLinkError extends GraphError {
	override readonly name = 'ForeignLinkError';
}

/** Paging doesn't come to an end: a link came twice, or there are more pages than anyone has. */
export class EndlessPagingError extends GraphError {
	override readonly name = 'EndlessPagingError';
}

/** An upload session can't be finished, or the source isn't what it was said to be. */
export class UploadError extends GraphError {
	override readonly name = 'UploadError';
}

/** The caller's `AbortSignal` fired. */
export class CancelledError extends GraphError {
	override readonly name = 'CancelledError';

	constructor() {
		super('The request was cancelled', { code: 'cancelled' });
	}
}

export type NetworkFault =
	| 'hostNotFound'
	| 'connectionRefused'
	| 'connectionBroken'
	| 'certificateRefused'
	| 'timeout'
	| 'unreadableAnswer'
	| 'networkFault';

/** No whole answer came back. Its `code` is the fault. */
export class NetworkError extends GraphError {
	override readonly name = 'NetworkError';

	constructor(
		readonly fault: NetworkFault,
		message: string,
		details: Omit<GraphErrorDetails, 'code'> = {},
	) {
		super(message, { code: fault, ...details });
	}

	/** The request never reached a server, so a repeat is safe whatever it does. */
	get wasNeverSent(): boolean {
		return (
			this.fault === 'hostNotFound' ||
			this.fault === 'connectionRefused' ||
			this.fault === 'certificateRefused'
		);
	}

	/** A certificate doesn't get better by asking again. */
	get isPermanent(): boolean {
		return this.fault === 'certificateRefused';
	}
}
