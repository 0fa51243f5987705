/**
 * What tests do to the mail servers, over HTTP on loopback. Bodies are JSON.
 *
 * | Request                  | Body                                      | Effect                                             |
 * |--------------------------|-------------------------------------------|----------------------------------------------------|
 * | `POST /deliver`          | `{mailbox, mime, folder?, flags?, base64?}` | puts a message into a mailbox, as a delivery does |
 * | `POST /imap/down`        |                                           | stops Dovecot; the mail stays                      |
 * | `POST /imap/up`          |                                           | starts it again on the same port                   |
 * | `POST /imap/restart`     |                                           | both                                               |
 * | `POST /imap/cut`         | `{mailbox?}`                              | ends the connections of one mailbox, or of all     |
 * | `POST /imap/freeze`      | `{mailbox?}`                              | they stay open and nothing passes any more         |
 * | `POST /imap/limit`       | `{sessions}`                              | how many sessions a mailbox may have (20)          |
 * | `GET /imap/sessions`     |                                           | the mailbox of each open session                   |
 * | `POST /imap/count`       | `{mailbox, folder?}`                      | `{messages, unseen}` of a folder                   |
 * | `POST /imap/empty`       | `{mailbox, folder?}`                      | removes all messages of a folder                   |
 * | `POST /imap/renumber`    | `{mailbox, folder?}`                      | another UIDVALIDITY                                |
 * | `GET /imap/log`          |                                           | Dovecot's log                                      |
 * | `GET /smtp/received`     |                                           | what the SMTP server took, with `raw` up to 1 MB   |
 * | `GET /smtp/signins`      |                                           | `{mailbox, outcome}` of each sign-in               |
 * | `POST /smtp/refuse`      | `{refusal, times?}`                       | refuses the next ones; names in `smtp/refusals.ts` |
 * | `POST /smtp/cut`         |                                           | ends all connections                               |
 * | `POST /smtp/reset`       |                                           | forgets both                                       |
 * | `POST /token`            | `{user?, scopes?, resource?, lifetimeSeconds?}` | a token without a sign-in                    |
 * | `POST /clock`            | `{advanceMs}`                             | moves the time on, by which tokens expire          |
 */
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock';
import type { RunningImap } from '../imap/startImap';
import type { IssueTokenOptions, Login } from '../login';
import { sendJson } from '../login/http';
import { isRefusal } from '../smtp/refusals';
import { attachmentsOf } from '../smtp/attachmentsOf';
import type { RunningSmtp } from '../smtp/startSmtp';

export interface ControlTargets {
	readonly imap: RunningImap | undefined;
	readonly smtp: RunningSmtp;
	readonly login: Pick<Login, 'issueAccessToken'>;
	readonly clock: Clock;
}

interface Order {
	readonly mailbox?: string;
	readonly folder?: string;
	readonly mime?: string;
	readonly base64?: boolean;
	readonly flags?: readonly string[];
	readonly refusal?: string;
	readonly times?: number;
	readonly sessions?: number;
	readonly advanceMs?: number;
}

const maxShownBytes = 1024 * 1024;

export async function startMailControl(
	targets: ControlTargets,
): Promise<{ url: string; close(): Promise<void> }> {
	const server = createServer((req, res) => {
		const chunks: Buffer[] = [];
		req.on('data', (chunk: Buffer) => chunks.push(chunk));
		req.on('end', () => {
			const text = Buffer.concat(chunks).toString('utf8');
			const order = (text === '' ? {} : JSON.parse(text)) as Order;
			obey(targets, `${req.method} ${req.url}`, order).then(
				(answer) => sendJson(res, 200, answer ?? {}),
				(error: unknown) => sendJson(res, 400, { error: String(error) }),
			);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: async () => {
			await new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			});
		},
	};
}

async function obey(targets: ControlTargets, request: string, order: Order): Promise<unknown> {
	const { smtp, login, clock } = targets;
	const { mailbox = '', folder = 'INBOX' } = order;
	const imap = (): RunningImap => {
		if (!targets.imap) throw new Error('There is no IMAP server');
		return targets.imap;
	};
	switch (request) {
		case 'POST /deliver': {
			const { mime = '', base64, flags } = order;
			const content = Buffer.from(mime, base64 ? 'base64' : 'utf8');
			return await imap().deliver(mailbox, { content, folder, ...(flags && { flags }) });
		}
		case 'POST /imap/down':
			return await imap().down();
		case 'POST /imap/up':
			return await imap().up();
		case 'POST /imap/restart':
			await imap().down();
			return await imap().up();
		case 'POST /imap/cut':
			return imap().cut(order.mailbox);
		case 'POST /imap/freeze':
			return imap().freeze(order.mailbox);
		case 'POST /imap/limit':
			return imap().limit(order.sessions ?? 0);
		case 'GET /imap/sessions':
			return imap().openMailboxes();
		case 'POST /imap/count':
			return await imap().count(mailbox, folder);
		case 'POST /imap/empty':
			return await imap().empty(mailbox, folder);
		case 'POST /imap/renumber':
			return await imap().renumber(mailbox, folder);
		case 'GET /imap/log':
			return { log: await imap().log() };
		case 'GET /smtp/received':
			return await Promise.all(
				smtp.received.map(async ({ file, ...mail }) => ({
					...mail,
					file,
					attachments: await attachmentsOf(file),
					raw: mail.sizeBytes <= maxShownBytes ? await readFile(file, 'latin1') : null,
				})),
			);
		case 'GET /smtp/signins':
			return smtp.signIns;
		case 'POST /smtp/refuse': {
			const { refusal = '', times } = order;
			if (!isRefusal(refusal)) throw new Error(`There is no refusal "${refusal}"`);
			return smtp.refuse(refusal, times);
		}
		case 'POST /smtp/cut':
			return smtp.cut();
		case 'POST /smtp/reset':
			return smtp.reset();
		case 'POST /token': {
			const token = await login.issueAccessToken({
				resource: 'outlook',
				...(order as IssueTokenOptions),
			});
			return { token };
		}
		case 'POST /clock':
			return clock.advance(order.advanceMs ?? 0);
		default:
			throw new Error(`There is nothing at ${request}`);
	}
}
