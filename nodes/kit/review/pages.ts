import { createHash } from 'node:crypto';
import { type Markup, lines, markup, nothing, trusted } from './markup';
import { type Posted, inputName } from './responseForm';
import { readableTime } from './readableTime';
import type { LinkChoice } from './token';
import type { Answer, FormField, Question, ResponseForm } from './types';

/** What a reviewer's browser gets. */
export interface Page {
	readonly status: number;
	readonly html: string;
}

const style = `
*{box-sizing:border-box}
body{margin:0;padding:24px 16px;background:#f5f5f5;color:#242424;font:16px/1.5 'Segoe UI',system-ui,sans-serif}
main{max-width:560px;margin:0 auto;padding:24px;background:#fff;border:1px solid #d1d1d1;border-radius:8px;overflow-wrap:anywhere}
h1{margin:0 0 12px;font-size:22px;line-height:1.3}
label,legend{display:block;margin:16px 0 4px;font-weight:600}
input,textarea,select{width:100%;padding:8px;border:1px solid #616161;border-radius:4px;font:inherit;background:#fff;color:#242424}
input[type=checkbox]{width:auto;margin-right:8px}
button{margin:20px 12px 0 0;padding:9px 22px;border:1px solid #616161;border-radius:4px;background:#fff;color:#242424;font:inherit;font-weight:600;cursor:pointer}
button.first{background:#0f6cbd;border-color:#0f6cbd;color:#fff}
:focus-visible{outline:3px solid #242424;outline-offset:2px}
.problems{padding:8px 16px;border-left:4px solid #b10e1c;background:#fdf3f4}
.aside{color:#616161;font-size:14px}
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/**
 * The headers of each page. No script runs in it, it loads nothing, it can't be framed, and the
 * link in its address reaches nobody else.
 */
export const pageHeaders: Readonly<Record<string, string>> = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
	'X-Robots-Tag': 'noindex',
	'Cache-Control': 'no-store',
};

interface Attempt {
	/** What was entered, so that nobody has to type it again. */
	readonly posted: Posted;
	readonly status: number;
	readonly problems: readonly string[];
}

/** The page behind a button: opening it decides nothing, posting it does. */
export function questionPage(
	question: Question,
	reviewer: string,
	choice: LinkChoice,
	attempt?: Attempt,
): Page {
	const { title, message, form, expiresAt, timezone } = question;
	const until = expiresAt ? ` You can answer until ${readableTime(expiresAt, timezone)}.` : '';
	return page(
		attempt?.status ?? 200,
		title,
		markup`<p>${lines(message)}</p>
${attempt ? problemList(attempt.problems) : nothing}
<form method="post">
${inputs(form, attempt?.posted ?? {})}
${buttons(form, choice)}
</form>
<p class="aside">You answer as ${reviewer}.${until}</p>`,
	);
}

export function donePage({ decision, respondedBy }: Answer): Page {
	const what = { approved: 'You approved it', declined: 'You declined it', answered: 'Thank you' };
	return page(
		200,
		what[decision],
		markup`<p>Your answer was recorded for ${respondedBy}, and the workflow goes on. You can close this page.</p>`,
	);
}

export const closedPages = {
	forged: (): Page =>
		page(
			403,
			'This link is not valid',
			markup`<p>It was changed or is incomplete. Open it from the mail that you received; if it still fails, copy the whole link from there.</p>`,
		),
	answered: (): Page =>
		page(
			409,
			'This was already answered',
			markup`<p>A link works once, and the first answer counts. There is nothing left to do for you.</p>`,
		),
	expired: ({ expiresAt, timezone }: Question): Page =>
		page(
			410,
			'The time to answer is over',
			markup`<p>It ended${expiresAt ? ` on ${readableTime(expiresAt, timezone)}` : ''}. Ask the person who sent this if it still matters.</p>`,
		),
} as const;

function page(status: number, title: string, content: Markup): Page {
	const { html } = markup`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" /><title>${title}</title><style>${trusted(style)}</style></head>
<body><main><h1>${title}</h1>
${content}
</main></body></html>`;
	return { status, html };
}

function problemList(problems: readonly string[]): Markup {
	const entries = problems.map((problem) => markup`<li>${problem}</li>`);
	return markup`<ul class="problems" role="alert">${entries}</ul>`;
}

function buttons(form: ResponseForm, choice: LinkChoice): Markup {
	if (form.kind !== 'approval') {
		return markup`<button class="first" type="submit">${form.buttonLabel}</button>`;
	}
	const approve = decisionButton('approved', form.approveLabel, choice !== 'decline');
	if (form.declineLabel === undefined) return approve;
	const decline = decisionButton('declined', form.declineLabel, choice === 'decline');
	// The button that was pressed in the mail comes first; Enter presses it too.
	return choice === 'decline' ? markup`${decline}${approve}` : markup`${approve}${decline}`;
}

function decisionButton(value: string, label: string, isFirst: boolean): Markup {
	const mark = isFirst ? markup` class="first"` : nothing;
	return markup`<button${mark} type="submit" name="decision" value="${value}">${label}</button>`;
}

function inputs(form: ResponseForm, posted: Posted): Markup {
	const entered = (name: string) => {
		const value = posted[name];
		return typeof value === 'string' ? value : '';
	};
	switch (form.kind) {
		case 'approval':
			return form.comment
				? markup`<label for="comment">Comment (optional)</label>${textArea('comment', 3, entered('comment'))}`
				: nothing;
		case 'text':
			return markup`<label for="text">Your answer</label>${textArea('text', 6, entered('text'), true)}`;
		case 'form':
			return markup`${form.fields.map((field, index) => {
				const name = inputName(index);
				return input(field, name, entered(name));
			})}`;
	}
}

function input(
	{ label, type, choices, required }: FormField,
	name: string,
	entered: string,
): Markup {
	const must = required ? markup` required` : nothing;
	const caption = markup`<label for="${name}">${label}${required ? '' : ' (optional)'}</label>`;
	switch (type) {
		case 'checkbox': {
			const checked = entered ? markup` checked` : nothing;
			return markup`<label for="${name}"><input type="checkbox" id="${name}" name="${name}" value="yes"${checked}${must} />${label}</label>`;
		}
		case 'multiline':
			return markup`${caption}${textArea(name, 4, entered, required)}`;
		case 'dropdown': {
			const options = ['', ...choices].map((value) => {
				const selected = value === entered ? markup` selected` : nothing;
				return markup`<option value="${value}"${selected}>${value}</option>`;
			});
			return markup`${caption}<select id="${name}" name="${name}"${must}>${options}</select>`;
		}
		case 'text':
		case 'number':
		case 'date': {
			const step = type === 'number' ? markup` step="any"` : nothing;
			return markup`${caption}<input type="${type}"${step} id="${name}" name="${name}" value="${entered}"${must} />`;
		}
	}
}

function textArea(name: string, rows: number, entered: string, required = false): Markup {
	const must = required ? markup` required` : nothing;
	// Browsers drop a line break that directly follows the tag; one that was typed has to stay.
	return markup`<textarea id="${name}" name="${name}" rows="${rows}"${must}>
${entered}</textarea>`;
}
