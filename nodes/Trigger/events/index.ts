import type { TriggerEvent } from '../event';
import { eventCreated } from './eventCreated.event';
import { eventDeleted } from './eventDeleted.event';
import { eventUpcoming } from './eventUpcoming.event';
import { eventUpdated } from './eventUpdated.event';
import { fileCreated } from './fileCreated.event';
import { fileDeleted } from './fileDeleted.event';
import { fileMovedOrRenamed } from './fileMovedOrRenamed.event';
import { fileUpdated } from './fileUpdated.event';
import { folderCreated } from './folderCreated.event';
import { folderDeleted } from './folderDeleted.event';
import { folderMovedOrRenamed } from './folderMovedOrRenamed.event';
import { folderUpdated } from './folderUpdated.event';
import { invitationAnswered } from './invitationAnswered.event';
import { invitationReceived } from './invitationReceived.event';
import { itemCreated } from './itemCreated.event';
import { itemDeleted } from './itemDeleted.event';
import { itemUpdated } from './itemUpdated.event';
import { messageFlagged } from './messageFlagged.event';
import { messageMentionsMe } from './messageMentionsMe.event';
import { messageReceived } from './messageReceived.event';
import { messageSent } from './messageSent.event';
import { messageUpdated } from './messageUpdated.event';

/** What the triggers can watch for, on one engine: each works polled, most also instantly. */
export const events: readonly TriggerEvent[] = [
	messageReceived,
	messageSent,
	messageUpdated,
	messageFlagged,
	messageMentionsMe,
	eventCreated,
	eventUpdated,
	eventDeleted,
	eventUpcoming,
	invitationReceived,
	invitationAnswered,
	fileCreated,
	fileUpdated,
	fileDeleted,
	fileMovedOrRenamed,
	folderCreated,
	folderUpdated,
	folderDeleted,
	folderMovedOrRenamed,
	itemCreated,
	itemUpdated,
	itemDeleted,
];
