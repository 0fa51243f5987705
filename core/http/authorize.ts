import type { TokenProvider } from '../auth/TokenProvider';
import type { Middleware } from './types';

/**
 * Adds the bearer token, for one origin only. A token that the server refuses is renewed once; the
 * second 401 is the caller's to read. A 401 is given before anything is done, so any request may
 * be sent again after it.
 */
export function authorize(tokens: TokenProvider, origin: string): Middleware {
	const ownOrigin = new URL(origin).origin;
	return (next) => async (request) => {
		if (new URL(request.url).origin !== ownOrigin) return await next(request);
		const sendWith = (token: string) =>
			next({ ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } });
		const token = await tokens.getToken();
		const response = await sendWith(token);
		if (response.status !== 401) return response;
		return await sendWith(await tokens.renew(token));
	};
}
