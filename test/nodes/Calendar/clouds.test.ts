import { assertAvailable, UnavailableInCloudError } from '../../../core/availability';
import { clouds, type CloudProfile } from '../../../core/clouds';
import { createGraphClient } from '../../../core/graph/createGraphClient';
import type { TokenProvider } from '../../../core/auth/TokenProvider';
import { createThrottleRegistry } from '../../../core/http/throttle';
import type { BinaryAccess } from '../../../nodes/kit/binary';
import type { ConnectionFacts } from '../../../nodes/kit/connectionFacts';
import { Lookup } from '../../../nodes/kit/field';
import type { ExecuteInput, Operation, OutputItem } from '../../../nodes/kit/operation';
import { findOperation } from '../../../nodes/kit/resource';
import { resources } from '../../../nodes/Calendar/resources';
import type { SandboxCloud } from '../../../sandbox/graph/surface/load';
import { createTestToken } from '../../../sandbox/graph/testTokens';
import { describeWithMetadata } from '../../sandbox/graph/wire';
import {
	type CalendarSandbox,
	ana,
	at,
	ben,
	byId,
	person,
	startCalendarSandbox,
} from './calendarSandbox';

const noBinary: BinaryAccess = {
	sources: () => Promise.reject(new Error('no binary data')),
	store: () => Promise.reject(new Error('no binary data')),
};

const noConnection: ConnectionFacts = {
	kind: 'delegated',
	tenantId: 'tenant',
	clientId: 'client',
	scopes: '',
	redirectUri: 'http://127.0.0.1/callback',
	proof: { kind: 'secret', hint: '' },
	claims: () => Promise.resolve(undefined),
};

interface Runs {
	readonly cloud: CloudProfile;
	readonly identity?: TokenProvider['kind'];
}

/** One item through an operation, in a cloud that a test's credential can't name. */
async function runIn(
	sandbox: CalendarSandbox,
	{ cloud, identity = 'delegated' }: Runs,
	[resource, operation]: readonly [string, string],
	raw: Record<string, unknown>,
): Promise<{ json: unknown[]; notes: string[] }> {
	const token =
		identity === 'delegated'
			? sandbox.token(ana)
			: createTestToken({ roles: ['Calendars.ReadWrite'], clock: sandbox.clock });
	const graph = createGraphClient({
		cloud: { ...cloud, graphOrigin: sandbox.url },
		tokens: {
			kind: identity,
			getToken: () => Promise.resolve(token),
			renew: () => Promise.resolve(token),
		},
		throttle: createThrottleRegistry(),
		throttleScope: 'test',
	});
	const definition: Operation = findOperation(resources, resource, operation);
	if (definition.needs) assertAvailable(definition.needs, graph.cloud);
	const params: Record<string, unknown> = {};
	for (const field of definition.properties) {
		const value = field.read(raw[field.name] ?? field.property.default, {
			timezone: 'Europe/Berlin',
			identity,
			params,
		});
		params[field.name] = value instanceof Lookup ? await value.find(graph) : value;
	}
	const notes: string[] = [];
	const input: ExecuteInput<unknown> = {
		params,
		cloud: graph.cloud,
		identity,
		timezone: 'Europe/Berlin',
		itemKey: () => 'item',
		graph,
		connection: noConnection,
		binary: noBinary,
		note: (text) => notes.push(text),
		log: () => undefined,
	};
	const request = definition.request?.(input as never);
	if (request) return { json: [await graph.request(request)], notes };
	const output = await definition.execute?.(input as never);
	const items: OutputItem[] = [];
	for await (const page of Symbol.asyncIterator in (output ?? [])
		? (output as AsyncIterable<OutputItem[]>)
		: [output as OutputItem[]]) {
		items.push(...page);
	}
	return { json: items.map(({ json }) => json), notes };
}

const find = {
	people: ben,
	from: '2026-03-02T08:00:00',
	until: '2026-03-02T18:00:00',
	durationMinutes: 60,
	options: { maxCandidates: 2, minimumPercentage: 100 },
};

async function startIn(cloud: SandboxCloud, test: (sandbox: CalendarSandbox) => Promise<void>) {
	const sandbox = await startCalendarSandbox(cloud);
	try {
		await test(sandbox);
	} finally {
		await sandbox.stop();
	}
}

