import { ParameterError, showWhen } from '../../../nodes/kit/field';
import {
	choice,
	choices,
	collection,
	json,
	rows,
	text,
	textList,
	toggle,
	wholeNumber,
} from '../../../nodes/kit/fields/values';

const context = { timezone: 'Europe/Lisbon', identity: 'delegated', params: {} } as const;

describe('values that expressions give in another type', () => {
	it.each([
		[true, true],
		['true', true],
		[' False ', false],
		[0, false],
		[undefined, true],
	])('a switch takes %p as %p', (raw, value) => {
		const field = toggle('isRead', { displayName: 'Read', default: true });
		expect(field.read(raw, context)).toBe(value);
	});

	it('a number takes numeric text and refuses the rest by name', () => {
		const field = wholeNumber('limit', { displayName: 'Limit', default: 50, min: 1, max: 99 });
		expect(field.read('12', context)).toBe(12);
		expect(field.read('', context)).toBe(50);
		expect(() => field.read('many', context)).toThrow('Limit: is "many", not a whole number');
		expect(() => field.read(1.5, context)).toThrow('Limit: is 1.5, not a whole number');
		expect(() => field.read(0, context)).toThrow('Limit: is 0; the least is 1');
		expect(() => field.read(100, context)).toThrow('Limit: is 100; the most is 99');
	});

	it('a list takes commas or an array and drops what is empty', () => {
		const field = textList('to', { displayName: 'To', required: true });
		expect(field.read('a@b.c, ,d@e.f ', context)).toEqual(['a@b.c', 'd@e.f']);
		expect(field.read(['a@b.c', 'd@e.f'], context)).toEqual(['a@b.c', 'd@e.f']);
		expect(() => field.read(' , ', context)).toThrow('To: is empty');
		expect(() => field.read([{ address: 'a@b.c' }], context)).toThrow('To: is an object, not text');
	});

	it('text refuses objects, which would become "[object Object]" in a mail', () => {
		const field = text('subject', { displayName: 'Subject' });
		expect(field.read(2026, context)).toBe('2026');
		expect(() => field.read({ a: 1 }, context)).toThrow(ParameterError);
	});

	it('JSON takes text and values', () => {
		const field = json('body', { displayName: 'Body' });
		expect(field.read('{"a":1}', context)).toEqual({ a: 1 });
		expect(field.read({ a: 1 }, context)).toEqual({ a: 1 });
		expect(() => field.read('{a', context)).toThrow(/^Body: is not JSON/);
	});
});

describe('choices', () => {
	const options = [
		{ name: 'Low', value: 'low' },
		{ name: 'High', value: 'high' },
	] as const;

	it('names the values it knows', () => {
		const field = choice('importance', { displayName: 'Importance', options, default: 'low' });
		expect(field.read('high', context)).toBe('high');
		expect(field.read(undefined, context)).toBe('low');
		try {
			field.read('urgent', context);
			throw new Error('nothing was thrown');
		} catch (error) {
			expect(error).toBeInstanceOf(ParameterError);
			expect(error).toMatchObject({
				message: 'Importance: is "urgent", which it doesn\'t know',
				nextStep: 'Use one of "low", "high".',
			});
		}
	});

	it('takes several as text with commas', () => {
		const field = choices('levels', { displayName: 'Levels', options });
		expect(field.read('low, high', context)).toEqual(['low', 'high']);
		expect(() => field.read(['low', 'mid'], context)).toThrow('Levels: is "mid"');
	});
});

describe('groups of fields', () => {
	const members = [
		text('name', { displayName: 'Name' }),
		toggle('hidden', { displayName: 'Hidden', default: true }),
	] as const;

	it('a collection holds only what was added', () => {
		const field = collection('options', {
			displayName: 'Options',
			placeholder: 'Add',
			fields: members,
		});
		expect(field.read({ name: 'x' }, context)).toEqual({ name: 'x' });
		expect(field.read({}, context)).toEqual({});
		expect(field.property.options?.map((option) => option.name)).toEqual(['hidden', 'name']);
	});

	it("a collection's members are required only where they are read", () => {
		const field = collection('changes', {
			displayName: 'Changes',
			placeholder: 'Add',
			fields: [text('name', { displayName: 'Name', required: true })],
		});
		expect(field.property.options).toMatchObject([{ name: 'name', required: false }]);
		expect(field.read({}, context)).toEqual({});
		expect(() => field.read({ name: '' }, context)).toThrow('Name: is empty');
	});

	it('rows come from the form or as a list from an expression', () => {
		const field = rows('headers', {
			displayName: 'Headers',
			placeholder: 'Add',
			rowName: 'Header',
			fields: members,
		});
		const expected = [{ name: 'x', hidden: false }];
		expect(field.read({ rows: [{ name: 'x', hidden: 'false' }] }, context)).toEqual(expected);
		expect(field.read([{ name: 'x', hidden: false }], context)).toEqual(expected);
		expect(field.read({}, context)).toEqual([]);
	});
});

it('showWhen leaves the shared field as it was', () => {
	const field = text('name', { displayName: 'Name' });
	const shown = showWhen(field, { mode: ['named'] });
	expect(shown.property.displayOptions).toEqual({ show: { mode: ['named'] } });
	expect(field.property.displayOptions).toBeUndefined();
});
