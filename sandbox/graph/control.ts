import type { Clock } from '../clock';
import type { SandboxDirectory } from '../directory';
import type { DriveService } from './drive/service';
import { mimeTypeOf } from './drive/uploadSessions';
import { deliver, type Delivery } from './mail/delivery';
import type { MailService } from './mail/service';
import { RefusedError } from './refused';
import { findUser } from './server/authorize';
import type { GraphAnswer, IncomingCall } from './server/call';
import type { Fault, Faults } from './server/faults';
import type { Recorder } from './server/recorder';
import type { SharePointService } from './sharepoint/service';

export interface ControlContext {
	readonly clock: Clock;
	readonly directory: SandboxDirectory;
	readonly mail: MailService;
	readonly sharePoint: SharePointService;
	readonly drives: DriveService;
	readonly calendars: { reset(): void };
	readonly faults: Faults;
	readonly recorder: Recorder;
}

/** What `POST /__sandbox__/deliver` takes: mail from somebody outside of the test. */
export interface DeliverRequest extends Omit<Delivery, 'from'> {
	/** The mailbox: a user's principal name or id. */
	readonly to: string;
	readonly from?: Delivery['from'];
	/** So many, one second apart, the last at `receivedDateTime`; default 1. */
	readonly count?: number;
}

/** And a file that somebody else puts into a drive. */
export interface DeliverFile {
	/** A drive's id, or whose OneDrive it is. */
	readonly drive: string;
	/** Folders on the way are made; what is there gets a new version. */
	readonly path: string;
	readonly text?: string;
	readonly base64?: string;
	/** Default: Ben. */
	readonly from?: string;
}

const prefix = '/__sandbox__/';

export function isControl(url: string): boolean {
	return url.startsWith(prefix);
}

/**
 * The tests' own door, beside Graph and without a token: `faults`, `latency`, `clock`, `deliver`,
 * `reset`, `state`, `recorded`.
 */
export function answerControl(context: ControlContext, incoming: IncomingCall): GraphAnswer {
	const url = new URL(incoming.url, incoming.origin);
	try {
		return { status: 200, json: control(context, incoming, url) };
	} catch (error) {
		const status = error instanceof RefusedError ? error.status : 400;
		return { status, json: { error: { code: 'SandboxControl', message: String(error) } } };
	}
}

function control(context: ControlContext, incoming: IncomingCall, url: URL): unknown {
	const { faults, clock, mail, calendars, sharePoint, drives, recorder } = context;
	const action = `${incoming.method} ${url.pathname.slice(prefix.length)}`;
	switch (action) {
		case 'GET faults':
			return { faults: faults.pending, latencyMs: faults.latencyMs };
		case 'POST faults':
			faults.add(bodyOf<Fault>(incoming));
			return { faults: faults.pending };
		case 'DELETE faults':
			faults.clear();
			return { faults: [] };
		case 'POST latency':
			faults.latencyMs = bodyOf<{ ms: number }>(incoming).ms;
			return { latencyMs: faults.latencyMs };
		case 'POST clock':
			clock.advance(bodyOf<{ advanceMs: number }>(incoming).advanceMs);
			return { now: new Date(clock.now()).toISOString() };
		case 'POST deliver':
			return 'path' in bodyOf<object>(incoming)
				? deliverFile(context, bodyOf<DeliverFile>(incoming))
				: deliverAll(context, bodyOf<DeliverRequest>(incoming));
		case 'POST reset':
			mail.reset();
			calendars.reset();
			sharePoint.reset();
			drives.reset();
			faults.clear();
			recorder.clear();
			return {};
		case 'GET state':
			return readMailbox(context, url.searchParams.get('mailbox') ?? '');
		case 'GET recorded':
			return { requests: recorder.requests };
	}
	throw new RefusedError(404, 'SandboxControl', `There is no ${action}`);
}

export function deliverAll(
	{ directory, mail, clock }: Pick<ControlContext, 'directory' | 'mail' | 'clock'>,
	request: DeliverRequest,
): {
	readonly messages: ReadonlyArray<{ readonly id: string; readonly internetMessageId: string }>;
} {
	const { to, count = 1, from = 'somebody@fabrikam.example', ...delivery } = request;
	const user = findUser(directory, to);
	if (user === undefined) throw new RefusedError(404, 'SandboxControl', `No mailbox ${to}`);
	const mailbox = mail.mailboxOf(user);
	const last =
		delivery.receivedDateTime === undefined ? clock.now() : Date.parse(delivery.receivedDateTime);
	const messages = Array.from({ length: count }, (_, index) => {
		const message = deliver(mailbox, {
			...delivery,
			from,
			...(count > 1 && { subject: `${delivery.subject ?? 'Message'} ${index + 1}` }),
			receivedDateTime: new Date(last - (count - 1 - index) * 1000).toISOString(),
		});
		return {
			id: mailbox.messageKey(message, 'immutable'),
			internetMessageId: message.internetMessageId,
		};
	});
	return { messages };
}

function deliverFile(
	{ drives }: ControlContext,
	{ drive: key, path, text = '', base64, from = 'ben@contoso.example' }: DeliverFile,
): { readonly id: string; readonly driveId: string } {
	const user = drives.user(key);
	const drive = user ? drives.driveOfUser(user) : drives.driveById(key);
	const bytes = base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64');
	const { id } = drives.put(drive.id, path, bytes, from, mimeTypeOf(path));
	return { id, driveId: drive.id };
}

/** A mailbox in short: folders with their messages' subjects and states. */
function readMailbox({ directory, mail }: ControlContext, key: string): unknown {
	const user = findUser(directory, key);
	if (user === undefined) throw new RefusedError(404, 'SandboxControl', `No mailbox ${key}`);
	const mailbox = mail.mailboxOf(user);
	return {
		mailbox: user.userPrincipalName,
		folders: [...mailbox.folders.values()].map((folder) => ({
			id: mailbox.folderKey(folder.serial),
			displayName: folder.displayName,
			wellKnownName: folder.wellKnownName ?? null,
			messages: mailbox.messagesIn(folder.serial).map((message) => ({
				id: mailbox.messageKey(message, 'immutable'),
				subject: message.subject,
				from: message.from?.emailAddress.address ?? null,
				to: message.toRecipients.map(({ emailAddress }) => emailAddress.address),
				isRead: message.isRead,
				isDraft: message.isDraft,
				categories: message.categories,
				attachments: message.attachments.map(({ name, bytes, isInline }) => ({
					name,
					bytes: bytes.length,
					isInline,
				})),
			})),
		})),
	};
}

function bodyOf<T>({ bytes }: IncomingCall): T {
	return JSON.parse(bytes.toString('utf8')) as T;
}
