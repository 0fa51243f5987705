import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { acceptRun } from '../../../nodes/Trigger/shared/acceptRun';

/** n8n's table of processed entries, which it reads, changes and writes without a lock. */
class ProcessedTable {
	entries: string[] = [];
	fails = false;

	async checkProcessedAndRecord(items: readonly string[]) {
		if (this.fails) throw new Error('SQLITE_BUSY');
		const known = [...this.entries];
		await new Promise((resolve) => setImmediate(resolve));
		const isNew = (item: string): boolean => !known.includes(item);
		this.entries = [...known, ...items.filter(isNew)];
		return { new: items.filter(isNew), processed: items.filter((item) => !isNew(item)) };
	}

	async removeProcessed(items: readonly string[]): Promise<void> {
		this.entries = this.entries.filter((entry) => !items.includes(entry));
		await Promise.resolve();
	}
}

const item = (key: string): INodeExecutionData => ({
	json: { subject: key },
	handedOver: { key, id: `id of ${key}` },
});

async function accept(
	table: ProcessedTable,
	executionId: string,
	items: INodeExecutionData[],
	mode = 'trigger',
): Promise<unknown[]> {
	const context = {
		getInputData: () => items,
		getMode: () => mode,
		getExecutionId: () => executionId,
		helpers: {
			checkProcessedAndRecord: async (entries: string[]) =>
				await table.checkProcessedAndRecord(entries),
			removeProcessed: async (entries: string[]) => {
				await table.removeProcessed(entries);
			},
		},
		logger: { warn: () => undefined },
	} as unknown as IExecuteFunctions;
	return (await acceptRun(context)).map(({ data }) => data.json['subject']);
}

let table: ProcessedTable;
beforeEach(() => (table = new ProcessedTable()));

test('the key is taken off the item, and its ID is known', async () => {
	const context = {
		getInputData: () => [{ ...item('a'), pairedItem: { item: 0 } }],
		getMode: () => 'trigger',
		getExecutionId: () => '1',
		helpers: {},
	} as unknown as IExecuteFunctions;
	expect(await acceptRun(context)).toEqual([
		{ id: 'id of a', data: { json: { subject: 'a' }, pairedItem: { item: 0 } } },
	]);
});

test('a second run of an item gets nothing, however often it is begun', async () => {
	expect(await accept(table, '1', [item('a')])).toEqual(['a']);
	expect(await accept(table, '2', [item('a')])).toEqual([]);
	expect(await accept(table, '2', [item('a')])).toEqual([]);
});

test('of several items it gets those that no other run had', async () => {
	await accept(table, '1', [item('a'), item('b')]);
	expect(await accept(table, '2', [item('b'), item('c')])).toEqual(['c']);
});

test('the same run begun again, after the death of a worker, gets them again', async () => {
	await accept(table, '1', [item('a')]);
	expect(await accept(table, '1', [item('a')])).toEqual(['a']);
});

test('what is begun again because a worker died gets them again', async () => {
	expect(await accept(table, '1', [item('a')])).toEqual(['a']);
	const again = { ...item('a'), handedOver: { key: 'a', id: 'id of a', isRepeat: true } };
	expect(await accept(table, '2', [again])).toEqual(['a']);
});

test('a retry that a user asks for gets them again', async () => {
	await accept(table, '1', [item('a')]);
	expect(await accept(table, '2', [item('a')], 'retry')).toEqual(['a']);
});

test('runs that begin together lose no key to one another', async () => {
	const keys = Array.from({ length: 30 }, (_, index) => `k${index}`);
	await Promise.all(keys.map(async (key, index) => await accept(table, `r${index}`, [item(key)])));
	for (const key of keys) expect(await accept(table, 'later', [item(key)])).toEqual([]);
});

test('where the table does not answer, a run is rather had twice than never', async () => {
	table.fails = true;
	expect(await accept(table, '1', [item('a')])).toEqual(['a']);
	expect(await accept(table, '2', [item('a')])).toEqual(['a']);
});
