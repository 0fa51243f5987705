import type { Clock } from '../../clock';
import type { SandboxDirectory, SandboxUser } from '../../directory';
import type { Announce } from '../changes';
import { RefusedError } from '../refused';
import { signedInUser } from '../server/authorize';
import type { GraphCall, GraphService } from '../server/call';
import { DeltaStates, type MailFeed } from './delta';
import { sendDue, type PostOffice } from './delivery';
import { Mailbox } from './mailbox';
import { attachmentRoutes } from './routes/attachments';
import { deltaRoutes } from './routes/delta';
import { folderRoutes } from './routes/folders';
import { messageActionRoutes } from './routes/messageActions';
import { messageRoutes } from './routes/messages';
import { settingsRoutes } from './routes/settings';
import { UploadSessions } from './uploadSessions';

/** How late deliveries appear in lists and delta. */
export interface Indexing {
	readonly delayMs: number;
	/** Up to so much more, each its own. */
	readonly jitterMs: number;
	/** `atOnce`: notifications come before what they are about can be seen. */
	readonly notify: 'atOnce' | 'whenVisible';
}

const promptIndexing: Indexing = { delayMs: 0, jitterMs: 0, notify: 'whenVisible' };

/** All mailboxes of the tenant, and what their routes share. */
export class MailService implements GraphService, PostOffice {
	readonly uploads = new UploadSessions();
	readonly deltas = new DeltaStates<MailFeed>();
	readonly routes: GraphService['routes'];
	readonly #mailboxes = new Map<string, Mailbox>();
	/** Known once the upload host listens. */
	uploadOrigin = '';
	indexing: Indexing = promptIndexing;

	constructor(
		readonly clock: Clock,
		readonly directory: SandboxDirectory,
		readonly announce?: Announce,
	) {
		this.routes = [
			...messageRoutes(this),
			...messageActionRoutes(this),
			...attachmentRoutes(this),
			...folderRoutes(this),
			...deltaRoutes(this),
			...settingsRoutes(this),
		];
	}

	mailboxOf(user: SandboxUser): Mailbox {
		let mailbox = this.#mailboxes.get(user.id);
		if (mailbox === undefined) {
			const number = this.directory.users.indexOf(user) + 1;
			mailbox = new Mailbox(number, user, this.clock, this.announce);
			this.#mailboxes.set(user.id, mailbox);
		}
		return mailbox;
	}

	/** The mailbox that a path names. */
	open(call: GraphCall): Mailbox {
		if (call.owner === undefined) {
			throw new RefusedError(404, 'ErrorInvalidUser', 'The requested user is invalid.');
		}
		const mailbox = this.mailboxOf(call.owner);
		mailbox.admitDue();
		sendDue(this, mailbox);
		return mailbox;
	}

	/** Who sends: the signed-in user, or with an app-only token the mailbox's owner. */
	senderOf(call: GraphCall, mailbox: Mailbox): SandboxUser {
		return signedInUser(this.directory, call.caller) ?? mailbox.owner;
	}

	/** What is due by the clock, without a request. */
	tick(): void {
		for (const mailbox of this.#mailboxes.values()) mailbox.admitDue();
	}

	/** Empties all mailboxes. */
	reset(): void {
		this.indexing = promptIndexing;
		this.deltas.reset();
		this.#mailboxes.clear();
	}
}
