import { NetworkError } from '../graph/errors';
import type { Middleware } from './types';

/**
 * Bounds one attempt by the request's `timeoutMs`: to the whole answer, or to its headers where
 * the body is streamed.
 *
 * @throws {NetworkError} `timeout`
 */
export const timeout: Middleware = (next) => async (request) => {
	const expiry = new AbortController();
	const timer = setTimeout(() => expiry.abort(), request.timeoutMs);
	// The caller's signal stays connected after the headers, for the body.
	const signal = request.signal ? AbortSignal.any([request.signal, expiry.signal]) : expiry.signal;
	try {
		return await next({ ...request, signal });
	} catch (error) {
		if (!expiry.signal.aborted) throw error;
		const seconds = Math.round(request.timeoutMs / 1_000);
		throw new NetworkError('timeout', `No answer within ${seconds} seconds`);
	} finally {
		clearTimeout(timer);
	}
};
