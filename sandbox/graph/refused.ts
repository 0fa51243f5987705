/** Thrown anywhere while a request is answered; becomes Graph's error body. */
export class RefusedError extends Error {
	override readonly name = 'RefusedError';

	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly headers: Readonly<Record<string, string>> = {},
	) {
		super(message);
	}
}

export function badRequest(message: string, code = 'BadRequest'): RefusedError {
	return new RefusedError(400, code, message);
}

/** What Graph's request broker says to URLs that don't fit the metadata. */
export function unparsable(message: string): RefusedError {
	return badRequest(message, 'RequestBroker--ParseUri');
}

export function itemNotFound(): RefusedError {
	return new RefusedError(
		404,
		'ErrorItemNotFound',
		'The specified object was not found in the store.',
	);
}

export function malformedId(): RefusedError {
	return badRequest('Id is malformed.', 'ErrorInvalidIdMalformed');
}
