import { type Field, type ParamsOf, ParameterError, showWhen } from '../field';
import { choice, collection, rows, text, textList, toggle, wholeNumber } from '../fields/values';
import { show } from '../fields/rawValues';
import type { FormField, QuestionDraft, ResponseForm } from './types';

const unitMs = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const;

/** It decides which outputs the node has, so it can't differ from item to item. */
function fixed<Name extends string, Value>(field: Field<Name, Value>): Field<Name, Value> {
	return { ...field, property: { ...field.property, noDataExpression: true } };
}

const reviewerList = textList('reviewers', {
	displayName: 'Reviewers',
	required: true,
	placeholder: 'e.g. ana@contoso.com, ben@contoso.com',
	description: 'Who is asked, each by a mail of their own. The first answer counts.',
});

export const reviewersField: Field<'reviewers', readonly string[]> = {
	...reviewerList,
	read: (raw, context) => {
		const entries = reviewerList.read(raw, context) as readonly string[];
		const addresses = entries.map((entry) => (/<([^<>]*)>$/.exec(entry)?.[1] ?? entry).trim());
		for (const [index, address] of addresses.entries()) {
			if (/^[^\s@<>(),;:"[\]]+@[^\s@<>(),;:"]+$/.test(address)) continue;
			throw new ParameterError(
				'Reviewers',
				`${show(entries[index])} is no email address`,
				'Enter addresses like ana@contoso.com, separated by commas.',
			);
		}
		return [...new Map(addresses.map((address) => [address.toLowerCase(), address])).values()];
	},
};

const titleField = text('reviewSubject', {
	displayName: 'Review Subject',
	required: true,
	placeholder: 'e.g. Please approve: offer for Contoso',
	description:
		'The subject of the mail to the reviewers, and the title of the page behind its buttons',
});

// n8n's Human Review tool for agents sets `message` and `responseType` by these names.
const messageField = text('message', {
	displayName: 'Message',
	required: true,
	rows: 4,
	description: 'What the reviewers should know in order to answer, as plain text',
});

const canDeclineField = fixed(
	toggle('canDecline', {
		displayName: 'Offer Declining',
		default: true,
		description: 'Whether there is a button to decline beside the one to approve',
	}),
);

const limitFields = [
	wholeNumber('timeLimit', {
		displayName: 'Time Limit',
		default: 3,
		min: 0,
		description:
			'How long the reviewers have. After that the links are dead, and the workflow continues on the output No Answer. 0 waits for ever.',
	}),
	choice('timeLimitUnit', {
		displayName: 'Time Limit Unit',
		options: [
			{ name: 'Days', value: 'days' },
			{ name: 'Hours', value: 'hours' },
			{ name: 'Minutes', value: 'minutes' },
		],
		default: 'days',
	}),
] as const;

const askForComment = toggle('askForComment', {
	displayName: 'Ask for a Comment',
	default: true,
	description: 'Whether a reviewer can add a comment when approving or declining',
});

const approvalOptions = collection('reviewOptions', {
	displayName: 'Review Options',
	placeholder: 'Add Option',
	fields: [
		text('approveLabel', { displayName: 'Approve Button', default: 'Approve' }),
		askForComment,
		text('declineLabel', { displayName: 'Decline Button', default: 'Decline' }),
	],
});

/** For operations that need a yes or no. */
export const approvalFields = [
	reviewersField,
	titleField,
	messageField,
	canDeclineField,
	...limitFields,
	approvalOptions,
] as const;

const formFields = rows('formFields', {
	displayName: 'Form Fields',
	rowName: 'Field',
	placeholder: 'Add Field',
	fields: [
		text('label', {
			displayName: 'Label',
			required: true,
			description: 'What the reviewer reads, and the name of the value in the output',
		}),
		choice('type', {
			displayName: 'Type',
			options: [
				{ name: 'Checkbox', value: 'checkbox' },
				{ name: 'Date', value: 'date' },
				{ name: 'Dropdown', value: 'dropdown' },
				{ name: 'Number', value: 'number' },
				{ name: 'Text', value: 'text' },
				{ name: 'Text With Several Lines', value: 'multiline' },
			],
			default: 'text',
		}),
		showWhen(
			textList('choices', {
				displayName: 'Choices',
				placeholder: 'e.g. Low, Medium, High',
				description: 'What the dropdown offers, with commas between',
			}),
			{ type: ['dropdown'] },
		),
		toggle('required', {
			displayName: 'Required',
			description: 'Whether the form is refused without it; a required checkbox has to be ticked',
		}),
	],
});

