import { createHmac } from 'node:crypto';
import { type Sign, readLink, signLink } from '../../../../nodes/kit/review/token';

const signWith =
	(secret: string): Sign =>
	(parameters) =>
		createHmac('sha256', secret).update(JSON.stringify(parameters)).digest('hex');
const sign = signWith('a');
const claim = { questionId: 'q1', reviewer: 2, choice: 'approve' } as const;

describe('links', () => {
	it('reads back what it signed', () => {
		expect(readLink(signLink(claim, sign), sign)).toEqual(claim);
	});

	it.each([
		['another question', { question: 'q2' }],
		['another reviewer', { reviewer: '1' }],
		['another button', { choice: 'decline' }],
		['no proof', { proof: undefined }],
		['an empty proof', { proof: '' }],
		['a proof of other length', { proof: 'ab' }],
		['a list in place of a text', { question: ['q1'] }],
		['a reviewer that is no place', { reviewer: '-1' }],
		['an unknown button', { choice: 'delete' }],
	])('refuses %s', (_, change) => {
		expect(readLink({ ...signLink(claim, sign), ...change }, sign)).toBeUndefined();
	});

	it('refuses what another instance signed', () => {
		expect(readLink(signLink(claim, signWith('b')), sign)).toBeUndefined();
	});

	it('refuses when nothing was signed at all', () => {
		const silent: Sign = () => '';
		expect(readLink({ question: 'q1', reviewer: '0', choice: 'approve' }, silent)).toBeUndefined();
	});
});
