import type { IHttpRequestOptions, IWebhookFunctions } from 'n8n-workflow';
import { isSameSecret, type Notification } from '../../../core/changes/notifications';

/** What n8n's processes say to one another through the trigger's own webhook. */
export type OwnMessage =
	/** Who are you? */
	| { readonly ask: 'who' }
	/** Answer when there are notifications. */
	| { readonly ask: 'wait' }
	/** These came to me, and I don't know the trigger. */
	| { readonly ask: 'pass'; readonly notifications: readonly Notification[] }
	/** Run the workflow for a test. */
	| { readonly ask: 'test' };

export interface OwnAnswer {
	readonly processId?: string;
	readonly notifications?: readonly Notification[];
	readonly isPassed?: boolean;
}

/** How long a process holds a `wait`; proxies give up after a minute. */
export const maxHoldMs = 25_000;

/** The message, if the body is one that knows the secret. */
export function readOwnMessage(body: unknown, secret: string): OwnMessage | undefined {
	const { microsoft365 } = (body ?? {}) as { microsoft365?: { secret?: unknown } & OwnMessage };
	if (typeof microsoft365 !== 'object' || typeof microsoft365.secret !== 'string') return undefined;
	return isSameSecret(microsoft365.secret, secret) ? microsoft365 : undefined;
}

export type Post = (message: OwnMessage, signal?: AbortSignal) => Promise<OwnAnswer>;

/** Speaks to whichever process serves the webhook. @throws what n8n's HTTP helper throws */
export function ownPost(
	{ helpers }: { readonly helpers: Pick<IWebhookFunctions['helpers'], 'httpRequest'> },
	url: string,
	secret: string,
): Post {
	return async (message, signal) => {
		const request: IHttpRequestOptions = {
			method: 'POST',
			url,
			body: { microsoft365: { secret, ...message } },
			json: true,
			timeout: maxHoldMs + 5_000,
			...(signal && { abortSignal: signal }),
		};
		const answer: unknown = await helpers.httpRequest(request);
		return typeof answer === 'object' && answer !== null ? answer : {};
	};
}
