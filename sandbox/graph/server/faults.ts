import type { Clock } from '../../clock';
import type { GraphAnswer } from './call';

/** A prepared misbehaviour; the first that matches is taken. */
export interface Fault {
	/** `METHOD path-regex`, e.g. `GET /v1.0/me/messages`; `*` for any method. Tried on path and query. */
	readonly match: string;
	/** Without one, and without `dropConnection`, the request is only delayed. */
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string>>;
	/** JSON, or text sent as it is. Default: Graph's error body for the status. */
	readonly body?: unknown;
	/** Default: until cleared. */
	readonly times?: number;
	/** Only each so-many-th request that matches, e.g. 10 for a tenth of them. */
	readonly every?: number;
	readonly delayMs?: number;
	readonly dropConnection?: boolean;
}

const defaultCodes: Readonly<Record<number, readonly [code: string, message: string]>> = {
	401: ['InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.'],
	403: ['ErrorAccessDenied', 'Access is denied. Check credentials and try again.'],
	404: ['ErrorItemNotFound', 'The specified object was not found in the store.'],
	410: ['syncStateNotFound', 'The sync state generation is not found.'],
	412: ['ErrorIrresolvableConflict', 'The send or update operation could not be performed.'],
	429: ['ApplicationThrottled', 'Application is over its MailboxConcurrency limit.'],
	500: ['ErrorInternalServerError', 'An internal server error occurred.'],
	502: ['BadGateway', 'Bad gateway.'],
	503: ['ServiceUnavailable', 'The service is unavailable.'],
	504: ['GatewayTimeout', 'Gateway timeout.'],
};

interface Script {
	readonly fault: Fault;
	readonly method: string;
	readonly path: RegExp;
	left: number;
	matched: number;
}

export class Faults {
	#scripts: Script[] = [];
	/** How long each request of Graph takes, on top of the work itself. */
	latencyMs = 0;

	constructor(readonly clock: Clock) {}

	/** @throws {SyntaxError} if the match isn't a regular expression. */
	add(fault: Fault): void {
		const [, method = '*', path = ''] = /^\s*([A-Za-z*]+)\s+(.+)$/.exec(fault.match) ?? [];
		if (path === '') throw new SyntaxError(`"${fault.match}" isn't "METHOD path-regex"`);
		this.#scripts.push({
			fault,
			method: method.toUpperCase(),
			path: new RegExp(path),
			left: fault.times ?? Number.POSITIVE_INFINITY,
			matched: 0,
		});
	}

	clear(): void {
		this.#scripts = [];
		this.latencyMs = 0;
	}

	/** The faults that still have a turn. */
	get pending(): readonly Fault[] {
		return this.#scripts.filter(({ left }) => left > 0).map(({ fault }) => fault);
	}

	/** Plays the matching fault, waiting as it says; `undefined` if the request goes on. */
	async play(method: string, url: string): Promise<GraphAnswer | undefined> {
		const script = this.#scripts.find(
			(each) =>
				each.left > 0 &&
				(each.method === '*' || each.method === method) &&
				each.path.test(url) &&
				++each.matched % (each.fault.every ?? 1) === 0,
		);
		if (script === undefined) return undefined;
		script.left -= 1;
		const { fault } = script;
		if (fault.delayMs !== undefined) await delay(fault.delayMs);
		if (fault.dropConnection === true) return { status: fault.status ?? 504, drop: true };
		if (fault.status === undefined) return undefined;
		const headers = { ...fault.headers };
		if (typeof fault.body === 'string') {
			const contentType = Object.keys(headers).some((name) => /^content-type$/i.test(name));
			if (!contentType) headers['Content-Type'] = 'application/json';
			return { status: fault.status, headers, bytes: Buffer.from(fault.body) };
		}
		return { status: fault.status, headers, json: fault.body ?? defaultBody(fault.status) };
	}
}

function defaultBody(status: number): unknown {
	if (status < 400) return undefined;
	const [code, message] = defaultCodes[status] ?? ['UnknownError', 'Something went wrong.'];
	return { error: { code, message } };
}

export function delay(ms: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, ms);
	});
}
