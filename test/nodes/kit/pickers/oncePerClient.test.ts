import type { GraphClient } from '../../../../core/graph/types';
import { oncePerClient } from '../../../../nodes/kit/pickers/oncePerClient';

const client = (): GraphClient => ({}) as GraphClient;

describe('oncePerClient', () => {
	it('asks once a client and key, at once or later', async () => {
		const graph = client();
		const find = jest.fn(async () => await Promise.resolve('id'));
		await Promise.all([oncePerClient(graph, 'a', find), oncePerClient(graph, 'a', find)]);
		expect(await oncePerClient(graph, 'a', find)).toBe('id');
		expect(find).toHaveBeenCalledTimes(1);
		await oncePerClient(graph, 'b', find);
		await oncePerClient(client(), 'a', find);
		expect(find).toHaveBeenCalledTimes(3);
	});

	it('forgets a failure', async () => {
		const graph = client();
		await expect(
			oncePerClient(graph, 'a', async () => await Promise.reject(new Error('no'))),
		).rejects.toThrow('no');
		expect(await oncePerClient(graph, 'a', async () => await Promise.resolve('id'))).toBe('id');
	});
});
