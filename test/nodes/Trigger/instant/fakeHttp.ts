import type { ServerResponse } from 'node:http';

/** What of Express a webhook uses. */
export function expressResponse(response: ServerResponse) {
	const express = {
		set: (name: string, value: string) => response.setHeader(name, value),
		status: (code: number) => {
			response.statusCode = code;
			return express;
		},
		type: (type: string) => {
			response.setHeader('content-type', `${type}; charset=utf-8`);
			return express;
		},
		send: (text: string) => response.end(text),
		json: (value: unknown) => express.type('application/json').send(JSON.stringify(value)),
		end: () => response.end(),
		once: (event: string, listener: () => void) => response.once(event, listener),
	};
	return express;
}

/** n8n's own helper, as far as it is used here. @throws for a status that is no success */
export async function httpRequest(request: {
	url: string;
	body: unknown;
	timeout: number;
	abortSignal?: AbortSignal;
}): Promise<unknown> {
	const signals = [AbortSignal.timeout(request.timeout)];
	if (request.abortSignal) signals.push(request.abortSignal);
	const answer = await fetch(request.url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(request.body),
		signal: AbortSignal.any(signals),
	});
	if (!answer.ok) throw new Error(`The answer has the status ${answer.status}`);
	return await answer.json();
}

export function createDeferredPromise<T>() {
	let resolve: (value: T) => void = () => undefined;
	let reject: (error: Error) => void = () => undefined;
	const promise = new Promise<T>((onResolve, onReject) => {
		resolve = onResolve;
		reject = onReject;
	});
	return { promise, resolve, reject };
}
