import { runInNewContext } from 'node:vm';
import type { INodeParameters } from 'n8n-workflow';
import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../../nodes/kit/operation';
import { defineResource } from '../../../../nodes/kit/resource';
import { outputsWithReview } from '../../../../nodes/kit/review/branches';

const base = {
	name: 'Ask',
	action: 'Ask',
	description: 'Ask',
	permissions: { delegated: 'Mail.Send', application: 'Mail.Send' },
	properties: [],
} as const;

const draft = defineResource({
	name: 'Draft',
	value: 'draft',
	operations: [
		defineOperation({
			...base,
			value: 'sendAndWait',
			review: {
				ask: () => ({
					mailbox: path`/me`,
					title: '',
					message: '',
					form: { kind: 'text', buttonLabel: '' },
					reviewers: [],
					limitMs: undefined,
				}),
			},
		}),
		defineOperation({ ...base, value: 'get', execute: () => [] }),
	],
});

describe('outputs', () => {
	const expression = outputsWithReview([draft]) as string;

	function names($parameter: INodeParameters): unknown[] {
		const code = /^=\{\{ ([\s\S]*) \}\}$/.exec(expression)?.[1] ?? '';
		const outputs = runInNewContext(code, { $parameter }) as Array<{
			type: string;
			displayName: string;
		}>;
		return outputs.map(({ type, displayName }) => `${type} ${displayName}`.trim());
	}
	const at = { resource: 'draft', operation: 'sendAndWait' };

	it('are the branches for operations that ask, and one for all others', () => {
		expect(names(at)).toEqual(['main Approved', 'main No Answer', 'main Declined']);
		expect(names({ ...at, canDecline: false })).toEqual(['main Approved', 'main No Answer']);
		expect(names({ ...at, responseType: 'freeText' })).toEqual(['main Answered', 'main No Answer']);
		expect(names({ resource: 'draft', operation: 'get' })).toEqual(['main']);
	});

	it('hold no double braces, which would end the expression early', () => {
		expect(expression.slice(3, -3)).not.toMatch(/\{\{|\}\}/);
	});
});
