import { toGraphError } from '../../../core/graph/toGraphError';

const context = { repeatable: true, nowMs: 0 };

describe('toGraphError', () => {
	it.each([
		[400, 'InvalidRequestError'],
		[401, 'AuthError'],
		[403, 'AccessDeniedError'],
		[404, 'NotFoundError'],
		[409, 'ConflictError'],
		[412, 'ConflictError'],
		[413, 'GraphError'],
		[422, 'InvalidRequestError'],
		[429, 'ThrottledError'],
		[500, 'UnavailableError'],
		[501, 'GraphError'],
		[504, 'UnavailableError'],
		[507, 'GraphError'],
	])('makes %d an %s', (status, name) => {
		expect(toGraphError({ status, headers: {}, body: undefined }, context).name).toBe(name);
	});

	it.each([
		['no body', undefined],
		['a page', '<html>Bad gateway for user secret</html>'],
		['null', null],
		['an error that is a text', { error: 'invalid_grant' }],
		['an array', [1]],
		['fields of other types', { error: { code: 7, message: {}, innerError: 'x' } }],
	])('survives %s', (_, body) => {
		const error = toGraphError({ status: 418, headers: { 'request-id': 'r' }, body }, context);
		expect(error).toMatchObject({
			code: 'http418',
			message: 'Microsoft Graph answered with status 418',
			requestId: 'r',
		});
	});

	it('takes secrets out of messages', () => {
		const message = 'At https://x/y?tempauth=abc.def&z=1 with eyJhbGciOi.eyJzdWIi.c2ln';
		const body = { error: { code: 'x', message } };
		expect(toGraphError({ status: 400, headers: {}, body }, context).message).toBe(
			'At https://x/y?tempauth=…&z=1 with …',
		);
	});
});
