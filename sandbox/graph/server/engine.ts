import { randomUUID } from 'node:crypto';
import { badRequest, RefusedError } from '../refused';
import {
	authenticate,
	findUser,
	requireAccess,
	requireSignedIn,
	type Authority,
} from './authorize';
import { answerBatch } from './batch';
import type {
	GraphAnswer,
	GraphCall,
	GraphService,
	IncomingCall,
	Preferences,
	SandboxContext,
} from './call';
import { contextUrl } from './contextUrl';
import { delay, type Faults } from './faults';
import type { Limits } from './limits';
import { ownerKey, Router } from './router';
import type { RequestTarget } from '../surface/surface';

export interface EngineOptions extends SandboxContext {
	readonly authority: Authority;
	readonly services: readonly GraphService[];
	readonly faults: Faults;
	readonly limits: Limits;
}

/** Answers a request of Graph; never throws. */
export type Engine = (incoming: IncomingCall) => Promise<GraphAnswer>;

/**
 * The way through: faults → version → authentication → `$batch` → surface → owner → permission →
 * limit → latency → handler. Latency lies inside the limit, so that requests can pile up.
 */
export function createEngine(options: EngineOptions): Engine {
	const router = new Router(options.services);
	const engine: Engine = async (incoming) => {
		const requestId = randomUUID();
		let answer: GraphAnswer;
		try {
			answer =
				(await options.faults.play(incoming.method, incoming.url)) ??
				(await answerCall(options, router, engine, incoming));
		} catch (error) {
			answer = errorAnswer(error, options, incoming, requestId);
		}
		const clientRequestId = incoming.headers['client-request-id'];
		return {
			...answer,
			headers: {
				'request-id': requestId,
				'client-request-id': clientRequestId ?? requestId,
				...answer.headers,
			},
		};
	};
	return engine;
}

async function answerCall(
	options: EngineOptions,
	router: Router,
	engine: Engine,
	incoming: IncomingCall,
): Promise<GraphAnswer> {
	if (!/^\/v1\.0(\/|\?|$)/.test(incoming.url)) {
		throw badRequest('Invalid version: the sandbox speaks v1.0.');
	}
	const caller = await authenticate(options.authority, incoming.headers.authorization);
	if (/^\/v1\.0\/\$batch(\?|$)/.test(incoming.url)) return await answerBatch(engine, incoming);

	const body = readJson(incoming);
	const verdict = options.surface.check({
		method: incoming.method,
		url: incoming.url,
		...(body !== undefined && { body }),
	});
	if (!verdict.ok) throw verdict.error;
	const { target } = verdict;
	const matched = router.match(incoming.method, target);
	if (matched === undefined) {
		throw new RefusedError(
			501,
			'NotImplemented',
			`The sandbox knows ${incoming.method} ${incoming.url.split('?')[0] ?? ''} from Microsoft's metadata, but doesn't model it.`,
		);
	}
	const owner = findOwner(options, target, caller);
	requireAccess(options.directory, caller, matched.route.access, owner);
	const isMailbox = owner !== undefined && !/^mailbox\/drives?(\/|$)/.test(matched.route.path);
	const leave = isMailbox ? options.limits.enter(caller.appid, owner.id) : noLimit;
	try {
		if (options.faults.latencyMs > 0) await delay(options.faults.latencyMs);
		const call: GraphCall = {
			...incoming,
			target,
			keys: matched.keys,
			body,
			caller,
			owner,
			preferences: readPreferences(incoming.headers.prefer),
			context: options,
		};
		return withContext(call, await matched.route.handle(call));
	} finally {
		leave();
	}
}

/** Four at once are a mailbox's limit; sites and drives count resource units instead. */
const noLimit = (): void => undefined;

function findOwner(
	{ directory }: EngineOptions,
	target: RequestTarget,
	caller: Parameters<typeof requireSignedIn>[1],
): GraphCall['owner'] {
	const key = ownerKey(target);
	if (key === undefined) return undefined;
	if (key === 'me') return requireSignedIn(directory, caller);
	const user = findUser(directory, key.key);
	if (user === undefined) {
		throw target.segments.length > 2
			? new RefusedError(404, 'ErrorInvalidUser', `The requested user '${key.key}' is invalid.`)
			: new RefusedError(
					404,
					'Request_ResourceNotFound',
					`Resource '${key.key}' does not exist or one of its queried reference-property objects are not present.`,
				);
	}
	return user;
}

function readJson(incoming: IncomingCall): unknown {
	if (incoming.bytes.length === 0 || !/^(POST|PATCH|PUT)$/.test(incoming.method)) return undefined;
	const contentType = incoming.headers['content-type'];
	if (contentType === undefined || contentType === '') {
		throw badRequest(
			'Write requests (excluding DELETE) must contain the Content-Type header declaration.',
		);
	}
	// A file may be JSON, of any shape.
	if (!/^application\/json\b/i.test(contentType) || /\/content(\?|$)/.test(incoming.url)) {
		return undefined;
	}
	try {
		return JSON.parse(incoming.bytes.toString('utf8')) as unknown;
	} catch {
		throw badRequest(
			'Unable to read JSON request payload. Please ensure Content-Type header is set and ' +
				'payload is of valid JSON format.',
		);
	}
}

function readPreferences(header = ''): Preferences {
	const bodyContentType = /outlook\.body-content-type\s*=\s*"?(text|html)"?/i.exec(header)?.[1];
	const maxPageSize = /odata\.maxpagesize\s*=\s*"?(\d+)"?/i.exec(header)?.[1];
	const timeZone = /outlook\.timezone\s*=\s*"([^"]+)"/i.exec(header)?.[1];
	return {
		// Microsoft documents this value as case-sensitive.
		immutableIds: /IdType\s*=\s*"ImmutableId"/.test(header),
		...(bodyContentType !== undefined && {
			bodyContentType: bodyContentType.toLowerCase() === 'text' ? 'text' : 'html',
		}),
		...(maxPageSize !== undefined && { maxPageSize: Number(maxPageSize) }),
		...(timeZone !== undefined && { timeZone }),
	};
}

function withContext(call: GraphCall, answer: GraphAnswer): GraphAnswer {
	const { json } = answer;
	if (typeof json !== 'object' || json === null || answer.status >= 300) return answer;
	return { ...answer, json: { '@odata.context': contextUrl(call), ...json } };
}

function errorAnswer(
	error: unknown,
	{ clock }: EngineOptions,
	incoming: IncomingCall,
	requestId: string,
): GraphAnswer {
	const refused =
		error instanceof RefusedError
			? error
			: new RefusedError(500, 'SandboxDefect', `The sandbox failed: ${String(error)}`);
	return {
		status: refused.status,
		headers: refused.headers,
		json: {
			error: {
				code: refused.code,
				message: refused.message,
				innerError: {
					date: new Date(clock.now()).toISOString().slice(0, 19),
					'request-id': requestId,
					'client-request-id': incoming.headers['client-request-id'] ?? requestId,
				},
			},
		},
	};
}
