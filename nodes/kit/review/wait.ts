import { randomBytes } from 'node:crypto';
import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	WAIT_INDEFINITELY,
} from 'n8n-workflow';
import { path } from '../../../core/graph/path';
import type { GraphRequest } from '../../../core/graph/types';
import { AftermathError } from '../aftermath';
import { ParameterError } from '../field';
import type { ExecuteInput } from '../operation';
import { prepareNoAnswer } from './branches';
import { isLocal, resumeUrl, signerOf } from './links';
import { type MailButton, reviewMail } from './mailBody';
import { keepQuestion } from './state';
import { type LinkChoice, type Sign, signLink } from './token';
import type { Asked, Question, Review } from './types';

/**
 * Asks the reviewers by mail and puts the execution to wait.
 *
 * @param now milliseconds since 1970
 * @returns what the node shows while it waits
 * @throws {ParameterError} for several items: n8n has one wait a run, and would pass over all but one
 */
export async function ask(
	context: IExecuteFunctions,
	review: Review<never>,
	input: ExecuteInput<unknown>,
	now: () => number = Date.now,
): Promise<INodeExecutionData[]> {
	assertOneItem(context);
	const asked = await review.ask(input as ExecuteInput<never>);
	const question = questionFrom(asked, input.timezone, now());
	try {
		await send(context, question, asked, input);
	} catch (error) {
		throw await taken(asked, error);
	}
	keepQuestion(context, question);
	const common = { question: question.title, ...question.subject };
	prepareNoAnswer(context, entry({ decision: 'none', ...common, ...limitOf(question) }));
	await context.putExecutionToWait(
		question.expiresAt === undefined ? WAIT_INDEFINITELY : new Date(question.expiresAt),
	);
	return [
		entry({
			decision: 'waiting',
			...common,
			...limitOf(question),
			reviewers: [...question.reviewers],
		}),
	];
}

function assertOneItem(context: IExecuteFunctions): void {
	const { length } = context.getInputData();
	if (length <= 1) return;
	throw new ParameterError(
		context.getNode().name,
		`asks one question a run, but ${length} items reached it`,
		'Put Loop Over Items with a batch size of 1 before it to ask about each in turn, or Aggregate to ask about all of them at once.',
	);
}

function questionFrom(asked: Asked, timezone: string, nowMs: number): Question {
	const { title, message, form, reviewers, limitMs, mailbox, subject = {} } = asked;
	return {
		id: randomBytes(16).toString('hex'),
		title,
		message,
		form,
		reviewers,
		askedAt: new Date(nowMs).toISOString(),
		...(limitMs !== undefined && { expiresAt: new Date(nowMs + limitMs).toISOString() }),
		timezone,
		mailbox: mailbox.toString(),
		subject,
	};
}

/** A mail for each reviewer, since each has links of their own. */
async function send(
	context: IExecuteFunctions,
	question: Question,
	{ mailbox, quote }: Asked,
	{ graph, note }: ExecuteInput<unknown>,
): Promise<void> {
	const sign = signerOf(context);
	const mails = question.reviewers.map((address, reviewer): GraphRequest => {
		const buttons = buttonsFor(question, reviewer, sign, (parameters) =>
			resumeUrl(context, parameters),
		);
		return {
			method: 'POST',
			path: path`${mailbox}/sendMail`,
			body: {
				message: {
					subject: question.title,
					body: { contentType: 'html', content: reviewMail(question, buttons, quote) },
					toRecipients: [{ emailAddress: { address } }],
				},
			},
		};
	});
	for (const [place, mail] of mails.entries()) {
		try {
			await graph.request(mail);
		} catch (error) {
			if (place === 0) throw error;
			const reached = question.reviewers.slice(0, place).join(', ');
			throw new AftermathError(
				error,
				`Mail already went to ${reached}; its links lead nowhere now.`,
			);
		}
	}
	const local = resumeUrl(context, {});
	if (isLocal(local)) {
		note(
			`The links in the mail begin with ${new URL(local).origin}, which reviewers elsewhere can't open. Set n8n's environment variable WEBHOOK_URL to its public address.`,
		);
	}
}

function buttonsFor(
	question: Question,
	reviewer: number,
	sign: Sign,
	urlOf: (parameters: Record<string, string>) => string,
): MailButton[] {
	const { form, id } = question;
	const button = (choice: LinkChoice, label: string): MailButton => ({
		choice,
		label,
		url: urlOf(signLink({ questionId: id, reviewer, choice }, sign)),
	});
	if (form.kind !== 'approval') return [button('respond', form.buttonLabel)];
	return [
		button('approve', form.approveLabel),
		...(form.declineLabel === undefined ? [] : [button('decline', form.declineLabel)]),
	];
}

/** The error, after what was prepared for the question was taken back. */
async function taken({ abandon }: Asked, error: unknown): Promise<unknown> {
	try {
		await abandon?.();
		return error;
	} catch {
		return new AftermathError(error, 'What was prepared for the review could not be removed.');
	}
}

const limitOf = ({ expiresAt }: Question): IDataObject =>
	expiresAt === undefined ? {} : { expiresAt };

const entry = (json: IDataObject): INodeExecutionData => ({ json, pairedItem: { item: 0 } });
