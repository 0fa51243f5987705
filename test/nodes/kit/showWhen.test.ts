import { type ReadContext, showWhen } from '../../../nodes/kit/field';
import { choice, rows, text, textList } from '../../../nodes/kit/fields/values';

const context = (params: Record<string, unknown>): ReadContext => ({
	timezone: 'UTC',
	identity: 'delegated',
	params,
});

describe('a field of showWhen', () => {
	const field = showWhen(text('name', { displayName: 'Name', required: true }), {
		mode: ['named', 'both'],
		isOn: [true],
	});

	it('is read where it is shown, and required there', () => {
		expect(field.read('Ana', context({ mode: 'both', isOn: true }))).toBe('Ana');
		expect(() => field.read('', context({ mode: 'named', isOn: true }))).toThrow('Name: is empty');
	});

	it('is undefined where the form hides it, whatever it holds', () => {
		expect(field.read('', context({ mode: 'named', isOn: false }))).toBeUndefined();
		expect(field.read('Ana', context({ mode: 'none', isOn: true }))).toBeUndefined();
	});

	it('looks at the members of its own row', () => {
		const table = rows('fields', {
			displayName: 'Fields',
			placeholder: 'Add',
			rowName: 'Field',
			fields: [
				choice('type', {
					displayName: 'Type',
					options: [
						{ name: 'List', value: 'list' },
						{ name: 'Text', value: 'text' },
					],
					default: 'list',
				}),
				showWhen(textList('choices', { displayName: 'Choices' }), { type: ['list'] }),
			],
		});
		expect(
			table.read(
				[{ type: 'text', choices: 'a' }, { type: 'list', choices: 'a, b' }, { choices: 'c' }],
				context({ type: 'text' }),
			),
		).toEqual([
			{ type: 'text', choices: undefined },
			{ type: 'list', choices: ['a', 'b'] },
			{ choices: ['c'] },
		]);
	});
});
