import type { ICredentialDataDecryptedObject, INodeListSearchResult } from 'n8n-workflow';
import type { SandboxCloud } from '../../../sandbox/graph/surface/load';
import { Microsoft365Calendar } from '../../../nodes/Calendar/Microsoft365Calendar.node';
import { type Clock, createClock } from '../../../sandbox/clock';
import { sandboxDirectory } from '../../../sandbox/directory';
import type { Fault } from '../../../sandbox/graph/server/faults';
import type { RecordedRequest } from '../../../sandbox/graph/server/recorder';
import { startGraph } from '../../../sandbox/graph/startGraph';
import { createTestToken, verifyTestToken } from '../../../sandbox/graph/testTokens';
import {
	type ListSearchOptions,
	type RunOptions,
	type RunResult,
	runNode,
	searchList,
} from '../../support/runNode';

export const ana = 'ana@contoso.example';
export const ben = 'ben@contoso.example';
export const chloe = 'chloe@contoso.example';
export const support = 'support@contoso.example';

const everything = [
	'Calendars.ReadWrite',
	'Calendars.ReadWrite.Shared',
	'Calendars.Read.Shared',
	'Mail.ReadWrite',
	'Mail.ReadWrite.Shared',
	'Group.ReadWrite.All',
	'Place.Read.All',
	'User.Read',
].join(' ');

type Request = Pick<RecordedRequest, 'method' | 'url' | 'body'>;

/** Loosely typed on purpose: tests say what they expect. */
export interface Json {
	readonly [name: string]: Json;
	readonly [index: number]: Json;
}

/** The node on a Graph of its own, signed in as Ana, with full access to the shared mailbox. */
export interface CalendarSandbox {
	readonly url: string;
	readonly clock: Clock;
	run(
		parameters: RunOptions['parameters'],
		options?: Partial<Omit<RunOptions, 'node' | 'parameters'>>,
	): Promise<RunResult>;
	search(
		method: string,
		options: Partial<Pick<ListSearchOptions, 'parameters' | 'typed' | 'paginationToken'>>,
	): Promise<INodeListSearchResult>;
	/** What the node has asked Graph since the last reset or `forget`; `$batch` as it is. */
	requests(): Request[];
	recorded(): readonly RecordedRequest[];
	uploads(): readonly RecordedRequest[];
	forget(): void;
	fault(fault: Fault): void;
	/** From now on the connection has these permissions only; until the next reset. */
	permit(scopes: string): void;
	/** Empties everything. @throws {Error} when a fault of the last test was never met */
	reset(): void;
	stop(): Promise<void>;
	/** Asks Graph as somebody else would; not among the requests. @throws {Error} for a refusal */
	as(
		person: string,
		method: string,
		path: string,
		body?: unknown,
		headers?: Record<string, string>,
	): Promise<Json>;
	/** An event of Ana's calendar, on 2 March 2026 from 9 to 10 in Berlin unless it says otherwise. */
	event(
		properties?: Record<string, unknown>,
		organizer?: string,
	): Promise<Json & { readonly id: string }>;
	token(person: string): string;
}

/** A value that has to be text, e.g. an id. */
export function asText(value: unknown): string {
	if (typeof value !== 'string') throw new TypeError(`Not text: ${JSON.stringify(value)}`);
	return value;
}

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });

export const at = (dateTime: string, timeZone = 'Europe/Berlin') => ({ dateTime, timeZone });

export async function startCalendarSandbox(
	cloud: SandboxCloud = 'global',
): Promise<CalendarSandbox> {
	const clock = createClock();
	const graph = await startGraph({
		cloud,
		clock,
		directory: sandboxDirectory,
		verifyToken: verifyTestToken,
	});
	const node = new Microsoft365Calendar();
	const [app] = sandboxDirectory.apps;
	let scopes = everything;
	const token = (upn: string) => createTestToken({ upn, scopes: everything, clock });
	const credential = (): ICredentialDataDecryptedObject => ({
		environment: 'custom',
		customGraphUrl: graph.url,
		customLoginUrl: 'http://127.0.0.1:9',
		tenantId: sandboxDirectory.tenantId,
		clientId: app?.clientId ?? '',
		clientSecret: app?.clientSecret ?? '',
		oauthTokenData: { access_token: createTestToken({ upn: ana, scopes, clock }) },
	});
	let hidden = new Set<RecordedRequest>();
	const recorded = () => graph.recorded().filter((request) => !hidden.has(request));
	const as: CalendarSandbox['as'] = async (person, method, path, body, headers = {}) => {
		const before = new Set(graph.recorded());
		const response = await fetch(`${graph.url}/v1.0${path}`, {
			method,
			headers: {
				authorization: `Bearer ${token(person)}`,
				...(body !== undefined && { 'content-type': 'application/json' }),
				...headers,
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		for (const request of graph.recorded()) if (!before.has(request)) hidden.add(request);
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return (text === '' ? {} : JSON.parse(text)) as Json;
	};
	return {
		url: graph.url,
		clock,
		token,
		run: async (parameters, options = {}) =>
			await runNode({ node, credential: credential(), parameters, ...options }),
		search: async (method, options) =>
			await searchList({ node, credential: credential(), method, parameters: {}, ...options }),
		requests: () =>
			recorded().map(({ method, url, body }) => ({
				method,
				url,
				...(body !== undefined && { body }),
			})),
		recorded,
		uploads: () => graph.uploads(),
		forget: () => {
			hidden = new Set(graph.recorded());
		},
		fault: (fault) => graph.faults.add(fault),
		permit: (permissions) => {
			scopes = permissions;
		},
		reset: () => {
			scopes = everything;
			graph.state.reset();
			hidden = new Set();
		},
		stop: async () => await graph.close(),
		as,
		event: async (properties = {}, organizer = ana) =>
			(await as(organizer, 'POST', '/me/events', {
				subject: 'Planning',
				start: at('2026-03-02T09:00:00'),
				end: at('2026-03-02T10:00:00'),
				...properties,
			})) as Json & { readonly id: string },
	};
}

export const person = (address: string, type = 'required') => ({ type, emailAddress: { address } });

/** Every Monday at 9 in Berlin, ten times from 2 March 2026. */
export const mondays = {
	pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'monday' },
	range: {
		type: 'numbered',
		startDate: '2026-03-02',
		numberOfOccurrences: 10,
		recurrenceTimeZone: 'Europe/Berlin',
	},
};

/** The occurrences of a series of Ana's, in order. */
export async function occurrencesOf(
	sandbox: CalendarSandbox,
	seriesId: string,
): Promise<Array<Json & { readonly id: string }>> {
	const { value } = (await sandbox.as(
		ana,
		'GET',
		`/me/events/${seriesId}/instances?startDateTime=2026-01-01T00:00:00Z&endDateTime=2027-12-31T00:00:00Z&$top=100`,
		undefined,
		{ prefer: 'outlook.timezone="Europe/Berlin"' },
	)) as unknown as { value: Array<Json & { readonly id: string }> };
	return value;
}
