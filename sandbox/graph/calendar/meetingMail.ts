import { utc } from '../../../core/calendar/zone';
import { deliver } from '../mail/delivery';
import type { Recipient } from '../mail/types';
import { findUser } from '../server/authorize';
import type { CalendarBox } from './calendarBox';
import type { MeetingHall } from './meetings';
import { fieldsOf } from './occurrences';
import { msOf, timeIn } from './times';
import type { EventRef } from './types';

export const subjectOf = (ref: EventRef): string => String(fieldsOf(ref).properties.subject);

interface MeetingMail {
	readonly from: Recipient;
	readonly subject: string;
	readonly body: string;
	readonly ref: EventRef;
	readonly properties: Readonly<Record<string, unknown>>;
}

/** Puts a meeting message into a mailbox; those of rooms and groups nobody reads. */
export function mailTo(hall: MeetingHall, box: CalendarBox, mail: MeetingMail): void {
	const user = findUser(hall.mail.directory, box.owner.address);
	if (!user) return;
	const { start, end, properties } = fieldsOf(mail.ref);
	const message = deliver(hall.mail.mailboxOf(user), {
		from: {
			name: mail.from.emailAddress.name ?? mail.from.emailAddress.address,
			address: mail.from.emailAddress.address,
		},
		subject: mail.subject,
		body: { contentType: 'html', content: mail.body },
	});
	message.meeting = {
		uid: mail.ref.event.uid,
		properties: {
			...mail.properties,
			isOutOfDate: false,
			isAllDay: properties.isAllDay,
			isDelegated: false,
			startDateTime: timeIn(msOf(start), utc),
			endDateTime: timeIn(msOf(end), utc),
			location: properties.location,
			type: mail.ref.event.recurrence ? 'seriesMaster' : 'singleInstance',
			recurrence: mail.ref.event.recurrence ?? null,
		},
	};
}
