import type { ICredentialDataDecryptedObject, INodeListSearchResult } from 'n8n-workflow';
import { permissionPresets, presetScopes } from '../../../core/scopes';
import { Microsoft365Mail } from '../../../nodes/Mail/Microsoft365Mail.node';
import { createClock } from '../../../sandbox/clock';
import { sandboxDirectory } from '../../../sandbox/directory';
import type { DeliverRequest } from '../../../sandbox/graph/deliver/mail';
import { createDraft } from '../../../sandbox/graph/mail/draft';
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

type Request = Pick<RecordedRequest, 'method' | 'url' | 'body'>;

/** The node on a Graph of its own, signed in as Ana, with full access to the shared mailbox. */
export interface MailSandbox {
	run(
		parameters: RunOptions['parameters'],
		options?: Partial<Omit<RunOptions, 'node' | 'parameters'>>,
	): Promise<RunResult>;
	search(
		method: string,
		options: Partial<Pick<ListSearchOptions, 'parameters' | 'typed' | 'paginationToken'>>,
	): Promise<INodeListSearchResult>;
	/** What the node has asked Graph since the last reset, upload URLs not included. */
	requests(): Request[];
	/** With headers and status. */
	recorded(): readonly RecordedRequest[];
	/** Forgets the requests so far. */
	forget(): void;
	fault(fault: Fault): void;
	/** From now on the connection has these permissions only; until the next reset. */
	permit(scopes: string): void;
	/** How long each request takes, those within a batch too; until the next reset. */
	latency(ms: number): void;
	/** The most requests that one mailbox had in flight at once. */
	highestConcurrency(): number;
	/** Empties everything. @throws {Error} when a fault of the last test was never met */
	reset(): void;
	stop(): Promise<void>;

	deliver(
		to: string,
		message: Omit<DeliverRequest, 'to'>,
	): Promise<{ id: string; internetMessageId: string; conversationId: string }>;
	/** Asks Graph itself, as an app that may do everything; `requests` doesn't show it. */
	call<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T>;
	draft(mailbox: string, message: { to: string; subject: string }): Promise<{ id: string }>;
	/** Delivers so many messages at once. */
	fill(to: string, count: number): void;
	/** @param path the first name is a standard folder's; those that are missing are made. */
	createFolder(mailbox: string, path: readonly string[]): Promise<string>;
	subjects(mailbox: string, folder: string): Promise<string[]>;
	ids(mailbox: string, folder: string): Promise<string[]>;
	/** Of the one message in a mailbox's Inbox. */
	attachments(mailbox: string): Promise<Array<{ name: string; content: Buffer }>>;
}

const standardScopes = presetScopes(
	Object.keys(permissionPresets)[0] as keyof typeof permissionPresets,
);

const everything = ['Mail.ReadWrite', 'Mail.Send', 'MailboxSettings.ReadWrite'];

export async function startMailSandbox(): Promise<MailSandbox> {
	const clock = createClock();
	const graph = await startGraph({
		cloud: 'global',
		clock,
		directory: sandboxDirectory,
		verifyToken: verifyTestToken,
	});
	const node = new Microsoft365Mail();
	const [app] = sandboxDirectory.apps;
	let scopes = standardScopes;
	const credential = (): ICredentialDataDecryptedObject => ({
		environment: 'custom',
		customGraphUrl: graph.url,
		customLoginUrl: 'http://127.0.0.1:9',
		tenantId: sandboxDirectory.tenantId,
		clientId: app?.clientId ?? '',
		clientSecret: app?.clientSecret ?? '',
		oauthTokenData: {
			access_token: createTestToken({
				upn: 'ana@contoso.example',
				scopes,
				clock,
			}),
		},
	});
	let forgotten = 0;
	const recorded = () => graph.recorded().slice(forgotten);
	const messagesIn = (mailbox: string, folder: string) => {
		const store = graph.state.mailbox(mailbox);
		return { store, messages: store.messagesIn(store.folder(folder).serial) };
	};
	const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
		const answer = await fetch(`${graph.url}/v1.0${path}`, {
			method,
			headers: {
				authorization: `Bearer ${createTestToken({ roles: everything, clock })}`,
				'content-type': 'application/json',
				prefer: 'IdType="ImmutableId"',
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
		forgotten = graph.recorded().length;
		return (text === '' ? {} : JSON.parse(text)) as T;
	};
	return {
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
		forget: () => {
			forgotten = graph.recorded().length;
		},
		latency: (ms) => {
			graph.faults.latencyMs = ms;
		},
		highestConcurrency: () => graph.limits.highestConcurrency,
		fault: (fault) => graph.faults.add(fault),
		permit: (permissions) => {
			scopes = permissions;
		},
		reset: () => {
			scopes = standardScopes;
			graph.state.reset();
			forgotten = 0;
		},
		stop: async () => await graph.close(),

		deliver: async (to, message) => {
			const [delivered] = graph.state.deliver({ to, ...message }).messages;
			if (!delivered) throw new Error('Nothing was delivered');
			const { conversationId } = await call<{ conversationId: string }>(
				'GET',
				`/users/${to}/messages/${delivered.id}`,
			);
			return { ...delivered, conversationId };
		},
		call,
		draft: async (mailbox, { to, subject }) => {
			const store = graph.state.mailbox(mailbox);
			const draft = createDraft(store, {
				subject,
				toRecipients: [{ emailAddress: { address: to } }],
			});
			return await Promise.resolve({ id: store.messageKey(draft, 'immutable') });
		},
		fill: (to, count) => {
			graph.state.deliver({ to, from: 'ben@contoso.example', subject: 'Message', count });
		},
		createFolder: async (mailbox, [root = 'inbox', ...names]) => {
			const store = graph.state.mailbox(mailbox);
			let folder = store.folder(root);
			for (const name of names) {
				const present = store
					.childFolders(folder.serial)
					.find(({ displayName }) => displayName === name);
				folder = present ?? store.addFolder(name, folder.serial);
			}
			return await Promise.resolve(store.folderKey(folder.serial));
		},
		subjects: async (mailbox, folder) =>
			await Promise.resolve(messagesIn(mailbox, folder).messages.map(({ subject }) => subject)),
		ids: async (mailbox, folder) => {
			const { store, messages } = messagesIn(mailbox, folder);
			return await Promise.resolve(
				messages.map((message) => store.messageKey(message, 'immutable')),
			);
		},
		attachments: async (mailbox) => {
			const [message] = messagesIn(mailbox, 'inbox').messages;
			return await Promise.resolve(
				(message?.attachments ?? []).map(({ name, bytes }) => ({ name, content: bytes })),
			);
		},
	};
}
