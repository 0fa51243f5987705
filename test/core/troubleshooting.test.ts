import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { aadCauses, oauthCauses } from '../../core/auth/aadCauses';
import { explainAadError, noRefreshTokenError } from '../../core/auth/aadErrors';
import { anchorOf } from '../../core/docs';
import { errorAnchor } from '../../core/graph/errorAnchor';
import { AuthError } from '../../core/auth/AuthError';
import { SubscriptionError } from '../../core/changes/SubscriptionError';
import { GraphError, NetworkError } from '../../core/graph/errors';
import { knownCodes } from '../../core/graph/knownCodes';
import { toGraphError } from '../../core/graph/toGraphError';
import { networkFaults } from '../../core/http/networkFaults';
import { connectionAnchors } from '../../core/mail/serverFaults';
import { troubleAreas, troubleshooting } from '../../core/troubleshooting';

const anchors = troubleshooting.map(({ anchor }) => anchor);

it('has one section a cause, each with what to do', () => {
	expect(new Set(anchors).size).toBe(anchors.length);
	for (const { anchor, area, codes, message, nextStep } of troubleshooting) {
		expect(anchor).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
		expect(troubleAreas.map((each) => each.area)).toContain(area);
		// What n8n or a trigger says itself has none.
		expect([anchor, codes.length > 0 || area === 'trigger']).toEqual([anchor, true]);
		expect([anchor, message]).toEqual([anchor, expect.stringMatching(/^([A-Z]|n8n ).*[^.]$/)]);
		expect([anchor, nextStep]).toEqual([anchor, expect.stringMatching(/^[A-Z].*[.]$/)]);
	}
});

it('keeps its anchors: errors of installed versions lead there', () => {
	expect(anchorOf('AADSTS7000222')).toBe('aadsts7000222');
	expect(anchorOf('invalid_grant')).toBe('invalid-grant');
	expect(anchorOf('ErrorQuotaExceeded')).toBe('error-quota-exceeded');
	expect(anchors).toEqual(
		expect.arrayContaining([
			'aadsts50011',
			'aadsts7000222',
			'aadsts65001',
			'aadsts90094',
			'aadsts53003',
			'not-connected',
			'certificates',
			'graph-access-denied',
			'host-not-found',
		]),
	);
});

describe('errors lead to a section that exists', () => {
	it.each(Object.keys(aadCauses))('AADSTS%s', (number) => {
		const error = explainAadError({ error_description: `AADSTS${number}: text` });
		expect(anchors).toContain(error.docsAnchor);
		expect(error.docsAnchor).toBe(`aadsts${number}`);
	});

	it.each([...Object.keys(oauthCauses), 'something_new'])('%s', (error) => {
		expect(anchors).toContain(explainAadError({ error }).docsAnchor);
	});

	it('of sign-ins', () => {
		expect(explainAadError({ error_description: 'AADSTS123456: text' }).docsAnchor).toBe(
			'sign-in-error',
		);
		expect(anchors).toContain(explainAadError(new Error('text')).docsAnchor);
		expect(anchors).toContain(noRefreshTokenError().docsAnchor);
	});

	const context = { repeatable: true, nowMs: 0 };
	const answer = (status: number, code?: string, message = 'text') => ({
		status,
		headers: {},
		body: { error: { code, message } },
	});

	it.each([
		[400, 'invalid-request'],
		[403, 'graph-access-denied'],
		[404, 'not-found'],
		[409, 'conflict'],
		[412, 'conflict'],
		[418, 'graph-error'],
		[429, 'throttled'],
		[500, 'unavailable'],
	])('status %i: %s', (status, anchor) => {
		const error = toGraphError(answer(status), context);
		if (error instanceof AuthError) throw error;
		expect(errorAnchor(error)).toBe(anchor);
		expect(anchors).toContain(anchor);
	});

	it('status 401', () => {
		const error = toGraphError(answer(401), context);
		expect(anchors).toContain(error instanceof AuthError ? error.docsAnchor : '?');
	});

	it.each(Object.keys(knownCodes))('%s', (code) => {
		const error = toGraphError(answer(403, code), context);
		if (error instanceof AuthError) throw error;
		expect(anchors).toContain(errorAnchor(error));
		expect(errorAnchor(error)).toBe(anchorOf(code));
	});

	it('of a list above its threshold', () => {
		const error = toGraphError(answer(400, 'invalidRequest', 'The list view threshold'), context);
		if (error instanceof AuthError) throw error;
		expect(errorAnchor(error)).toBe('list-view-threshold');
		expect(anchors).toContain('list-view-threshold');
	});

	it.each(['unreachable', 'address', 'quota', 'permission', 'notOwn'] as const)(
		'of a trigger whose subscription is refused: %s',
		(refusal) => {
			const cause = new GraphError('text', { code: 'InvalidRequest' });
			const error = new SubscriptionError(refusal, 'text', 'Text.', cause);
			expect(anchors).toContain(errorAnchor(error));
			expect(errorAnchor(error)).toMatch(/^instant-/);
		},
	);

	it('of a trigger on a drive that is too large', () => {
		const error = new GraphError('text', { code: 'driveTooLarge' });
		expect(anchors).toContain('drive-too-large');
		expect(errorAnchor(error)).toBe('drive-too-large');
	});

	it.each(Object.keys(networkFaults))('%s', (fault) => {
		const error = new NetworkError(fault as keyof typeof networkFaults, 'text');
		expect(anchors).toContain(errorAnchor(error));
	});

	it.each(Object.entries(connectionAnchors))('of a mail server: %s', (_code, anchor) => {
		expect(anchors).toContain(anchor);
	});

	it('wherever the sources name one', () => {
		const root = path.join(__dirname, '../..');
		const named = ['core', 'nodes'].flatMap((folder) =>
			readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
				.filter((file) => file.endsWith('.ts'))
				.flatMap((file) => [
					...readFileSync(path.join(root, folder, file), 'utf8').matchAll(/docsAnchor: '([^']+)'/g),
				]),
		);
		expect(named.length).toBeGreaterThan(5);
		expect(
			named.map(([, anchor]) => anchor).filter((anchor) => !anchors.includes(anchor ?? '')),
		).toEqual([]);
	});
});
