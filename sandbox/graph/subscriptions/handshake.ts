import { randomUUID } from 'node:crypto';
import { badRequest } from '../refused';
import type { NotificationLog } from './log';
import { EndpointTimeoutError, postTo, type Posted } from './post';

const reasons: Readonly<Record<number, string>> = {
	301: 'MovedPermanently',
	302: 'Found',
	400: 'BadRequest',
	401: 'Unauthorized',
	403: 'Forbidden',
	404: 'NotFound',
	500: 'InternalServerError',
	502: 'BadGateway',
	503: 'ServiceUnavailable',
};

/**
 * Asks an endpoint whether it wants notifications: it has to answer with the token, decoded, as
 * plain text. Source: "Receive change notifications through webhooks".
 *
 * @throws {RefusedError} 400 `ValidationError`
 */
export async function validateEndpoint(
	url: string,
	options: {
		readonly timeoutMs: number;
		readonly ca: string | undefined;
		readonly log: NotificationLog;
	},
): Promise<void> {
	// With characters that have to be decoded, as Graph's.
	const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`;
	const target = new URL(url);
	const separator = target.search === '' ? '?' : '&';
	const address = `${target.href}${separator}validationToken=${encodeURIComponent(token)}`;
	const startedAt = Date.now();
	const entry = { kind: 'validation' as const, url, body: undefined, attempt: 1, at: startedAt };
	let answer: Posted;
	try {
		answer = await postTo(address, options);
	} catch (error) {
		options.log.add({ ...entry, status: String(error), ms: Date.now() - startedAt });
		if (error instanceof EndpointTimeoutError) {
			throw timedOut();
		}
		throw failed(
			'Subscription validation request failed. Notification endpoint must respond with 200 OK to validation request.',
		);
	}
	options.log.add({ ...entry, status: answer.status, ms: Date.now() - startedAt });
	if (answer.status !== 200) {
		const reason = reasons[answer.status] ?? String(answer.status);
		throw failed(
			`Subscription validation request failed. HTTP status code is '${reason}'. ` +
				'Notification endpoint must respond with 200 OK to validation request.',
		);
	}
	if (answer.text !== token || !/^text\/plain\b/i.test(answer.contentType)) {
		throw failed(
			'Subscription validation request failed. Response must exactly match validationToken query parameter.',
		);
	}
}

/** @throws {RefusedError} 400 for an address that Graph doesn't send to */
export function checkUrl(url: unknown, property: string): string {
	const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined;
	const isLoopback =
		parsed !== undefined && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(parsed.hostname);
	// Graph takes HTTPS alone. The sandbox takes HTTP on the machine itself, where n8n speaks no TLS.
	if (parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && isLoopback)) {
		return String(url);
	}
	throw badRequest(
		`Invalid '${property}' specified: '${String(url)}'. It must be an absolute HTTPS URL.`,
		'InvalidRequest',
	);
}

export function timedOut(): Error {
	return failed('Subscription validation request timed out.');
}

function failed(message: string): Error {
	return badRequest(message, 'ValidationError');
}
