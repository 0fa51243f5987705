import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { rootCertificates } from 'node:tls';

export interface Posted {
	readonly status: number;
	readonly contentType: string;
	readonly text: string;
}

/** Nobody answered in time. */
export class EndpointTimeoutError extends Error {
	override readonly name = 'EndpointTimeoutError';
}

export interface PostOptions {
	readonly body?: unknown;
	readonly timeoutMs: number;
	/** The throw-away authority, besides those that everybody trusts. */
	readonly ca: string | undefined;
}

/**
 * Sends what Graph sends to a subscriber's endpoint.
 *
 * @throws {EndpointTimeoutError}
 * @throws {Error} if the connection fails
 */
export function postTo(url: string, { body, timeoutMs, ca }: PostOptions): Promise<Posted> {
	const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
	const isSecure = url.startsWith('https:');
	const options = {
		method: 'POST',
		headers: {
			'Content-Type': body === undefined ? 'text/plain; charset=utf-8' : 'application/json',
			'Content-Length': String(bytes.length),
		},
		agent: false as const,
		...(isSecure && ca !== undefined && { ca: [...rootCertificates, ca] }),
	};
	return new Promise((resolve, reject) => {
		const request = (isSecure ? httpsRequest : httpRequest)(url, options, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () => {
				clearTimeout(timer);
				resolve({
					status: response.statusCode ?? 0,
					contentType: response.headers['content-type'] ?? '',
					text: Buffer.concat(chunks).toString('utf8'),
				});
			});
		});
		const timer = setTimeout(() => {
			request.destroy(new EndpointTimeoutError('The endpoint did not answer in time.'));
		}, timeoutMs);
		request.on('error', (error) => {
			clearTimeout(timer);
			reject(error);
		});
		request.end(bytes);
	});
}
