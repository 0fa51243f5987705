import type { FormField, Question } from './types';
import type { Answer } from './types';

/** What was posted, by the names of the page's inputs. */
export type Posted = Readonly<Record<string, unknown>>;

export type Reading =
	| { readonly ok: true; readonly answer: Omit<Answer, 'respondedBy' | 'respondedAt'> }
	/** What to correct, in the reviewer's words. */
	| { readonly ok: false; readonly problems: readonly string[] };

/** Exchange and browsers take more; nobody reviews by typing it. */
const maxTextLength = 50_000;

export const inputName = (index: number): string => `field${index}`;

/** Reads the answer out of a posted page. */
export function readResponse({ form }: Pick<Question, 'form'>, posted: Posted): Reading {
	switch (form.kind) {
		case 'approval': {
			const { decision } = posted;
			const isKnown =
				decision === 'approved' || (decision === 'declined' && form.declineLabel !== undefined);
			if (!isKnown) return failed('Choose one of the buttons.');
			const comment = form.comment ? textOf(posted['comment']) : '';
			if (comment.length > maxTextLength) return failed(tooLong('Your comment'));
			return { ok: true, answer: { decision, ...(comment && { comment }) } };
		}
		case 'text': {
			const text = textOf(posted['text']);
			if (text === '') return failed('Enter your answer.');
			if (text.length > maxTextLength) return failed(tooLong('Your answer'));
			return { ok: true, answer: { decision: 'answered', text } };
		}
		case 'form':
			return readFields(form.fields, posted);
	}
}

function readFields(fields: readonly FormField[], posted: Posted): Reading {
	const problems: string[] = [];
	const values = fields.map((field, index): [string, string | number | boolean | null] => {
		const value = readField(field, textOf(posted[inputName(index)]));
		if (typeof value !== 'object' || value === null) return [field.label, value];
		problems.push(value.problem);
		return [field.label, null];
	});
	if (problems.length > 0) return { ok: false, problems };
	return { ok: true, answer: { decision: 'answered', values: Object.fromEntries(values) } };
}

function readField(
	{ label, type, choices, required }: FormField,
	text: string,
): string | number | boolean | null | { readonly problem: string } {
	if (type === 'checkbox') {
		return required && text === '' ? { problem: `${label}: tick the box to go on.` } : text !== '';
	}
	if (text === '') return required ? { problem: `${label}: enter a value.` } : null;
	if (text.length > maxTextLength) return { problem: tooLong(label) };
	switch (type) {
		case 'number': {
			const number = Number(text);
			return Number.isFinite(number) ? number : { problem: `${label}: enter a number.` };
		}
		case 'date':
			return isDate(text) ? text : { problem: `${label}: enter a date like 2026-03-31.` };
		case 'dropdown':
			return choices.includes(text) ? text : { problem: `${label}: choose one of the list.` };
		case 'text':
		case 'multiline':
			return text;
	}
}

function isDate(text: string): boolean {
	const time = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
	// JavaScript rolls 30 February over into March.
	return time !== undefined && !isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

function textOf(value: unknown): string {
	const one: unknown = Array.isArray(value) ? value[0] : value;
	return typeof one === 'string' ? one.trim().replaceAll('\r\n', '\n') : '';
}

function failed(problem: string): Reading {
	return { ok: false, problems: [problem] };
}

const tooLong = (what: string): string => `${what}: is longer than ${maxTextLength} characters.`;
