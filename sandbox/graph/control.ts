import type { Clock } from '../clock';
import type { SandboxDirectory } from '../directory';
import type { CalendarService } from './calendar/service';
import type { DriveService } from './drive/service';
import { deliverEvent, type DeliverEvent } from './deliver/event';
import { deliverFile, type DeliverFile } from './deliver/file';
import { deliverListItem, type DeliverListItem } from './deliver/listItem';
import { deliverAll, type DeliverRequest } from './deliver/mail';
import type { Indexing, MailService } from './mail/service';
import { RefusedError } from './refused';
import { findUser } from './server/authorize';
import type { GraphAnswer, IncomingCall } from './server/call';
import type { Fault, Faults } from './server/faults';
import type { Recorder } from './server/recorder';
import type { SharePointService } from './sharepoint/service';
import { controlNotifications } from './subscriptions/control';
import type { SubscriptionService } from './subscriptions/service';

export interface ControlContext {
	readonly clock: Clock;
	readonly directory: SandboxDirectory;
	readonly mail: MailService;
	readonly sharePoint: SharePointService;
	readonly drives: DriveService;
	readonly calendars: CalendarService;
	readonly faults: Faults;
	readonly recorder: Recorder;
	readonly subscriptions: SubscriptionService;
}

const prefix = '/__sandbox__/';

export function isControl(url: string): boolean {
	return url.startsWith(prefix);
}

/**
 * The tests' own door, beside Graph and without a token: `faults`, `latency`, `clock`, `deliver`,
 * `reset`, `state`, `recorded`, `notifications`, `indexing`, `delta`.
 */
export async function answerControl(
	context: ControlContext,
	incoming: IncomingCall,
): Promise<GraphAnswer> {
	const url = new URL(incoming.url, incoming.origin);
	try {
		return { status: 200, json: await control(context, incoming, url) };
	} catch (error) {
		const status = error instanceof RefusedError ? error.status : 400;
		return { status, json: { error: { code: 'SandboxControl', message: String(error) } } };
	}
}

function control(context: ControlContext, incoming: IncomingCall, url: URL): unknown {
	const { faults, clock, mail, recorder, subscriptions } = context;
	const path = url.pathname.slice(prefix.length);
	const [place, rest] = path.split('/');
	if (place === 'notifications') {
		const part = rest === undefined ? '' : ` ${rest}`;
		const body = incoming.bytes.length === 0 ? {} : bodyOf<Record<string, unknown>>(incoming);
		return controlNotifications(subscriptions, incoming.method + part, body);
	}
	const action = `${incoming.method} ${path}`;
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
			mail.tick();
			subscriptions.tick();
			return { now: new Date(clock.now()).toISOString() };
		case 'POST deliver':
			return deliverAny(context, bodyOf<object>(incoming));
		case 'POST indexing':
			mail.indexing = { ...mail.indexing, ...bodyOf<Partial<Indexing>>(incoming) };
			return mail.indexing;
		case 'POST delta':
			return controlDelta(context, bodyOf<DeltaControl>(incoming));
		case 'POST reset':
			resetAll(context);
			return {};
		case 'GET state':
			return readMailbox(context, url.searchParams.get('mailbox') ?? '');
		case 'GET recorded':
			return { requests: recorder.requests };
	}
	throw new RefusedError(404, 'SandboxControl', `There is no ${action}`);
}

/** Back to what the tenant starts with; faults and the record go too. */
export function resetAll(context: ControlContext): void {
	const { mail, calendars, sharePoint, drives, subscriptions, faults, recorder } = context;
	mail.reset();
	calendars.reset();
	sharePoint.reset();
	drives.reset();
	subscriptions.reset();
	faults.clear();
	recorder.clear();
}

/** The body tells what it is about. */
export type AnyDelivery = DeliverRequest | DeliverEvent | DeliverFile | DeliverListItem;

export function deliverAny(context: ControlContext, request: object): unknown {
	if ('path' in request) return deliverFile(context.drives, request as DeliverFile);
	if ('calendar' in request) return deliverEvent(context.calendars, request as DeliverEvent);
	if ('list' in request) {
		const { sharePoint } = context.sharePoint;
		return deliverListItem(sharePoint, context.directory, request as DeliverListItem);
	}
	return deliverAll(context, request as DeliverRequest);
}

interface DeltaControl {
	readonly expire?: boolean;
	readonly replay?: number;
	readonly movedReason?: 'changed' | 'deleted';
}

/** Forgets all delta tokens, or brings rounds of Outlook once more. */
function controlDelta(
	{ mail, calendars, drives, sharePoint }: ControlContext,
	{ expire, replay, movedReason }: DeltaControl,
): unknown {
	if (expire === true) {
		mail.deltas.expire();
		calendars.deltas.expire();
		for (const drive of drives.drives) drive.epoch += 1;
		sharePoint.sharePoint.epoch += 1;
	}
	if (movedReason !== undefined) mail.deltas.movedReason = movedReason;
	if (replay !== undefined) mail.deltas.replays = calendars.deltas.replays = replay;
	return {};
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
