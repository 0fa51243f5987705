import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { CancelledError } from '../../../core/graph/errors';
import { MailServerError } from '../../../core/mail/MailServerError';
import { item, operationsWith } from '../../../nodes/kit/operation';
import { text } from '../../../nodes/kit/fields/values';
import { defineResource, resourceProperties } from '../../../nodes/kit/resource';
import { runWith } from '../../../nodes/kit/runWith';
import { runNode } from '../../support/runNode';

interface Tools {
	readonly calls: string[];
}

const define = operationsWith<Tools>();
const common = {
	description: 'Does something with a word',
	permissions: { delegated: 'A.B', application: null },
	properties: [text('word', { displayName: 'Word', required: true })],
} as const;

const one = define({
	...common,
	name: 'One',
	value: 'one',
	action: 'Do one',
	execute: ({ params, calls, itemKey }) => {
		calls.push(params.word);
		if (params.word === 'bad') {
			throw new MailServerError('It was refused', {
				code: 'refused',
				nextStep: 'Try another word.',
				response: 'NO bad',
			});
		}
		return [item({ word: params.word, key: itemKey().split('/').at(-1) })];
	},
});

const many = define({
	...common,
	name: 'Many',
	value: 'many',
	action: 'Do many',
	execute: ({ params }) => [item({ alone: params.word })],
	together: {
		key: ({ params }) => params.word.slice(0, 1),
		execute: async (inputs) => {
			const words = inputs.map(({ params }) => params.word);
			inputs[0]?.calls.push(words.join('+'));
			if (words.includes('x-all')) throw new Error('All of them');
			return words.map((word) =>
				word.endsWith('-bad') ? new Error(`Not ${word}`) : [item({ word })],
			);
		},
	},
});

const resources = [
	defineResource<Tools>({ name: 'Thing', value: 'thing', operations: [one, many] }),
];

function nodeWith(calls: string[], open?: () => never): INodeType {
	return {
		description: {
			displayName: 'Test',
			name: 'test',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: {},
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: resourceProperties(resources),
		},
		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return await runWith(this, resources, async (context) => {
				open?.();
				const signal = context.getExecutionCancelSignal();
				return {
					tools: { calls },
					identity: 'delegated',
					...(signal && { signal }),
					close: async () => void calls.push('closed'),
				};
			});
		},
	};
}

async function run(
	operation: 'one' | 'many',
	words: readonly string[],
	options: { continueOnFail?: boolean; signal?: AbortSignal } = {},
) {
	const calls: string[] = [];
	const running = runNode({
		node: nodeWith(calls),
		credential: {},
		parameters: (index) => ({ resource: 'thing', operation, word: words[index] ?? '' }),
		items: words.map(() => ({})),
		...options,
	});
	return { calls, outcome: await running.catch((error: unknown) => error as Error) };
}

test('each item runs with the tools and is paired; they are closed in the end', async () => {
	const { calls, outcome } = await run('one', ['a', 'b']);
	expect(calls).toEqual(['a', 'b', 'closed']);
	expect(outcome).toMatchObject({
		items: [
			{ json: { word: 'a', key: '0' }, pairedItem: { item: 0 } },
			{ json: { word: 'b', key: '1' }, pairedItem: { item: 1 } },
		],
	});
});

test('a failure stops the run, says what to do, and closes the tools', async () => {
	const { calls, outcome } = await run('one', ['bad', 'b']);
	expect(calls).toEqual(['bad', 'closed']);
	expect(outcome).toMatchObject({
		message: 'It was refused',
		description: 'Try another word. [refused: NO bad]',
		context: { itemIndex: 0 },
	});
});

test('with Continue On Fail a failure is the output of its item, wrong parameters too', async () => {
	const { outcome } = await run('one', ['bad', '', 'c'], { continueOnFail: true });
	expect(outcome).toMatchObject({
		json: [
			{ error: 'It was refused', details: 'Try another word. [refused: NO bad]' },
			{ error: 'Word: is empty' },
			{ word: 'c' },
		],
	});
});

test('neighbouring items of one key are done together, in their order', async () => {
	const { calls, outcome } = await run('many', ['a1', 'a2', 'b1', 'a3']);
	expect(calls).toEqual(['a1+a2', 'b1', 'a3', 'closed']);
	expect(outcome).toMatchObject({
		json: [{ word: 'a1' }, { word: 'a2' }, { word: 'b1' }, { word: 'a3' }],
	});
});

test('of a group one item fails alone, or all with the group', async () => {
	const alone = await run('many', ['a1', 'a-bad', 'a3'], { continueOnFail: true });
	expect(alone.outcome).toMatchObject({
		json: [{ word: 'a1' }, { error: 'Not a-bad' }, { word: 'a3' }],
	});
	const all = await run('many', ['x1', 'x-all', 'y1'], { continueOnFail: true });
	expect(all.outcome).toMatchObject({
		json: [{ error: 'All of them' }, { error: 'All of them' }, { word: 'y1' }],
	});
});

test('a single item needs no group', async () => {
	expect((await run('many', ['a1'])).outcome).toMatchObject({ json: [{ alone: 'a1' }] });
});

test('a cancelled run starts no further group', async () => {
	const { calls, outcome } = await run('many', ['a1', 'b1'], {
		signal: AbortSignal.abort(),
		continueOnFail: true,
	});
	expect(outcome).toBeInstanceOf(CancelledError);
	expect(calls).toEqual(['closed']);
});

test('tools that can not be opened fail the node', async () => {
	const node = nodeWith([], () => {
		throw new Error('No tools');
	});
	const running = runNode({
		node,
		credential: {},
		parameters: { resource: 'thing', operation: 'one', word: 'a' },
		continueOnFail: true,
	});
	await expect(running).rejects.toThrow('No tools');
});
