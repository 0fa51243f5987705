import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Question } from './types';

const key = 'review';

/** Keeps the question with the execution, where it outlasts restarts and moves between processes. */
export function keepQuestion(context: IExecuteFunctions, question: Question): void {
	context.getContext('node')[key] = JSON.stringify(question);
}

/** A webhook has no `getContext`; an expression sees the same data. */
export function loadQuestion(context: IWebhookFunctions): Question | undefined {
	const name = asciiLiteral(context.getNode().name);
	const kept = context.evaluateExpression(`{{ $node[${name}].context["${key}"] }}`);
	return typeof kept === 'string' ? (JSON.parse(kept) as Question) : undefined;
}

/** A node's name may hold quotes and braces, which would end the expression. */
function asciiLiteral(text: string): string {
	const escaped = text.replaceAll(
		/[^A-Za-z0-9 ]/g,
		(unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return `"${escaped}"`;
}
