import { type Posted, readResponse } from '../../../../nodes/kit/review/responseForm';
import type { FormField, ResponseForm } from '../../../../nodes/kit/review/types';

const approval: ResponseForm = {
	kind: 'approval',
	approveLabel: 'Approve',
	declineLabel: 'Decline',
	comment: true,
};
const read = (form: ResponseForm, posted: Posted) => readResponse({ form }, posted);
const problem = (text: string) => ({ ok: false, problems: [expect.stringContaining(text)] });

describe('approval', () => {
	it('reads the decision and the comment', () => {
		expect(read(approval, { decision: 'approved', comment: ' a\r\nb ' })).toEqual({
			ok: true,
			answer: { decision: 'approved', comment: 'a\nb' },
		});
		expect(read(approval, { decision: 'declined', comment: '' })).toEqual({
			ok: true,
			answer: { decision: 'declined' },
		});
	});

	it('takes nothing but the buttons that it has', () => {
		expect(read(approval, {})).toEqual(problem('Choose'));
		expect(read(approval, { decision: 'answered' })).toEqual(problem('Choose'));
		const approveOnly: ResponseForm = { kind: 'approval', approveLabel: 'Approve', comment: false };
		expect(read(approveOnly, { decision: 'declined' })).toEqual(problem('Choose'));
	});

	it('takes no comment that it did not ask for', () => {
		const form: ResponseForm = { ...approval, comment: false };
		expect(read(form, { decision: 'approved', comment: 'x' })).toEqual({
			ok: true,
			answer: { decision: 'approved' },
		});
	});
});

describe('free text', () => {
	const form: ResponseForm = { kind: 'text', buttonLabel: 'Respond' };

	it('reads it, and refuses nothing and too much', () => {
		expect(read(form, { text: 'yes' })).toEqual({
			ok: true,
			answer: { decision: 'answered', text: 'yes' },
		});
		expect(read(form, { text: '  ' })).toEqual(problem('Enter your answer'));
		expect(read(form, { text: 'x'.repeat(50_001) })).toEqual(problem('longer than'));
	});
});

describe('form', () => {
	const field = (changes: Partial<FormField>): FormField => ({
		label: 'Value',
		type: 'text',
		choices: [],
		required: false,
		...changes,
	});
	const one = (changes: Partial<FormField>, value: unknown) =>
		read({ kind: 'form', buttonLabel: 'Send', fields: [field(changes)] }, { field0: value });
	const answered = (value: unknown) => ({
		ok: true,
		answer: { decision: 'answered', values: { Value: value } },
	});

	it('gives each type its JSON type', () => {
		expect(one({}, ' a ')).toEqual(answered('a'));
		expect(one({ type: 'multiline' }, 'a\r\nb')).toEqual(answered('a\nb'));
		expect(one({ type: 'number' }, '12.5')).toEqual(answered(12.5));
		expect(one({ type: 'date' }, '2026-02-28')).toEqual(answered('2026-02-28'));
		expect(one({ type: 'dropdown', choices: ['a'] }, 'a')).toEqual(answered('a'));
		expect(one({ type: 'checkbox' }, 'yes')).toEqual(answered(true));
		expect(one({ type: 'checkbox' }, undefined)).toEqual(answered(false));
	});

	it('answers null for what was left out', () => {
		expect(one({ type: 'number' }, '')).toEqual(answered(null));
		expect(one({ type: 'date' }, undefined)).toEqual(answered(null));
	});

	it('refuses what the browser should have refused', () => {
		expect(one({ required: true }, ' ')).toEqual(problem('enter a value'));
		expect(one({ type: 'checkbox', required: true }, undefined)).toEqual(problem('tick'));
		expect(one({ type: 'number' }, 'Infinity')).toEqual(problem('enter a number'));
		expect(one({ type: 'date' }, '2026-02-30')).toEqual(problem('enter a date'));
		expect(one({ type: 'date' }, '1.2.2026')).toEqual(problem('enter a date'));
		expect(one({ type: 'dropdown', choices: ['a'] }, 'b')).toEqual(problem('choose'));
	});

	it('tells all problems at once', () => {
		const fields = [field({ label: 'A', required: true }), field({ label: 'B', type: 'number' })];
		expect(read({ kind: 'form', buttonLabel: 'Send', fields }, { field1: 'x' })).toEqual({
			ok: false,
			problems: ['A: enter a value.', 'B: enter a number.'],
		});
	});

	it('keeps a label like __proto__ as a value', () => {
		const reading = one({ label: '__proto__' }, 'x');
		expect(JSON.stringify(reading)).toContain('"__proto__":"x"');
	});
});
