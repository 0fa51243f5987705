import type { INodeParameters } from 'n8n-workflow';
import { covers, permissionNames } from '../../core/permissions';
import { type CatalogEntry, catalog, type Service } from '../../nodes/catalog';
import type { OperationRow } from '../../nodes/Graph/check/operationRows';
import type { RunResult } from '../support/runNode';
import { startCalendarSandbox } from './Calendar/calendarSandbox';
import * as calendar from './Calendar/minimal';
import { startFilesSandbox } from './Files/filesSandbox';
import * as files from './Files/minimal';
import { everything, type NodeSandbox, startNodeSandbox } from './Graph/graphSandbox';
import * as graph from './Graph/minimal';
import { startMailSandbox } from './Mail/mailSandbox';
import * as mail from './Mail/minimal';
import * as sharePoint from './SharePoint/minimal';
import { startSharePointSandbox } from './SharePoint/sharePointSandbox';

/** Runs an operation of one node, with the least parameters and just these permissions. */
type Run = (key: string, scopes: readonly string[]) => Promise<RunResult>;

// Each permission is tried with all operations that it concerns.
jest.setTimeout(60_000);

const stops: Array<() => Promise<void>> = [];
const runs = {} as Record<Service, Run>;
let node: NodeSandbox;

beforeAll(async () => {
	const [mailbox, calendars, drives, sites, directory] = await Promise.all([
		startMailSandbox(),
		startCalendarSandbox(),
		startFilesSandbox(),
		startSharePointSandbox(),
		startNodeSandbox(),
	]);
	stops.push(mailbox.stop, calendars.stop, drives.stop, sites.stop, directory.stop);
	node = directory;
	runs.mail = async (key, scopes) => {
		mailbox.reset();
		const parameters = await mail.prepare(mailbox, key);
		mailbox.permit(scopes.join(' '));
		return await mailbox.run(parameters, { items: [mail.item] });
	};
	runs.calendar = async (key, scopes) => {
		calendars.reset();
		const parameters = await calendar.prepare(calendars, key);
		calendars.permit(scopes.join(' '));
		return await calendars.run(parameters(0), { items: calendar.items(1) });
	};
	runs.files = async (key, scopes) => {
		drives.reset();
		const parameters = files.prepare(drives, key);
		drives.permit(scopes.join(' '));
		return await drives.run(parameters, { items: [{ files: files.files }] });
	};
	runs.sharePoint = async (key, scopes) => {
		sites.reset();
		const minimal = sharePoint.cases[key]?.(sites);
		sites.permit(scopes.join(' '));
		return await sites.run({ ...placeOf(key), ...minimal });
	};
	runs.graph = async (key, scopes) => {
		directory.reset();
		directory.permit(scopes);
		return await directory.run({ ...placeOf(key), ...graph.cases[key] });
	};
});

afterAll(async () => {
	for (const stop of stops) await stop();
});

function placeOf(key: string): INodeParameters {
	const [resource = '', operation = ''] = key.split('/');
	return { resource, operation };
}

const keyOf = ({ id }: CatalogEntry): string => id.slice(id.indexOf('/') + 1);

/** What asks a reviewer waits instead of answering, and has tests of its own. */
const answering = catalog.filter(({ operation }) => operation.review === undefined);

async function failureOf(running: Promise<RunResult>): Promise<string | undefined> {
	return await running.then(
		() => undefined,
		(error: { message: string; description?: string }) =>
			`${error.message} ${error.description ?? ''}`,
	);
}

/** The table that Connection > Check makes for a person with these permissions, by operation. */
async function checked(scopes: readonly string[]): Promise<Map<string, OperationRow>> {
	node.reset();
	node.permit(scopes);
	const { json } = await node.run({
		resource: 'connection',
		operation: 'check',
		output: 'operations',
	});
	const rows = json as unknown as OperationRow[];
	return new Map(rows.map((row) => [`${row.node}/${row.resource}/${row.operation}`, row]));
}

const rowOf = (rows: ReadonlyMap<string, OperationRow>, entry: CatalogEntry) =>
	rows.get(`${entry.node}/${entry.resource}/${entry.operation.name}`);

it('checks every operation', async () => {
	const rows = await checked(everything);
	expect(rows.size).toBe(catalog.length);
	for (const [key, { allowed, missing }] of rows) {
		expect([key, allowed, missing]).toEqual([key, true, '']);
	}
});

describe.each(answering.map((entry) => [entry.id, entry] as const))('%s', (_id, entry) => {
	const needed = permissionNames(entry.operation.permissions.delegated ?? '');
	const run = async (scopes: readonly string[]) =>
		await failureOf(runs[entry.service](keyOf(entry), scopes));

	it('runs with just the permissions that it names, and the check allows it', async () => {
		expect(await run(needed)).toBeUndefined();
		expect(rowOf(await checked(needed), entry)).toMatchObject({ allowed: true, missing: '' });
	});

	it.each(needed)('fails without %s, and both error and check name just that', async (lacking) => {
		const rest = [...everything, ...needed].filter((name) => !covers(name, lacking, 'delegated'));
		const failure = await run(rest);
		expect(failure).toContain(`needs the permission ${lacking}.`);
		expect(rowOf(await checked(rest), entry)).toMatchObject({ allowed: false, missing: lacking });
	});
});

describe('a person who lacks one permission', () => {
	it.each(everything)('%s: the check names exactly the operations that fail', async (lacking) => {
		const scopes = everything.filter((name) => name !== lacking);
		const rows = await checked(scopes);
		const concerned = answering.filter(({ operation }) =>
			permissionNames(operation.permissions.delegated ?? '').some((name) =>
				covers(lacking, name, 'delegated'),
			),
		);
		const failing: string[] = [];
		for (const entry of concerned) {
			const failure = await failureOf(runs[entry.service](keyOf(entry), scopes));
			if (failure === undefined) continue;
			failing.push(entry.id);
			expect(failure).toContain(`needs the permission ${rowOf(rows, entry)?.missing ?? '?'}.`);
		}
		const refused = answering.filter((entry) => rowOf(rows, entry)?.allowed === false);
		expect(refused.map(({ id }) => id)).toEqual(failing);
	});
});
