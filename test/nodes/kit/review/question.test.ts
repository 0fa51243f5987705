import type { ReadContext } from '../../../../nodes/kit/field';
import {
	approvalFields,
	approvalOf,
	questionFields,
	questionOf,
} from '../../../../nodes/kit/review/question';

const given = { reviewers: 'ana@contoso.com', reviewSubject: 'Offer', message: 'Look' };

type AnyField = (typeof questionFields)[number] | (typeof approvalFields)[number];

function read(fields: readonly AnyField[], raw: Record<string, unknown>): never {
	const params: Record<string, unknown> = {};
	const context: ReadContext = { timezone: 'UTC', identity: 'delegated', params };
	for (const field of fields) {
		params[field.name] = field.read(raw[field.name] ?? field.property.default, context);
	}
	return params as never;
}

const question = (raw: Record<string, unknown>) =>
	questionOf(read(questionFields, { ...given, ...raw }));

describe('question', () => {
	it('asks for approval with three days’ time unless told otherwise', () => {
		const expected = {
			title: 'Offer',
			message: 'Look',
			reviewers: ['ana@contoso.com'],
			limitMs: 3 * 24 * 3_600_000,
			form: { kind: 'approval', approveLabel: 'Approve', declineLabel: 'Decline', comment: true },
		};
		expect(question({})).toEqual(expected);
		expect(approvalOf(read(approvalFields, given))).toEqual(expected);
	});

	it('takes labels, a single button, and waiting for ever', () => {
		expect(
			question({
				canDecline: false,
				timeLimit: 0,
				reviewOptions: { approveLabel: 'Go', declineLabel: 'Stop', askForComment: false },
			}),
		).toMatchObject({
			limitMs: undefined,
			form: { kind: 'approval', approveLabel: 'Go', comment: false },
		});
	});

	it('has a form of its own', () => {
		const formFields = {
			rows: [{ label: 'Kind', type: 'dropdown', choices: 'a, b', required: true }],
		};
		expect(
			question({ responseType: 'customForm', formFields, timeLimit: 90, timeLimitUnit: 'minutes' }),
		).toMatchObject({
			limitMs: 5_400_000,
			form: {
				kind: 'form',
				buttonLabel: 'Respond',
				fields: [{ label: 'Kind', type: 'dropdown', choices: ['a', 'b'], required: true }],
			},
		});
		expect(
			question({ responseType: 'freeText', reviewOptions: { respondLabel: 'Write' } }).form,
		).toEqual({
			kind: 'text',
			buttonLabel: 'Write',
		});
	});

	it.each([
		[[], 'are missing'],
		[[{ label: 'A' }, { label: 'A' }], 'twice'],
		[[{ label: 'A', type: 'dropdown' }], 'no choices'],
	])('refuses the form fields %j', (formFields, text) => {
		expect(() => question({ responseType: 'customForm', formFields })).toThrow(text);
	});

	it('reads reviewers with and without names, each once', () => {
		expect(
			question({ reviewers: 'Ana <ana@contoso.com>, ben@contoso.com, ANA@contoso.com' }).reviewers,
		).toHaveLength(2);
		expect(() => question({ reviewers: 'ana' })).toThrow('"ana" is no email address');
		expect(() => question({ reviewers: ' ' })).toThrow('Reviewers: is empty');
	});
});
