import {
	type CronExpression,
	type ITriggerFunctions,
	type ITriggerResponse,
	NodeOperationError,
	toCronExpression,
	type TriggerTime,
} from 'n8n-workflow';
import type { Watching } from './watchWithN8n';

/** Soon, but not before n8n has the workflow as active. */
const firstLookMs = 1_000;

/** Looks soon after the activation, and then at the times of n8n's field Poll Times. */
export function pollRegularly(context: ITriggerFunctions, watching: Watching): ITriggerResponse {
	const look = (): void => {
		void watching.look();
	};
	const { item = [] } = context.getNodeParameter('pollTimes', {}) as { item?: TriggerTime[] };
	if (item.length === 0) {
		throw new NodeOperationError(context.getNode(), 'There is no poll time', {
			description: 'Add one under Poll Times, e.g. Every Minute.',
		});
	}
	for (const expression of new Set<CronExpression>(item.map(toCronExpression))) {
		context.helpers.registerCron({ expression }, look);
	}
	const first = setTimeout(look, firstLookMs);
	return {
		closeFunction: async () => {
			clearTimeout(first);
			await watching.stop();
		},
	};
}
