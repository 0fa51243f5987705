import type { ICredentialDataDecryptedObject, INodeListSearchResult } from 'n8n-workflow';
import { listFolders } from '../../../core/mail/folderTree';
import { type ImapSession, withImap } from '../../../core/mail/imap';
import { Microsoft365Imap } from '../../../nodes/Imap/Microsoft365Imap.node';
import { type MailServers, startMailServers } from '../../support/mailServers';
import { type RunOptions, type RunResult, runNode, searchList } from '../../support/runNode';

export const ana = 'ana@contoso.example';
export const ben = 'ben@contoso.example';
export const support = 'support@contoso.example';

export const byPath = (value: string) => ({ __rl: true, mode: 'path', value });

/** A message for a folder, from Ben to Ana unless it says otherwise. */
export function mime(
	subject: string,
	{ body = 'Text', ...headers }: Readonly<Record<string, string>> = {},
): string {
	const lines = {
		From: `Ben Okafor <${ben}>`,
		To: ana,
		Date: 'Mon, 02 Mar 2026 09:30:00 +0000',
		'Message-ID': `<${subject.replaceAll(/\W/g, '-')}@contoso.example>`,
		...headers,
	};
	const head = Object.entries(lines).map(([name, value]) => `${name}: ${value}\n`);
	return `Subject: ${subject}\n${head.join('')}\n${body}\n`;
}

/** The node on a real IMAP server, signed in as Ana. */
export interface ImapSandbox {
	readonly servers: MailServers;
	run(
		parameters: RunOptions['parameters'],
		options?: Partial<Omit<RunOptions, 'node' | 'parameters'>>,
	): Promise<RunResult>;
	folderList(typed?: string): Promise<INodeListSearchResult>;
	/** Messages that came into a folder in this order; the UID of the first. */
	fill(folder: string, messages: readonly string[]): Promise<number[]>;
	/** Ana's mailbox as another mail program sees it. */
	look<T>(work: (session: ImapSession) => Promise<T>): Promise<T>;
	/** Subjects with their UIDs, oldest first. */
	messagesIn(folder: string): Promise<Array<{ uid: number; subject: string; flags: string[] }>>;
	/** Ana's mailbox has the folders of a new one, and no messages. */
	reset(): Promise<void>;
	stop(): Promise<void>;
}

export async function startImapSandbox(): Promise<ImapSandbox> {
	const servers = await startMailServers();
	const node = new Microsoft365Imap();
	const { host, port } = servers.imap;
	const login = servers.login('imap');
	const credential = async (): Promise<ICredentialDataDecryptedObject> => ({
		environment: 'custom',
		customGraphUrl: 'http://127.0.0.1:9',
		customLoginUrl: 'http://127.0.0.1:9',
		customImapHost: `imaps://${host}:${port}`,
		tenantId: servers.directory.tenantId,
		clientId: servers.directory.apps[0]?.clientId ?? '',
		clientSecret: servers.directory.apps[0]?.clientSecret ?? '',
		mailbox: ana,
		oauthTokenData: { access_token: await login.tokens.getToken() },
	});
	const look: ImapSandbox['look'] = async (work) => await withImap(login, {}, work);
	const messagesIn: ImapSandbox['messagesIn'] = async (folder) =>
		await look(async (session) => {
			const { exists } = await session.run(
				async (client) => await client.mailboxOpen(folder, { readOnly: true }),
			);
			if (exists === 0) return [];
			const found = await session.run(
				async (client) => await client.fetchAll('1:*', { uid: true, envelope: true, flags: true }),
			);
			return found.map(({ uid, envelope, flags }) => ({
				uid,
				subject: envelope?.subject ?? '',
				flags: [...(flags ?? [])].filter((flag) => flag !== '\\Recent').sort(),
			}));
		});
	return {
		servers,
		look,
		messagesIn,
		run: async (parameters, options = {}) =>
			await runNode({
				node,
				credential: await credential(),
				parameters,
				...options,
			}),
		folderList: async (typed) =>
			await searchList({
				node,
				credential: await credential(),
				method: 'searchImapFolders',
				parameters: {},
				...(typed !== undefined && { typed }),
			}),
		fill: async (folder, messages) =>
			await look(async (session) => {
				const uids: number[] = [];
				for (const message of messages) {
					const { uid = 0 } = await session.run(
						async (client) => await client.append(folder, message.replaceAll('\n', '\r\n')),
					);
					uids.push(uid);
				}
				return uids;
			}),
		reset: async () =>
			await look(async (session) => {
				const usual = [
					'Archive',
					'Deleted Items',
					'Drafts',
					'INBOX',
					'Junk Email',
					'Outbox',
					'Sent Items',
				];
				const folders = await listFolders(session);
				for (const { path } of folders.reverse()) {
					if (!usual.includes(path)) {
						await session.run(async (client) => await client.mailboxDelete(path));
						continue;
					}
					const { exists } = await session.run(async (client) => await client.mailboxOpen(path));
					if (exists > 0) await session.run(async (client) => await client.messageDelete('1:*'));
				}
			}),
		stop: async () => await servers.close(),
	};
}
