import { Claims } from '../../../../nodes/kit/review/claims';

describe('claims', () => {
	it('end by themselves, so that a question is not lost when n8n could not go on', () => {
		let now = 0;
		const claims = new Claims(1000, () => now);
		expect([claims.take('q'), claims.take('q'), claims.take('other')]).toEqual([true, false, true]);
		now = 1000;
		expect(claims.take('q')).toBe(true);
		claims.release('q');
		expect(claims.take('q')).toBe(true);
	});
});
