import type { Clock } from '../../clock';
import type { SandboxDirectory } from '../../directory';
import { deliver, type Delivery } from '../mail/delivery';
import type { MailService } from '../mail/service';
import { RefusedError } from '../refused';
import { findUser } from '../server/authorize';

const defaultSender = 'somebody@fabrikam.example';

/** What `POST /__sandbox__/deliver` takes: mail from somebody outside of the test. */
export interface DeliverRequest extends Omit<Delivery, 'from'> {
	/** The mailbox: a user's principal name or id. */
	readonly to: string;
	readonly from?: Delivery['from'];
	/** So many, the last at `receivedDateTime`; default 1. */
	readonly count?: number;
	/** Between one and the next; 0 for the same instant; default a second. */
	readonly spacingMs?: number;
	/** In no list, delta or search before; default: as `POST /__sandbox__/indexing` says. */
	readonly visibleAfterMs?: number;
}

export interface DeliveredMail {
	readonly messages: ReadonlyArray<{ readonly id: string; readonly internetMessageId: string }>;
}

interface MailContext {
	readonly directory: SandboxDirectory;
	readonly mail: MailService;
	readonly clock: Clock;
}

/** @returns immutable ids, in the order of delivery */
export function deliverAll(context: MailContext, request: DeliverRequest): DeliveredMail {
	const { directory, mail, clock } = context;
	const { to, count = 1, spacingMs = 1_000, from = defaultSender, ...delivery } = request;
	const user = findUser(directory, to);
	if (user === undefined) throw new RefusedError(404, 'SandboxControl', `No mailbox ${to}`);
	const mailbox = mail.mailboxOf(user);
	const { delayMs, jitterMs, notify } = mail.indexing;
	const last =
		delivery.receivedDateTime === undefined ? clock.now() : Date.parse(delivery.receivedDateTime);
	const messages = Array.from({ length: count }, (_, index) => {
		const lateMs =
			delivery.visibleAfterMs ?? (delayMs > 0 ? delayMs + Math.random() * jitterMs : 0);
		const add = () =>
			deliver(mailbox, {
				...delivery,
				from,
				...(count > 1 && { subject: `${delivery.subject ?? 'Message'} ${index + 1}` }),
				receivedDateTime: new Date(last - (count - 1 - index) * spacingMs).toISOString(),
			});
		const message = lateMs > 0 && notify === 'whenVisible' ? mailbox.quietly(add) : add();
		const id = mailbox.messageKey(message, 'immutable');
		if (lateMs > 0) {
			mailbox.holdBack(message, clock.now() + lateMs, notify === 'whenVisible');
			setTimeout(() => {
				mailbox.admitDue();
			}, lateMs + 1).unref();
		}
		return { id, internetMessageId: message.internetMessageId };
	});
	return { messages };
}
