import { setTimeout as delay } from 'node:timers/promises';
import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	type Notification,
	readNotifications,
	validationTokenOf,
} from '../../../core/changes/notifications';
import { scopeOf } from '../shared/stateStore';
import { doorStore } from './doorState';
import { maxHoldMs, type OwnAnswer, type OwnMessage, ownPost, readOwnMessage } from './ownMessages';
import { testSecretOf } from './testRun';
import { hold, processId, tell } from './signals';

/** A process between two of its held requests is back within the first ones of these. */
const passDelaysMs = [0, 100, 300, 1_000, 3_000, 10_000];

/**
 * The webhook: answers at once, whatever the workflow does, and never looks itself. n8n's response is
 * taken over, because a held request must not hold up n8n.
 */
export function receive(context: IWebhookFunctions): IWebhookResponseData {
	const response = context.getResponseObject();
	const token = validationTokenOf(context.getQueryData());
	if (token !== undefined) {
		// Whoever asks gets back what they sent, so never as a page.
		response.set('x-content-type-options', 'nosniff');
		response.status(200).type('text/plain').send(token);
		return { noWebhookResponse: true };
	}
	const isTest = context.getMode() === 'manual';
	const state = isTest ? undefined : doorStore(context).read();
	const body: unknown = context.getBodyData();
	const ownSecret = isTest ? testSecretOf(context) : state?.ownSecret;
	const message = readOwnMessage(body, ownSecret ?? '');
	// A test can be asked for at n8n's test address alone.
	if (message && (isTest || message.ask !== 'test')) return answer(context, message);
	// Also to what isn't Microsoft's: nothing is to be learned here.
	response.status(202).end();
	const notifications = readNotifications(body, state?.clientState ?? '');
	if (notifications.length > 0) void pass(context, notifications);
	return { noWebhookResponse: true };
}

function answer(context: IWebhookFunctions, message: OwnMessage): IWebhookResponseData {
	const scope = scopeOf(context);
	const response = context.getResponseObject();
	const send = (json: OwnAnswer): IWebhookResponseData => {
		response.status(200).json(json);
		return { noWebhookResponse: true };
	};
	switch (message.ask) {
		case 'who':
			return send({ processId });
		case 'pass':
			return send({ isPassed: tell(scope, message.notifications) });
		case 'test':
			send({});
			// What the item is, the node's execute() finds out.
			return { noWebhookResponse: true, workflowData: [[{ json: {} }]] };
		case 'wait': {
			const end = hold(scope, maxHoldMs, (notifications) => {
				send({ notifications });
			});
			response.once('close', end);
			return { noWebhookResponse: true };
		}
	}
}

/**
 * To the trigger in this process, or to whoever waits for it here; else to the webhook's address
 * again, behind which may be another process. In vain, the trigger finds what has changed by itself.
 */
async function pass(
	context: IWebhookFunctions,
	notifications: readonly Notification[],
): Promise<void> {
	const scope = scopeOf(context);
	const { url, ownSecret } = doorStore(context).read() ?? {};
	for (const delayMs of passDelaysMs) {
		if (delayMs > 0) await delay(delayMs, undefined, { ref: false });
		if (tell(scope, notifications)) return;
		if (url === undefined || ownSecret === undefined) return;
		try {
			const { isPassed } = await ownPost(context, url, ownSecret)({ ask: 'pass', notifications });
			if (isPassed === true) return;
		} catch {
			// n8n may not reach its own address; the next look finds what has changed.
		}
	}
	context.logger.debug(`No process of n8n knows the trigger ${scope}; its next look will do`);
}
