import type {
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';
import type { TokenProvider } from '../../../core/auth/TokenProvider';
import type { GraphPath } from '../../../core/graph/path';
import { type Connected, connect } from '../connect';
import { mailboxRoot } from '../fields/mailbox';
import { toNodeError } from '../errors';
import { type Resource, findOperation } from '../resource';
import { branchOf, onBranch } from './branches';
import { Claims } from './claims';
import { signerOf } from './links';
import { type Page, closedPages, donePage, pageHeaders, questionPage } from './pages';
import { type Posted, readResponse } from './responseForm';
import { loadQuestion } from './state';
import { type LinkClaim, readLink } from './token';
import type { Answer, Question } from './types';

export interface AnswerOptions {
	/** Milliseconds since 1970. */
	readonly now?: () => number;
	readonly connect?: (context: IWebhookFunctions) => Promise<Pick<Connected, 'graph' | 'identity'>>;
	readonly claims?: Claims;
}

const claims = new Claims(60_000, Date.now);

/**
 * A node's `webhook`: what a reviewer's browser gets from the links of the mail.
 *
 * A GET only shows, because mail scanners open every link. A POST from the page decides: it acts
 * on the answer first and continues the workflow then, so that whoever decides sees what became of it.
 */
export async function answerReview(
	context: IWebhookFunctions,
	resources: readonly Resource[],
	options: AnswerOptions = {},
): Promise<IWebhookResponseData> {
	const { now = Date.now } = options;
	const question = loadQuestion(context);
	const link = readLink(context.getQueryData() as Posted, signerOf(context));
	const reviewer = question?.reviewers[link?.reviewer ?? 0];
	if (!link || !question || reviewer === undefined) return show(context, closedPages.forged());
	// A node in a loop asks again and again; links of an earlier round have had their answer.
	if (link.questionId !== question.id) return show(context, closedPages.answered());
	if (question.expiresAt !== undefined && now() >= Date.parse(question.expiresAt)) {
		return show(context, closedPages.expired(question));
	}
	if (context.getRequestObject().method !== 'POST') {
		return show(context, questionPage(question, reviewer, link.choice));
	}
	const posted = context.getBodyData() as Posted;
	const reading = readResponse(question, posted);
	if (!reading.ok) {
		const { problems } = reading;
		return show(
			context,
			questionPage(question, reviewer, link.choice, { posted, problems, status: 422 }),
		);
	}
	const answer: Answer = {
		...reading.answer,
		respondedBy: reviewer,
		respondedAt: new Date(now()).toISOString(),
	};
	return await settle({ context, resources, question, link, posted, answer }, options);
}

interface Settlement {
	readonly context: IWebhookFunctions;
	readonly resources: readonly Resource[];
	readonly question: Question;
	readonly link: LinkClaim;
	readonly posted: Posted;
	readonly answer: Answer;
}

async function settle(job: Settlement, options: AnswerOptions): Promise<IWebhookResponseData> {
	const { context, question, link, posted, answer } = job;
	const held = options.claims ?? claims;
	if (!held.take(question.id)) return show(context, closedPages.answered());
	let outcome: IDataObject;
	try {
		outcome = await decide(job, options);
	} catch (error) {
		held.release(question.id);
		return show(
			context,
			questionPage(question, answer.respondedBy, link.choice, {
				posted,
				status: 502,
				problems: [
					`This could not be done: ${told(job, error)} Nothing was decided; you can try again.`,
				],
			}),
		);
	}
	const { values, ...rest } = answer;
	const json: IDataObject = {
		...(answer.decision !== 'answered' && { approved: answer.decision === 'approved' }),
		...rest,
		...(values && { values: { ...values } }),
		question: question.title,
		...question.subject,
		...outcome,
	};
	const item: INodeExecutionData = { json, pairedItem: { item: 0 } };
	const { html } = head(context, donePage(answer));
	// n8n sends the page itself once the execution is going on: if it can't, because an answer of
	// another process came first, the reviewer isn't told otherwise.
	return { webhookResponse: html, workflowData: onBranch(context, branchOf(answer), item) };
}

async function decide(job: Settlement, options: AnswerOptions): Promise<IDataObject> {
	const { context, question, answer } = job;
	const { review } = operationOf(job);
	if (!review?.decide) return {};
	const { graph, identity } = await (options.connect ?? connect)(context);
	const outcome = await review.decide({
		answer,
		subject: question.subject,
		mailbox: mailboxFrom(question.mailbox, identity),
		graph,
		cloud: graph.cloud,
		identity,
	});
	return outcome ?? {};
}

function operationOf({ context, resources }: Settlement) {
	const { resource, operation } = context.getNode().parameters;
	return findOperation(resources, resource as string, operation as string);
}

/** Undoes `GraphPath.toString()` of a mailbox's root, `/me` or `/users/{id}`. */
function mailboxFrom(kept: string, identity: TokenProvider['kind']): GraphPath {
	return mailboxRoot(decodeURIComponent(kept.replace(/^\/(?:users\/)?/, '')), identity);
}

/** The reviewer reads the first sentence; the whole error is for whoever runs n8n. */
function told(job: Settlement, error: unknown): string {
	const { context } = job;
	const { message, description } = toNodeError(error, {
		node: context.getNode(),
		operation: operationOf(job),
	});
	context.logger.error(`The answer to a review could not be acted on: ${message}`, {
		...(description && { description }),
	});
	return message.endsWith('.') ? message : `${message}.`;
}

function show(context: IWebhookFunctions, page: Page): IWebhookResponseData {
	head(context, page);
	context.getResponseObject().end(page.html);
	return { noWebhookResponse: true };
}

function head(context: IWebhookFunctions, page: Page): Page {
	const response = context.getResponseObject();
	response.status(page.status);
	for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
	return page;
}
