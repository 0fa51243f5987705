import { randomUUID } from 'node:crypto';
import type { HttpRequest, Middleware } from '../http/types';

/** What n8n's logger and `console` have in common. */
export interface Logger {
	debug(message: string): void;
	warn(message: string): void;
}

/**
 * Gives each request an id of ours, which Microsoft's support can look up, and logs what became of
 * it. Paths only: queries hold search terms and addresses.
 */
export function trace(logger: Logger, now: () => number): Middleware {
	return (next) => async (request) => {
		const clientRequestId = randomUUID();
		const startMs = now();
		const log = (outcome: string) =>
			logger.debug(`${titleOf(request)}: ${outcome}, ${now() - startMs} ms [${clientRequestId}]`);
		try {
			const headers = { ...request.headers, 'client-request-id': clientRequestId };
			const response = await next({ ...request, headers });
			log(String(response.status));
			return response;
		} catch (error) {
			log(error instanceof Error ? error.name : 'failed');
			throw error;
		}
	};
}

/** `GET /v1.0/me/messages` */
export function titleOf({ method, url }: HttpRequest): string {
	return `${method} ${new URL(url).pathname}`;
}