/** For an operation that asks anything. */
export const questionFields = [
	reviewersField,
	titleField,
	messageField,
	fixed(
		choice('responseType', {
			displayName: 'Response Type',
			options: [
				{ name: 'Approval', value: 'approval', description: 'Buttons to approve and to decline' },
				{ name: 'Form', value: 'customForm', description: 'Fields of your own' },
				{ name: 'Free Text', value: 'freeText', description: 'One answer in the own words' },
			],
			default: 'approval',
		}),
	),
	showWhen(canDeclineField, { responseType: ['approval'] }),
	showWhen(formFields, { responseType: ['customForm'] }),
	...limitFields,
	collection('reviewOptions', {
		displayName: 'Review Options',
		placeholder: 'Add Option',
		fields: [
			text('approveLabel', { displayName: 'Approve Button', default: 'Approve' }),
			askForComment,
			text('declineLabel', { displayName: 'Decline Button', default: 'Decline' }),
			text('respondLabel', {
				displayName: 'Respond Button',
				default: 'Respond',
				description: 'For free text and forms',
			}),
		],
	}),
] as const;

/** The question of `approvalFields`. */
export function approvalOf(params: ParamsOf<typeof approvalFields>): QuestionDraft {
	return { ...commonOf(params), form: approvalForm(params) };
}

/** The question of `questionFields`. */
export function questionOf(params: ParamsOf<typeof questionFields>): QuestionDraft {
	return { ...commonOf(params), form: formOf(params) };
}

type ApprovalParams = ParamsOf<typeof approvalFields>;

function commonOf(params: Omit<ApprovalParams, 'canDecline' | 'reviewOptions'>) {
	const { reviewers, reviewSubject, message, timeLimit, timeLimitUnit } = params;
	return {
		reviewers,
		title: reviewSubject,
		message,
		limitMs: timeLimit === 0 ? undefined : timeLimit * unitMs[timeLimitUnit],
	};
}

function approvalForm({
	canDecline,
	reviewOptions,
}: {
	readonly canDecline: boolean | undefined;
	readonly reviewOptions: ApprovalParams['reviewOptions'];
}): ResponseForm {
	const { approveLabel, declineLabel, askForComment: comment = true } = reviewOptions;
	return {
		kind: 'approval',
		approveLabel: approveLabel || 'Approve',
		...(canDecline && { declineLabel: declineLabel || 'Decline' }),
		comment,
	};
}

function formOf(params: ParamsOf<typeof questionFields>): ResponseForm {
	const { responseType } = params;
	if (responseType === 'approval') return approvalForm(params);
	const buttonLabel = params.reviewOptions.respondLabel || 'Respond';
	if (responseType === 'freeText') return { kind: 'text', buttonLabel };
	return { kind: 'form', buttonLabel, fields: checkedFields(params.formFields) };
}

function checkedFields(given: ParamsOf<typeof questionFields>['formFields'] = []): FormField[] {
	const problem = (text: string, nextStep: string) =>
		new ParameterError(formFields.property.displayName, text, nextStep);
	if (given.length === 0) throw problem('are missing', 'Add at least one field to the form.');
	const seen = new Set<string>();
	return given.map(({ label = '', type = 'text', choices = [], required = false }) => {
		if (seen.has(label)) {
			throw problem(`have "${label}" twice`, 'Give each a label of its own: it names the value.');
		}
		seen.add(label);
		if (type === 'dropdown' && choices.length === 0) {
			throw problem(`have no choices for "${label}"`, 'Enter what its dropdown offers.');
		}
		return { label, type, choices, required };
	});
}
