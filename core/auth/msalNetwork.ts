import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { HttpMethod, Send } from '../http/types';

const timeoutMs = 30_000;

/**
 * Lets MSAL speak through our own sender. Its own uses `fetch`, which knows nothing of the proxies
 * that n8n sets up for everything else.
 */
export function createMsalNetwork(send: Send): INetworkModule {
	return {
		sendGetRequestAsync: async <T>(
			url: string,
			options?: NetworkRequestOptions,
			limitMs = timeoutMs,
		) => await exchange<T>(send, 'GET', url, options, limitMs),
		sendPostRequestAsync: async <T>(url: string, options?: NetworkRequestOptions) =>
			await exchange<T>(send, 'POST', url, options, timeoutMs),
	};
}

async function exchange<T>(
	send: Send,
	method: HttpMethod,
	url: string,
	options: NetworkRequestOptions | undefined,
	limitMs: number,
): Promise<NetworkResponse<T>> {
	const headers = lowerCased(options?.headers ?? {});
	const contentType = headers['content-type'] ?? 'application/x-www-form-urlencoded';
	const response = await send({
		method,
		url,
		headers: { accept: 'application/json', ...headers },
		...(method === 'POST' && {
			body: { kind: 'bytes', value: Buffer.from(options?.body ?? ''), contentType },
		}),
		responseType: 'json',
		// A token is given out again for the asking.
		repeatable: true,
		throttleKey: 'login',
		timeoutMs: limitMs,
	});
	return {
		status: response.status,
		headers: { ...response.headers },
		// MSAL reads `error` and `error_description` of what it takes for JSON.
		body: (typeof response.body === 'object' ? response.body : {}) as T,
	};
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
	);
}
