import type { GraphTime } from '../../../core/calendar/localTime';
import type { LocalDate } from '../../../core/time';
import type { Recipient, StoredAttachment } from '../mail/types';

export type Properties = Readonly<Record<string, unknown>>;

export interface ResponseStatus {
	readonly response: string;
	readonly time: string;
}

export interface StoredAttendee extends Recipient {
	readonly type: string;
	readonly status: ResponseStatus;
	readonly proposedNewTime?: { readonly start: GraphTime; readonly end: GraphTime };
}

/** Graph's `patternedRecurrence`, as it was sent. */
export interface StoredRecurrence {
	readonly pattern: {
		readonly type: string;
		readonly interval: number;
		readonly daysOfWeek?: readonly string[];
		readonly firstDayOfWeek?: string;
		readonly dayOfMonth?: number;
		readonly month?: number;
		readonly index?: string;
	};
	readonly range: {
		readonly type: string;
		readonly startDate: LocalDate;
		readonly endDate?: LocalDate;
		readonly numberOfOccurrences?: number;
		readonly recurrenceTimeZone?: string;
	};
}

/** What a single event, a series or one changed occurrence says. */
export interface EventFields {
	start: GraphTime;
	end: GraphTime;
	/** Graph's other properties that a client may set. */
	properties: Properties;
	attendees: readonly StoredAttendee[];
	myResponse: ResponseStatus;
	isCancelled: boolean;
}

export interface StoredEvent extends EventFields {
	readonly serial: number;
	readonly moves: 0;
	/** `iCalUId`: the same in all calendars that hold the meeting. */
	readonly uid: string;
	calendar: number;
	readonly organizer: Recipient;
	readonly isOrganizer: boolean;
	recurrence: StoredRecurrence | undefined;
	/** Changed and removed (`undefined`) occurrences, by the day that the pattern gave them. */
	exceptions: Map<LocalDate, Partial<EventFields> | undefined>;
	readonly transactionId?: string;
	attachments: StoredAttachment[];
	/** When Outlook reminds again; `dismissed` for never. */
	reminder?: GraphTime | 'dismissed';
	version: number;
	readonly createdDateTime: string;
	lastModifiedDateTime: string;
}

/** An event as a request names it: by itself, or an occurrence of it. */
export interface EventRef {
	readonly event: StoredEvent;
	/** The occurrence's day in the pattern. */
	readonly date?: LocalDate;
}

export interface StoredPermission {
	readonly id: string;
	readonly address: string;
	readonly name: string;
	role: string;
	readonly isRemovable: boolean;
}

export interface StoredCalendar {
	readonly serial: number;
	name: string;
	color: string;
	readonly isDefault: boolean;
	permissions: StoredPermission[];
}
