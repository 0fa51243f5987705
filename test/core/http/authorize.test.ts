import { authorize } from '../../../core/http/authorize';
import type { HttpRequest } from '../../../core/http/types';
import { createFakeTokens } from '../../support/graphHarness';

describe('authorize', () => {
	it.each([
		['https://graph.microsoft.com/v1.0/me', 'Bearer token-1'],
		['https://graph.microsoft.com:443/v1.0/me', 'Bearer token-1'],
		['http://graph.microsoft.com/v1.0/me', undefined],
		['https://graph.microsoft.com:8443/v1.0/me', undefined],
		['https://graph.microsoft.com.evil.example/v1.0/me', undefined],
		['https://graph.microsoft.com@evil.example/v1.0/me', undefined],
		['https://dod-graph.microsoft.us/v1.0/me', undefined],
	])('gives %s the authorization %p', async (url, expected) => {
		const seen: HttpRequest[] = [];
		const send = authorize(
			createFakeTokens(),
			'https://graph.microsoft.com',
		)((request) => {
			seen.push(request);
			return Promise.resolve({ status: 200, headers: {}, body: undefined });
		});
		await send({
			method: 'GET',
			url,
			headers: {},
			responseType: 'json',
			repeatable: true,
			throttleKey: 'x',
			timeoutMs: 1_000,
		});
		expect(seen.map(({ headers }) => headers['authorization'])).toEqual([expected]);
	});
});
