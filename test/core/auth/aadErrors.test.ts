import { aadCauses, oauthCauses } from '../../../core/auth/aadCauses';
import { explainAadError, noRefreshTokenError } from '../../../core/auth/aadErrors';
import { AuthError } from '../../../core/auth/AuthError';

const traceId = '255d1aef-8c98-452f-ac51-23d051240864';
const correlationId = 'fb3d2015-bc17-4bb9-bb85-30c5cf1aaaa7';
const answer = (code: number | string, error = 'invalid_client') => ({
	error,
	error_description: `AADSTS${code}: Something is wrong. Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: 2026-01-09 02:02:12Z`,
	error_codes: [Number(code)],
	trace_id: traceId,
	correlation_id: correlationId,
});

describe('explainAadError', () => {
	it.each([
		[50011, /OAuth Redirect URL/, 'maker'],
		[500113, /platform "Web"/, 'maker'],
		[50020, /account of this tenant/, 'user'],
		[50034, /spelling/, 'user'],
		[50057, /admin has to allow/, 'admin'],
		[50076, /second factor/, 'user'],
		[50079, /second factor/, 'user'],
		[50105, /assign/, 'admin'],
		[50126, /connect the account again/, 'user'],
		[50194, /in place of common/, 'user'],
		[53003, /sign-in log/, 'admin'],
		[65001, /admin consent link/, 'user'],
		[65004, /Choose Accept/, 'user'],
		[65005, /API permissions/, 'maker'],
		[70000, /connect the account again/, 'user'],
		[700082, /connect the account again/, 'user'],
		[700016, /Client ID, Tenant ID and Environment/, 'maker'],
		[700024, /clock/, 'maker'],
		[700027, /thumbprint/, 'maker'],
		[7000215, /Value, not its Secret ID/, 'maker'],
		[7000222, /new secret/, 'maker'],
		[900023, /Directory \(tenant\) ID/, 'user'],
		[90002, /GCC/, 'user'],
		[90094, /admin consent link/, 'admin'],
		[90095, /Admin consent requests/, 'admin'],
		[28000, /one service at a time|service at a time/, 'user'],
	])('answers AADSTS%i with the step that mends it', (code, step, whoCanFix) => {
		const explained = explainAadError(answer(code));
		expect(explained).toBeInstanceOf(AuthError);
		expect(explained).toMatchObject({ code: `AADSTS${code}`, whoCanFix, traceId, correlationId });
		expect(explained.nextStep).toMatch(step);
		expect(explained.nextStep).toContain(`AADSTS${code}, trace ID ${traceId}`);
		expect(explained.docsAnchor).toBe(`aadsts${code}`);
	});

	it('has a title and a step for every row', () => {
		for (const { title, nextStep } of [
			...Object.values(aadCauses),
			...Object.values(oauthCauses),
		]) {
			expect(title).toMatch(/^[A-Z].*[^.]$/);
			expect(nextStep).toMatch(/[.?!"]$/);
		}
	});

	it('answers invalid_grant without a number', () => {
		const explained = explainAadError({ error: 'invalid_grant' });
		expect(explained.code).toBe('invalid_grant');
		expect(explained.nextStep).toMatch(/connect the account again/);
	});

	it('answers a refusal at consent without a number', () => {
		expect(explainAadError({ error: 'access_denied' }).nextStep).toMatch(/Accept the permissions/);
	});

	it('says that offline_access is missing', () => {
		expect(noRefreshTokenError()).toMatchObject({
			code: 'no_refresh_token',
			message: expect.stringContaining('no refresh token') as string,
			nextStep: expect.stringContaining('offline_access') as string,
		});
	});

	it('reads the answer that an OAuth client keeps as the body of its error', () => {
		const error = Object.assign(new Error('Client authentication failed'), {
			body: answer(7000222),
		});
		expect(explainAadError(error)).toMatchObject({ code: 'AADSTS7000222', cause: error });
	});

	it("reads MSAL's errors", () => {
		const error = Object.assign(new Error('invalid_client: …'), {
			errorCode: 'invalid_client',
			errorMessage: `7000215 - [2026-01-01]: AADSTS7000215: Invalid client secret. - Correlation ID: ${correlationId} - Trace ID: ${traceId}`,
			correlationId,
		});
		expect(explainAadError(error)).toMatchObject({
			code: 'AADSTS7000215',
			traceId,
			correlationId,
		});
	});

	it('takes the number in the text before those of the list', () => {
		const both = { ...answer(7000222), error_codes: [50076, 7000222] };
		expect(explainAadError(both).code).toBe('AADSTS7000222');
	});

	it("gives Microsoft's sentence and page for an unknown number, without what could be a secret", () => {
		const secret = 'abc8Q~DefGhiJklMnoPqrStuVwxYz0123456789_-.~X';
		const explained = explainAadError({
			error: 'invalid_request',
			error_description: `AADSTS999001: The value '${secret}' for app '8eaef023-2b34-4da1-9baa-8bc8c9d6a490' is odd.\r\nTrace ID: ${traceId}`,
		});
		expect(explained.message).toContain('8eaef023-2b34-4da1-9baa-8bc8c9d6a490');
		expect(explained.nextStep).toContain('error?code=999001');
		expect(JSON.stringify([explained.message, explained.nextStep])).not.toContain(secret);
	});

	it("leaves out an HTTP client's error, which holds the request", () => {
		const error = Object.assign(new Error('connect ECONNREFUSED'), {
			config: { data: 'client_secret=hush' },
		});
		const explained = explainAadError(error);
		expect(explained.cause).toBeUndefined();
		expect(explained.message).toContain('ECONNREFUSED');
	});

	it('passes an error of ours on', () => {
		const error = new AuthError('x', { code: 'c', nextStep: 's' });
		expect(explainAadError(error)).toBe(error);
	});
});
