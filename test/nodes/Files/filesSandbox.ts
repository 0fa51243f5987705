import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeListSearchResult,
	INodeParameters,
} from 'n8n-workflow';
import { Microsoft365Files } from '../../../nodes/Files/Microsoft365Files.node';
import { createClock, type Clock } from '../../../sandbox/clock';
import { sandboxDirectory } from '../../../sandbox/directory';
import type { DriveService } from '../../../sandbox/graph/drive/service';
import type { StoredDriveItem } from '../../../sandbox/graph/drive/types';
import type { Fault } from '../../../sandbox/graph/server/faults';
import type { RecordedRequest } from '../../../sandbox/graph/server/recorder';
import { type GraphSandbox, startGraph } from '../../../sandbox/graph/startGraph';
import { createTestToken, verifyTestToken } from '../../../sandbox/graph/testTokens';
import { startLoginServer, tokenAnswer } from '../../core/auth/loginServer';
import {
	type ListSearchOptions,
	type RunOptions,
	type RunResult,
	runNode,
	searchList,
} from '../../support/runNode';

export const ana = 'ana@contoso.example';
export const ben = 'ben@contoso.example';
export const anasDrive = 'b!sandbox-onedrive-0001';
export const bensDrive = 'b!sandbox-onedrive-0002';
export const financeDrive = 'b!sandbox-site-2-documents';
export const contractsDrive = `${financeDrive}-contracts`;
export const marketingDrive = 'b!sandbox-site-4-documents';
export const financeUrl = 'https://contoso.sharepoint.example/sites/finance';
export const team = '0a0a0a0a-0000-4000-8000-000000000001';
export const channel = '19:sandboxgeneral@thread.tacv2';

export const byPath = (value: string) => ({ __rl: true, mode: 'path', value });
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byUrl = (value: string) => ({ __rl: true, mode: 'url', value });

type Request = Pick<RecordedRequest, 'method' | 'url' | 'body'>;

const everything =
	'User.Read Files.ReadWrite.All Sites.ReadWrite.All Team.ReadBasic.All Channel.ReadBasic.All GroupMember.Read.All';

/** The node on a Graph of its own, signed in as Ana unless an app's roles are given. */
export interface FilesSandbox {
	readonly graph: GraphSandbox;
	readonly drives: DriveService;
	readonly clock: Clock;
	run(
		parameters: RunOptions['parameters'],
		options?: Partial<Omit<RunOptions, 'node' | 'parameters'>>,
	): Promise<RunResult>;
	/** As an app of these permissions. */
	runAsApp(roles: readonly string[], parameters: INodeParameters): Promise<RunResult>;
	search(
		method: string,
		options?: Partial<Pick<ListSearchOptions, 'parameters' | 'typed'>>,
	): Promise<INodeListSearchResult>;
	/** What the node has asked Graph since the last reset; addresses decoded are the tests' own to check. */
	requests(): Request[];
	recorded(): readonly RecordedRequest[];
	/** What was sent to pre-authorised addresses since the last reset. */
	uploads(): readonly RecordedRequest[];
	forget(): void;
	fault(fault: Fault): void;
	/** From now on the connection has these permissions only; until the next reset. */
	permit(scopes: string): void;
	/** Back to empty drives. @throws {Error} when a fault of the last test was never met */
	reset(): void;
	stop(): Promise<void>;
	put(path: string, content?: string | Buffer, driveId?: string): StoredDriveItem;
	folder(path: string, driveId?: string): StoredDriveItem;
	/** Names from the top of everything in a drive. */
	paths(driveId?: string): string[];
	text(path: string, driveId?: string): Promise<string>;
}

export async function startFilesSandbox(): Promise<FilesSandbox> {
	const clock = createClock();
	const graph = await startGraph({
		cloud: 'global',
		clock,
		directory: sandboxDirectory,
		verifyToken: verifyTestToken,
	});
	const { drives } = graph.state;
	const node = new Microsoft365Files();
	const [app] = sandboxDirectory.apps;
	let scopes = everything;
	const credential = (): ICredentialDataDecryptedObject => ({
		environment: 'custom',
		customGraphUrl: graph.url,
		customLoginUrl: 'http://127.0.0.1:9',
		tenantId: sandboxDirectory.tenantId,
		clientId: app?.clientId ?? '',
		clientSecret: app?.clientSecret ?? '',
		oauthTokenData: { access_token: createTestToken({ upn: ana, scopes, clock }) },
	});
	let forgotten = 0;
	let forgottenUploads = 0;
	const recorded = () => graph.recorded().slice(forgotten);
	return {
		graph,
		drives,
		clock,
		run: async (parameters, options = {}) =>
			await runNode({ node, credential: credential(), parameters, ...options }),
		runAsApp: async (roles, parameters) => {
			const login = await startLoginServer();
			try {
				login.answer(tokenAnswer(createTestToken({ roles, clock })));
				return await runNode({
					node,
					credential: {
						...credential(),
						customLoginUrl: login.origin,
						// Tokens are kept by the secret, too.
						clientSecret: randomUUID(),
					},
					parameters: { ...parameters, authentication: 'application' },
				});
			} finally {
				// A parameter may be refused before a token is asked for.
				await login.close().catch(() => undefined);
			}
		},
		search: async (method, options = {}) =>
			await searchList({ node, credential: credential(), method, parameters: {}, ...options }),
		requests: () =>
			recorded().map(({ method, url, body }) => ({
				method,
				url,
				...(body !== undefined && { body }),
			})),
		recorded,
		uploads: () => graph.uploads().slice(forgottenUploads),
		forget: () => {
			forgotten = graph.recorded().length;
		},
		fault: (fault) => graph.faults.add(fault),
		permit: (permissions) => {
			scopes = permissions;
		},
		reset: () => {
			scopes = everything;
			graph.state.reset();
			forgotten = 0;
			forgottenUploads = graph.uploads().length;
		},
		stop: async () => await graph.close(),
		put: (path, content = 'content', driveId = anasDrive) =>
			drives.put(driveId, path, Buffer.from(content), ana, mimeTypeOf(path)),
		folder: (path, driveId = anasDrive) => {
			const drive = drives.driveById(driveId);
			return drive.ensureFolder(drive.root, path.split('/'), ana);
		},
		paths: (driveId = anasDrive) => {
			const drive = drives.driveById(driveId);
			return drive
				.descendants(drive.root)
				.map((item) => drive.pathOf(item).join('/'))
				.sort();
		},
		text: async (path, driveId = anasDrive) => {
			const drive = drives.driveById(driveId);
			const content = drive.byPath(drive.root, path).versions.at(-1)?.content;
			if (!content) throw new Error(`${path} has no content`);
			if (content.size === 0) return '';
			return (await buffer(drive.content.stream(content, 0, content.size - 1))).toString('utf8');
		},
	};
}

const mimeTypes: Readonly<Record<string, string>> = {
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	pdf: 'application/pdf',
	html: 'text/html',
	png: 'image/png',
	bin: 'application/octet-stream',
};

const mimeTypeOf = (path: string): string =>
	mimeTypes[path.split('.').at(-1) ?? ''] ?? 'text/plain';

/** A text of an output item. */
export const textAt = (json: IDataObject | undefined, name: string): string => {
	const value = json?.[name];
	if (typeof value === 'string') return value;
	throw new TypeError(`The output has no text ${name}`);
};
