import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type IHookFunctions, type IWebhookFunctions, NodeOperationError } from 'n8n-workflow';
import { ownPost } from './ownMessages';

type Context = Pick<IHookFunctions | IWebhookFunctions, 'getWorkflowStaticData'>;

/** n8n's editor first hears that it is to wait, then that the event has come. */
const editorDelayMs = 500;
const reachTimeoutMs = 10_000;

/** Secret of a registration for "Listen for test event"; n8n keeps it apart from production's data. */
export function testSecretOf(context: Context): string | undefined {
	const { testSecret } = context.getWorkflowStaticData('node');
	return typeof testSecret === 'string' ? testSecret : undefined;
}

/**
 * "Listen for test event" needs no subscription and no change: n8n's test address is called as if
 * something had come, and the run then takes the newest real item.
 */
export async function beginTestRun(context: IHookFunctions): Promise<void> {
	const url = context.getNodeWebhookUrl('default') ?? '';
	const secret = randomBytes(32).toString('base64url');
	context.getWorkflowStaticData('node')['testSecret'] = secret;
	const post = ownPost(context, url, secret);
	try {
		await post({ ask: 'who' }, AbortSignal.timeout(reachTimeoutMs));
	} catch (error) {
		throw new NodeOperationError(context.getNode(), 'n8n can not reach its own webhook address', {
			description:
				`A POST to ${url} failed (${String(error)}). Microsoft has to reach that address too: set ` +
				'WEBHOOK_URL to where the internet finds n8n. The node "Microsoft 365 Trigger" works without it.',
		});
	}
	const call = async () => {
		await delay(editorDelayMs, undefined, { ref: false });
		await post({ ask: 'test' });
	};
	call().catch((error: unknown) => {
		context.logger.warn(`The test run could not be started: ${String(error)}`);
	});
}
