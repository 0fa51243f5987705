import { Lookup, type ReadContext } from '../../../../nodes/kit/field';
import { locator } from '../../../../nodes/kit/pickers/locator';

const context: ReadContext = { timezone: 'UTC', identity: 'delegated', params: {} };
const field = locator('thing', {
	displayName: 'Thing',
	modeOf: (value) => (value.startsWith('/') ? 'path' : 'id'),
	modes: [
		{ name: 'id', form: { displayName: 'By ID', type: 'string' }, read: (value) => value },
		{
			name: 'path',
			form: { displayName: 'By Path', type: 'string' },
			read: (value) => new Lookup(async () => await Promise.resolve(`id of ${value}`)),
		},
	],
});

describe('locator', () => {
	it('reads by the chosen mode', () => {
		expect(field.read({ __rl: true, mode: 'id', value: ' 1 ' }, context)).toBe('1');
		expect(field.read({ __rl: true, mode: 'path', value: '/a' }, context)).toBeInstanceOf(Lookup);
	});

	it('guesses the mode of a bare text', () => {
		expect(field.read('1', context)).toBe('1');
		expect(field.read('/a', context)).toBeInstanceOf(Lookup);
	});

	it.each([
		[{ __rl: true, mode: 'id', value: '' }, 'Thing: is empty'],
		['', 'Thing: is empty'],
		[{ __rl: true, mode: 'name', value: 'x' }, 'Thing: has the unknown mode "name"'],
		[{ __rl: true, mode: 'id', value: {} }, 'Thing: is an object, not text'],
	])('refuses %p', (raw, text) => {
		expect(() => field.read(raw, context)).toThrow(text);
	});
});
