import { randomUUID } from 'node:crypto';
import type { LocalDate } from '../../../core/time';
import type { Clock } from '../../clock';
import type { Announce, ChangeType } from '../changes';
import type { AttachmentStore } from '../mail/attachments';
import { itemNotFound, malformedId } from '../refused';
import { etagOf, readId, writeId } from './ids';
import type { EventRef, StoredCalendar, StoredEvent } from './types';

/** Whose calendars: a person, a shared mailbox, a group or a room. */
export interface BoxOwner {
	readonly id: string;
	readonly name: string;
	readonly address: string;
}

/** A calendar that somebody else shared. */
export interface SharedCalendar {
	readonly box: CalendarBox;
	readonly calendar: StoredCalendar;
}

/** The calendars of one owner. Knows events, ids and changes; nothing of HTTP or invitations. */
export class CalendarBox implements AttachmentStore<StoredEvent> {
	readonly calendars: StoredCalendar[] = [];
	readonly events = new Map<number, StoredEvent>();
	readonly sharedWithMe: SharedCalendar[] = [];
	#lastSerial = 0;

	constructor(
		readonly number: number,
		readonly owner: BoxOwner,
		readonly clock: Clock,
		readonly announce: Announce = () => undefined,
	) {
		this.addCalendar({ name: 'Calendar', isDefault: true });
	}

	get defaultCalendar(): StoredCalendar {
		return this.calendars[0] as StoredCalendar;
	}

	nowText(): string {
		return new Date(this.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
	}

	nextSerial(): number {
		return (this.#lastSerial += 1);
	}

	// Calendars

	addCalendar(input: {
		readonly name: string;
		readonly color?: string;
		readonly isDefault?: boolean;
	}): StoredCalendar {
		const serial = this.nextSerial();
		const calendar: StoredCalendar = {
			serial,
			name: input.name,
			color: input.color ?? 'auto',
			isDefault: input.isDefault ?? false,
			permissions: [
				{
					id: writeId('permission', this.number, serial, 'org'),
					address: '',
					name: 'My Organization',
					role: 'freeBusyRead',
					isRemovable: false,
				},
			],
		};
		this.calendars.push(calendar);
		return calendar;
	}

	calendarKey({ serial }: StoredCalendar): string {
		return writeId('calendar', this.number, serial);
	}

	/** An own calendar or one that is shared with this box, by its id. */
	calendar(id: string): SharedCalendar {
		if (!readId('calendar', id)) throw malformedId();
		const own = this.calendars.find((each) => this.calendarKey(each) === id);
		if (own) return { box: this, calendar: own };
		const shared = this.sharedWithMe.find((each) => each.box.calendarKey(each.calendar) === id);
		if (shared) return shared;
		throw itemNotFound();
	}

	// Events

	addEvent(
		draft: Omit<
			StoredEvent,
			| 'serial'
			| 'moves'
			| 'uid'
			| 'version'
			| 'createdDateTime'
			| 'lastModifiedDateTime'
			| 'attachments'
		> & { readonly uid?: string },
	): StoredEvent {
		const now = this.nowText();
		const event: StoredEvent = {
			...draft,
			serial: this.nextSerial(),
			moves: 0,
			uid: draft.uid ?? newUid(),
			attachments: [],
			version: 1,
			createdDateTime: now,
			lastModifiedDateTime: now,
		};
		this.events.set(event.serial, event);
		this.#tell(event, 'created');
		return event;
	}

	eventKey({ event, date }: EventRef): string {
		return date === undefined
			? writeId('event', this.number, event.serial)
			: writeId('occurrence', this.number, event.serial, date);
	}

	/** By the id of an event or an occurrence. @throws {RefusedError} 404, or 400 for what can't be an id */
	event(id: string): EventRef {
		const single = readId('event', id);
		const occurrence = readId('occurrence', id);
		if (!single && !occurrence) throw malformedId();
		const [box, serial, date] = single ?? occurrence ?? [];
		const event = this.events.get(Number(serial));
		if (Number(box) !== this.number || !event) throw itemNotFound();
		if (!occurrence) return { event };
		if (date === undefined || isRemoved(event, date)) throw itemNotFound();
		return { event, date };
	}

	eventByUid(uid: string): StoredEvent | undefined {
		return [...this.events.values()].find((event) => event.uid === uid);
	}

	messageKey(event: StoredEvent): string {
		return this.eventKey({ event });
	}

	hasMessage({ serial }: Pick<StoredEvent, 'serial'>): boolean {
		return this.events.has(serial);
	}

	touchMessage(event: StoredEvent): void {
		// Whoever removes an event may touch it afterwards.
		if (!this.events.has(event.serial)) return;
		event.version += 1;
		event.lastModifiedDateTime = this.nowText();
		this.#tell(event, 'updated');
	}

	removeEvent(event: StoredEvent): void {
		if (!this.events.delete(event.serial)) return;
		this.#tell(event, 'deleted');
	}

	#tell(event: StoredEvent, changeType: ChangeType): void {
		const id = this.eventKey({ event });
		this.announce(() => ({
			kind: 'event',
			changeType,
			ownerId: this.owner.id,
			container: event.calendar,
			ids: { folderBound: id, immutable: id },
			etag: etagOf(event),
			item: event.properties,
		}));
	}
}

function isRemoved(event: StoredEvent, date: LocalDate): boolean {
	return event.exceptions.has(date) && event.exceptions.get(date) === undefined;
}

function newUid(): string {
	return `040000008200E00074C5B7101A82E008${randomUUID().replaceAll('-', '').toUpperCase()}`;
}