describeWithMetadata('what a cloud lacks', () => {
	it('China: meeting times are answered from the schedules, and the output says so', async () => {
		await startIn('china', async (sandbox) => {
			await sandbox.event({ attendees: [person(ben)] });
			const { json, notes } = await runIn(
				sandbox,
				{ cloud: clouds.china },
				['availability', 'findMeetingTimes'],
				find,
			);
			expect(sandbox.requests().map(({ method, url }) => `${method} ${url}`)).toEqual([
				'GET /v1.0/me?$select=mail%2CuserPrincipalName',
				'POST /v1.0/me/calendar/getSchedule',
			]);
			expect(sandbox.requests()[1]?.body).toMatchObject({ schedules: [ana, ben] });
			expect(json).toMatchObject([
				{
					start: '2026-03-02T10:00:00+01:00',
					end: '2026-03-02T11:00:00+01:00',
					confidence: 100,
					organizerAvailability: 'free',
					attendees: [{ address: ben, availability: 'free' }],
					answeredFrom: 'getSchedule',
				},
				{ start: '2026-03-02T10:30:00+01:00' },
			]);
			expect(notes).toEqual([
				'There is no findMeetingTimes in China (21Vianet): the answer was made here from getSchedule.',
			]);
		});
	});

	it('US Government: nothing is forwarded, and the error says what to do instead', async () => {
		await startIn('usGovL4', async (sandbox) => {
			const forwarding = runIn(sandbox, { cloud: clouds.usGovL4 }, ['event', 'forward'], {
				event: byId('AAMkx'),
				to: ben,
			});
			await expect(forwarding).rejects.toThrow(UnavailableInCloudError);
			await expect(forwarding).rejects.toMatchObject({
				message: "Forwarding an event isn't available in US Government L4 (GCC High)",
				nextStep: expect.stringContaining('Add Attendees') as string,
			});
			expect(sandbox.requests()).toEqual([]);
		});
	});

	it('US Government: meeting times are asked for by its own metadata', async () => {
		await startIn('usGovL4', async (sandbox) => {
			const where = ['availability', 'findMeetingTimes'] as const;
			const { json } = await runIn(sandbox, { cloud: clouds.usGovL4 }, where, find);
			expect(sandbox.recorded().map(({ status, url }) => [status, url])).toEqual([
				[200, '/v1.0/me/findMeetingTimes'],
			]);
			expect(json).toHaveLength(2);
		});
	});

	it.each(['usGovL4', 'china'] as const)('%s: no other time is proposed', async (name) => {
		await startIn(name, async (sandbox) => {
			const responding = runIn(sandbox, { cloud: clouds[name] }, ['event', 'respond'], {
				event: byId('AAMkx'),
				response: 'decline',
				proposedStart: '2026-03-03T14:00',
				proposedEnd: '2026-03-03T15:00',
			});
			await expect(responding).rejects.toThrow("Proposing a new time isn't available in");
			expect(sandbox.requests()).toEqual([]);
		});
	});

	it.each(['usGovL4', 'usGovL5', 'china'] as const)(
		'%s: what the forms can say of an event is within the metadata',
		async (name) => {
			await startIn(name, async (sandbox) => {
				const { json } = await runIn(sandbox, { cloud: clouds[name] }, ['event', 'create'], {
					subject: 'Planning',
					start: '2026-03-02T09:00',
					requiredAttendees: ben,
					repeat: 'weekly',
					options: {
						rooms: 'room1@contoso.example',
						body: 'Hi',
						categories: 'Travel',
						hideAttendees: true,
						isOnlineMeeting: true,
						allowNewTimeProposals: false,
						responseRequested: false,
						sensitivity: 'private',
						showAs: 'oof',
						importance: 'low',
						reminderMinutes: 5,
						locations: { rows: [{ name: 'Lisbon', url: 'https://example.com' }] },
					},
				});
				const { id } = json[0] as { id: string };
				await runIn(sandbox, { cloud: clouds[name] }, ['event', 'get'], { event: byId(id) });
				await runIn(sandbox, { cloud: clouds[name] }, ['event', 'getView'], find);
				await runIn(sandbox, { cloud: clouds[name] }, ['room', 'getAll'], {});
				await runIn(sandbox, { cloud: clouds[name] }, ['calendar', 'getAll'], { source: 'group' });
				expect(sandbox.recorded().map(({ status }) => status)).toEqual([
					201, 200, 200, 200, 200, 200,
				]);
			});
		},
	);
});

describe('the app itself', () => {
	it('works in any mailbox, and answers meeting times from the schedules', async () => {
		await startIn('global', async (sandbox) => {
			const app = { cloud: clouds.global, identity: 'application' } as const;
			await runIn(sandbox, app, ['event', 'create'], {
				mailbox: ben,
				subject: 'Booked',
				start: '2026-03-02T09:00',
			});
			const { json, notes } = await runIn(sandbox, app, ['availability', 'findMeetingTimes'], {
				...find,
				mailbox: ana,
			});
			expect(
				sandbox.requests().map(({ method, url }) => `${method} ${decodeURIComponent(url)}`),
			).toEqual([`POST /v1.0/users/${ben}/events`, `POST /v1.0/users/${ana}/calendar/getSchedule`]);
			expect(sandbox.requests()[0]?.body).toMatchObject({ start: at('2026-03-02T09:00:00') });
			expect(json[0]).toMatchObject({
				start: '2026-03-02T09:30:00+01:00',
				answeredFrom: 'getSchedule',
			});
			expect(notes[0]).toContain('There is no findMeetingTimes for apps');
		});
	});

	it.each([
		[{}, 'Mailbox: is empty, but the app has no mailbox of its own'],
		[
			{ mailbox: ana, calendar: { mode: 'group', value: 'marketing@contoso.example' } },
			'Calendar: Microsoft opens the calendars of groups to signed-in people only',
		],
	])('refuses %p', async (parameters, message) => {
		await startIn('global', async (sandbox) => {
			const app = { cloud: clouds.global, identity: 'application' } as const;
			await expect(runIn(sandbox, app, ['event', 'getAll'], parameters)).rejects.toThrow(message);
			expect(sandbox.requests()).toEqual([]);
		});
	});
});
