import { setImmediate } from 'node:timers/promises';
import { inOrder } from '../../../nodes/kit/inOrder';

describe('inOrder', () => {
	it('keeps the order of the inputs and never runs more than the limit', async () => {
		let running = 0;
		let most = 0;
		const results = await inOrder([5, 1, 3, 0, 2], 2, async (turns) => {
			most = Math.max(most, ++running);
			for (let turn = 0; turn < turns; turn++) await setImmediate();
			running--;
			return turns * 10;
		});
		expect(results).toEqual([50, 10, 30, 0, 20]);
		expect(most).toBe(2);
	});

	it('starts nothing after a failure', async () => {
		const started: number[] = [];
		const work = inOrder([0, 1, 2, 3], 1, async (input) => {
			started.push(input);
			await setImmediate();
			if (input === 1) throw new Error('second failed');
		});
		await expect(work).rejects.toThrow('second failed');
		expect(started).toEqual([0, 1]);
	});
});
