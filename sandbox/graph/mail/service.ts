import type { Clock } from '../../clock';
import type { SandboxDirectory, SandboxUser } from '../../directory';
import { RefusedError } from '../refused';
import { signedInUser } from '../server/authorize';
import type { GraphCall, GraphService } from '../server/call';
import { DeltaStates } from './delta';
import { sendDue, type PostOffice } from './delivery';
import { Mailbox } from './mailbox';
import { attachmentRoutes } from './routes/attachments';
import { deltaRoutes } from './routes/delta';
import { folderRoutes } from './routes/folders';
import { messageActionRoutes } from './routes/messageActions';
import { messageRoutes } from './routes/messages';
import { settingsRoutes } from './routes/settings';
import { UploadSessions } from './uploadSessions';

/** All mailboxes of the tenant, and what their routes share. */
export class MailService implements GraphService, PostOffice {
	readonly uploads = new UploadSessions();
	readonly deltas = new DeltaStates();
	readonly routes: GraphService['routes'];
	readonly #mailboxes = new Map<string, Mailbox>();
	/** Known once the upload host listens. */
	uploadOrigin = '';

	constructor(
		readonly clock: Clock,
		readonly directory: SandboxDirectory,
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
			mailbox = new Mailbox(this.directory.users.indexOf(user) + 1, user, this.clock);
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
		sendDue(this, mailbox);
		return mailbox;
	}

	/** Who sends: the signed-in user, or with an app-only token the mailbox's owner. */
	senderOf(call: GraphCall, mailbox: Mailbox): SandboxUser {
		return signedInUser(this.directory, call.caller) ?? mailbox.owner;
	}

	/** Empties all mailboxes. */
	reset(): void {
		this.#mailboxes.clear();
	}
}
