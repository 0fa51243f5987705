import { SEND_AND_WAIT_OPERATION } from 'n8n-workflow';
import type { IExecuteFunctions, IWebhookFunctions } from 'n8n-workflow';
import type { Sign } from './token';

/**
 * Signs with n8n's own secret, which no node can read: `getSignedResumeUrl` hashes the path, and so
 * the execution and the node, together with the parameters.
 */
export function signerOf(context: IExecuteFunctions | IWebhookFunctions): Sign {
	return (parameters) => {
		const url = new URL(context.getSignedResumeUrl({ ...parameters }));
		const signature = url.searchParams.get('signature');
		// Without it every link would be as good as another.
		if (!signature) throw new TypeError('n8n signed a resume URL without a signature');
		return signature;
	};
}

/**
 * The URL that reaches this node's `webhook` while the execution waits.
 *
 * n8n lets two kinds through: for operations with the value `sendAndWait`, URLs that it signed as a
 * whole; for all others, those with the execution's resume token, which says nothing about the
 * other parameters. They carry their own signature for that.
 */
export function resumeUrl(
	context: IExecuteFunctions,
	parameters: Readonly<Record<string, string>>,
): string {
	const { id, parameters: node } = context.getNode();
	if (node['operation'] === SEND_AND_WAIT_OPERATION) {
		return context.getSignedResumeUrl({ ...parameters });
	}
	const url = new URL(context.evaluateExpression('{{ $execution.resumeUrl }}', 0) as string);
	url.pathname += `/${encodeURIComponent(id)}`;
	for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
	return url.toString();
}

/** Whether only people at the n8n server itself can open the URL. */
export function isLocal(url: string): boolean {
	return /^(localhost|127\..*|\[::1\]|0\.0\.0\.0)$/.test(new URL(url).hostname);
}
