import type { Clock } from '../../clock';
import type { SandboxDirectory, SandboxUser } from '../../directory';
import type { Announce } from '../changes';
import { DeltaStates } from '../mail/delta';
import type { MailService } from '../mail/service';
import { itemNotFound, RefusedError } from '../refused';
import { denied, findUser, requireSignedIn } from '../server/authorize';
import type { GraphCall, GraphService } from '../server/call';
import { type BoxOwner, CalendarBox, type SharedCalendar } from './calendarBox';
import type { MeetingHall } from './meetings';
import { placesOf, type SandboxPlaces } from './rooms';
import { attachmentRoutes } from './routes/attachments';
import { availabilityRoutes } from './routes/availability';
import { calendarRoutes } from './routes/calendars';
import { eventActionRoutes } from './routes/eventActions';
import { calendarDeltaRoutes, type CalendarFeed } from './routes/delta';
import { eventRoutes } from './routes/events';
import { placeRoutes } from './routes/places';

/** All calendars of the tenant, and what their routes share. */
export class CalendarService implements GraphService, MeetingHall {
	readonly routes: GraphService['routes'];
	readonly places: SandboxPlaces;
	readonly deltas = new DeltaStates<CalendarFeed>();
	readonly #boxes = new Map<string, CalendarBox>();
	readonly #outsiders = new Map<string, CalendarBox>();

	constructor(
		readonly clock: Clock,
		readonly directory: SandboxDirectory,
		readonly mail: MailService,
		readonly announce?: Announce,
	) {
		this.places = placesOf(directory);
		this.routes = [
			...calendarRoutes(this),
			...eventRoutes(this),
			...calendarDeltaRoutes(this),
			...eventActionRoutes(this),
			...attachmentRoutes(this),
			...availabilityRoutes(this),
			...placeRoutes(this),
		];
	}

	boxOf(address: string): CalendarBox | undefined {
		const user = findUser(this.directory, address);
		const owner = user ? ownerOf(user) : this.#placeOwner(address);
		return owner && this.#box(owner);
	}

	/** The calendar of somebody outside of the tenant, from which invitations come. */
	outsider(address: string): CalendarBox {
		let box = this.#outsiders.get(address);
		if (!box) {
			const number = 1_000 + this.#outsiders.size;
			box = new CalendarBox(number, { id: address, name: address, address }, this.clock);
			this.#outsiders.set(address, box);
		}
		return box;
	}

	isRoom(address: string): boolean {
		return this.places.rooms.some((room) => sameText(room.address, address));
	}

	/** The calendars that a path names. */
	open(call: GraphCall): CalendarBox {
		if (call.owner) return this.#box(ownerOf(call.owner));
		const group = this.places.groups.find(({ id }) => id === call.keys[0]);
		if (!group)
			throw new RefusedError(404, 'Request_ResourceNotFound', 'The group does not exist.');
		const user = requireSignedIn(this.directory, call.caller);
		if (!group.members.some((member) => sameText(member, user.userPrincipalName))) throw denied();
		return this.#box(group);
	}

	/** The calendar that a path names: the default one, or by id an own or a shared one. */
	openCalendar(call: GraphCall, id: string | undefined): SharedCalendar {
		const box = this.open(call);
		return id === undefined ? { box, calendar: box.defaultCalendar } : box.calendar(id);
	}

	/** Empties all calendars. */
	reset(): void {
		this.#boxes.clear();
		this.deltas.reset();
		this.#outsiders.clear();
	}

	#placeOwner(address: string): BoxOwner | undefined {
		const { rooms, groups } = this.places;
		return [...rooms, ...groups].find((place) => sameText(place.address, address));
	}

	#box(owner: BoxOwner): CalendarBox {
		let box = this.#boxes.get(owner.id);
		if (!box) {
			box = new CalendarBox(this.#numberOf(owner), owner, this.clock, this.announce);
			this.#boxes.set(owner.id, box);
		}
		return box;
	}

	/** In ids: the same whatever is opened first. */
	#numberOf({ id }: BoxOwner): number {
		const { rooms, groups } = this.places;
		const all = [...this.directory.users, ...rooms, ...groups];
		const place = all.findIndex((each) => each.id === id);
		if (place < 0) throw itemNotFound();
		return place + 1;
	}
}

function ownerOf({ id, displayName, userPrincipalName }: SandboxUser): BoxOwner {
	return { id, name: displayName, address: userPrincipalName };
}

export function sameText(left: string, right: string): boolean {
	return left.toLowerCase() === right.toLowerCase();
}
