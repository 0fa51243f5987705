import { AccessDeniedError, GraphError, InvalidRequestError } from '../graph/errors';

/** Why Graph won't tell of changes. */
export type SubscriptionRefusal =
	/** It could not reach the address, or got another answer than the handshake wants. */
	| 'unreachable'
	/** It takes no such address, e.g. one without TLS. */
	| 'address'
	/** The mailbox, the app or the tenant has as many as it may have. */
	| 'quota'
	/** A person's sign-in opens only what is that person's own. */
	| 'notOwn'
	/** To be told of files and list items takes the permission to write them. */
	| 'permission'
	/** The longest life is shorter in this cloud than was asked for. */
	| 'expiry';

/** Graph refused a subscription. Says what to change, and what works instead. */
export class SubscriptionError extends GraphError {
	override readonly name = 'SubscriptionError';

	constructor(
		readonly refusal: Exclude<SubscriptionRefusal, 'expiry'>,
		message: string,
		nextStep: string,
		cause: GraphError,
	) {
		const { code, status, requestId } = cause;
		super(message, { code, status, requestId, nextStep, cause });
	}
}

/** What kind of refusal an error is; `undefined` for one that isn't of subscriptions alone. */
export function refusalOf(error: unknown, resource: string): SubscriptionRefusal | undefined {
	if (error instanceof AccessDeniedError) {
		if (/quota|limit|exceed|too many/i.test(error.message)) return 'quota';
		if (isOfFiles(resource)) return 'permission';
		return isOwn(resource) ? undefined : 'notOwn';
	}
	if (!(error instanceof InvalidRequestError)) return undefined;
	const { message, code } = error;
	if (/expiration/i.test(message) && /minutes|future|maximum|greater/i.test(message)) {
		return 'expiry';
	}
	// Both texts come with the codes ValidationError and InvalidRequest.
	if (/validation request/i.test(message) || code === 'ValidationError') return 'unreachable';
	if (/quota|limit|exceed|too many/i.test(message)) return 'quota';
	return /https|notification ?url/i.test(message) ? 'address' : undefined;
}

const isOfFiles = (resource: string): boolean => /(^|\/)(drives?|lists)\//i.test(resource);

const isOwn = (resource: string): boolean => /^\/?me\//i.test(resource);

// Of activation errors n8n's list of problems shows the message alone, so it says what to do, too.
const polling = 'or use the node "Microsoft 365 Trigger", which asks Microsoft itself';

/** The error to show in place of Graph's. */
export function explainRefusal(
	error: unknown,
	{
		resource,
		url,
		isDelegated,
	}: { readonly resource: string; readonly url: string; readonly isDelegated: boolean },
): unknown {
	const refusal = refusalOf(error, resource);
	if (!(error instanceof GraphError) || refusal === undefined || refusal === 'expiry') return error;
	const explained = (message: string, nextStep: string) =>
		new SubscriptionError(refusal, message, nextStep, error);
	switch (refusal) {
		case 'unreachable':
			return explained(
				`Microsoft could not reach this trigger's address: make n8n reachable from the internet, ${polling}`,
				`Microsoft says: ${error.message} Its servers must be able to send a POST to ${url} and get an ` +
					'answer within ten seconds: by a public name with a certificate that everybody trusts, past ' +
					"the firewall, without a sign-in page before it. If that isn't n8n's public address, set " +
					'WEBHOOK_URL. Polling works behind any firewall.',
			);
		case 'address':
			return explained(
				`Microsoft sends no notifications to ${originOf(url)}: give n8n a public https address, ${polling}`,
				`Microsoft says: ${error.message} Set WEBHOOK_URL to the https address under which the internet ` +
					'reaches n8n. Polling works behind any firewall.',
			);
		case 'quota':
			return explained(
				`Microsoft grants no further subscription: deactivate triggers that aren't needed, ${polling}`,
				`Microsoft says: ${error.message} A mailbox can have 1,000 subscriptions, those of other apps ` +
					'included; apps and tenants have limits too.',
			);
		case 'permission':
			return explained(
				'Microsoft tells of changes to files and list items only where the connection may write them: ' +
					`grant Files.ReadWrite.All, for lists Sites.ReadWrite.All, ${polling}`,
				'Add the permission in the credential or, for an app, in Entra, and accept it; an admin may ' +
					'have to. To read is enough for polling.',
			);
		case 'notOwn':
			if (!isDelegated) return error;
			return explained(
				"Microsoft tells a signed-in person of changes in that person's own mailbox only: choose " +
					`"The App Itself (App-Only)" under Connect As, ${polling}`,
				"Polling works in shared mailboxes and colleagues' with the sign-in, too.",
			);
	}
}

function originOf(url: string): string {
	return URL.canParse(url) ? new URL(url).origin : url;
}
