import type { TokenProvider } from '../auth/TokenProvider';
import type { CloudProfile } from '../clouds';
import { authorize } from '../http/authorize';
import { axiosSend } from '../http/axiosSend';
import { type Clock, systemClock } from '../http/clock';
import { compose } from '../http/compose';
import { retry, type RetryOptions } from '../http/retry';
import { RETRY_LIMITS, type RetryLimits } from '../http/retryTiming';
import { throttle, type ThrottleRegistry } from '../http/throttle';
import { timeout } from '../http/timeout';
import type { HttpRequest, HttpResponse, Send } from '../http/types';
import {
	REQUEST_TIMEOUT_MS,
	type RequestDefaults,
	type RequestOverrides,
	toHttpRequest,
} from './requests';
import { concurrencyOf } from './throttleKeys';
import { toGraphError } from './toGraphError';
import { type Logger, titleOf, trace } from './trace';
import type { GraphRequest } from './types';

export interface ChannelOptions {
	readonly cloud: CloudProfile;
	readonly tokens: TokenProvider;
	/** Shared by all clients of the process. */
	readonly throttle: ThrottleRegistry;
	/** App and tenant: Graph's limits hold for these. */
	readonly throttleScope: string;
	/** Whom `/me` is, for the throttle. Default: one for all, which is slower than need be but never too fast. */
	readonly me?: string;
	readonly logger?: Logger;
	/** Ends everything that the client is doing. */
	readonly signal?: AbortSignal;
	readonly userAgent?: string;
	readonly timeoutMs?: number;
	readonly retryLimits?: RetryLimits;
	readonly clock?: Clock;
	/** In [0, 1); for the backoff. */
	readonly random?: () => number;
	/** What reaches the wire. Default: axios. */
	readonly send?: Send;
}

/** What pages, batch, upload and download stand on. */
export interface Channel {
	readonly graphOrigin: string;
	readonly clock: Clock;
	readonly random: () => number;
	readonly retryLimits: RetryLimits;
	readonly signal: AbortSignal | undefined;
	/** To Graph, through the whole chain. Answers of 400 and above are answers. */
	send: Send;
	/** To a pre-authorised address, without the token. One attempt. */
	sendBare: Send;
	/** The same, repeated like any other request. */
	sendBareWithRetry: Send;
	toHttpRequest(request: GraphRequest, overrides?: RequestOverrides): HttpRequest;
	/** Tells the throttle of an inner answer that it could not see. */
	backOff(throttleKey: string, delayMs: number): void;
	errorFor(response: HttpResponse, repeatable: boolean): Error;
}

const SILENT: Logger = { debug: () => undefined, warn: () => undefined };

export function createChannel(options: ChannelOptions): Channel {
	const { cloud, tokens, throttleScope, send = axiosSend } = options;
	const { clock = systemClock, random = Math.random, logger = SILENT } = options;
	const retryLimits = options.retryLimits ?? RETRY_LIMITS;
	const graphOrigin = new URL(cloud.graphOrigin).origin;
	const defaults: RequestDefaults = {
		graphOrigin,
		me: options.me ?? 'me',
		userAgent: options.userAgent ?? 'n8n-nodes-microsoft365',
		timeoutMs: options.timeoutMs ?? REQUEST_TIMEOUT_MS,
		signal: options.signal,
	};
	const retryOptions: RetryOptions = {
		clock,
		random,
		limits: retryLimits,
		onRetry: (request, reason, delayMs) =>
			logger.warn(`${titleOf(request)}: ${reason}, again in ${delayMs} ms`),
	};
	// The order matters. Trace sees one request, however often it is sent. Retry is outside the
	// throttle, so that a request that waits takes no slot, and outside authorize, so that an attempt
	// after a long wait gets a live token. Timeout bounds one attempt, without its time in the queue.
	const chain = compose(
		[
			trace(logger, () => clock.now()),
			retry(retryOptions),
			throttle({ registry: options.throttle, scope: throttleScope, limitOf: concurrencyOf, clock }),
			authorize(tokens, graphOrigin),
			timeout,
		],
		send,
	);
	return {
		graphOrigin,
		clock,
		random,
		retryLimits,
		signal: options.signal,
		send: chain,
		sendBare: compose([timeout], send),
		sendBareWithRetry: compose([retry(retryOptions), timeout], send),
		toHttpRequest: (request, overrides) => toHttpRequest(request, defaults, overrides),
		backOff: (throttleKey, delayMs) =>
			options.throttle.backOff(
				`${throttleScope} ${throttleKey}`,
				concurrencyOf(throttleKey),
				delayMs,
			),
		errorFor: (response, repeatable) => toGraphError(response, { repeatable, nowMs: clock.now() }),
	};
}
