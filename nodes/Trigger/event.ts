import type { IDataObject } from 'n8n-workflow';
import type { Change, Source } from '../../core/changes/types';
import type { CloudFeature } from '../../core/availability';
import type { CloudProfile } from '../../core/clouds';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import type { GraphPath } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import type { BinaryAccess } from '../kit/binary';
import type { Field, ParamsOf } from '../kit/field';
import type { OutputItem, Permissions } from '../kit/operation';

/** The groups of the Event dropdown, e.g. `Mail: Message Received`. */
export type EventResource = 'calendar' | 'files' | 'mail' | 'sharePoint';

/** What an event's functions know. Parameters are read once, when the workflow is activated. */
export interface EventInput<Params> {
	readonly params: Params;
	readonly graph: GraphClient;
	readonly cloud: CloudProfile;
	readonly identity: TokenProvider['kind'];
	/** IANA name of the workflow's time zone. */
	readonly timezone: string;
	/** A line in n8n's log. */
	readonly log: (text: string) => void;
}

/** What a run's own part of the work knows besides. */
export interface CompleteInput<Params> extends EventInput<Params> {
	readonly binary: BinaryAccess;
	/** The ID of the change that started the run, e.g. of the message. */
	readonly id: string;
}

/** One change-notification subscription that an event needs in the instant trigger. */
export interface SubscriptionWish {
	/** Without `/v1.0`, e.g. `/users/{id}/mailFolders/inbox/messages`. */
	readonly resource: GraphPath;
	/** E.g. `created,updated`. */
	readonly changeType: string;
	/** The longest time that Graph grants for this resource. */
	readonly maxMinutes: number;
	/** Whether Graph sends lifecycle notifications `missed` and `subscriptionRemoved` for it. */
	readonly withLifecycle?: boolean;
	/** `Prefer: IdType="ImmutableId"` when it is created. */
	readonly immutableIds?: boolean;
}

interface EventDefinition<Fields extends readonly Field[]> {
	/** As in the Event dropdown after its group, e.g. `Message Received`. */
	readonly name: string;
	/** Never changes: workflows hold it. Also the name of the event's file. */
	readonly value: string;
	readonly resource: EventResource;
	/** As in n8n's node search, e.g. `On message received`. */
	readonly action: string;
	readonly description: string;
	readonly permissions: Permissions;
	/** What not every cloud has; refused by name before anything is sent. */
	readonly needs?: CloudFeature;
	readonly properties: Fields;
	/** Where to look: one source a folder, calendar, drive or list. May ask Graph, e.g. for the folders. */
	readonly sources: (
		input: EventInput<ParamsOf<Fields>>,
	) => readonly Source[] | Promise<readonly Source[]>;
	/** Judges by `change.item` alone. Default: every change starts a run. */
	readonly matches?: (change: Change, input: EventInput<ParamsOf<Fields>>) => boolean;
	/**
	 * The output of up to twenty changes, one at the place of each; `undefined` for what is gone or
	 * doesn't match after all. Default: `change.item`.
	 * @throws for what may pass: the same changes come again at the next look
	 */
	readonly details?: (
		changes: readonly Change[],
		input: EventInput<ParamsOf<Fields>>,
	) => Promise<ReadonlyArray<IDataObject | undefined>>;
	/**
	 * What belongs into the run itself, such as downloads: n8n stores files for a run that has begun
	 * only. An error here fails the run, which can be retried there.
	 */
	readonly complete?: (
		json: IDataObject,
		input: CompleteInput<ParamsOf<Fields>>,
	) => Promise<OutputItem>;
	/**
	 * After the hand-over, e.g. marking as read; for up to twenty changes. What fails is logged and
	 * not tried again. Done twice where n8n stopped in between.
	 */
	readonly aftermath?: (
		changes: readonly Change[],
		input: EventInput<ParamsOf<Fields>>,
	) => Promise<void>;
	/** Whether `aftermath` has anything to do. */
	readonly hasAftermath?: (params: ParamsOf<Fields>) => boolean;
	/** For the instant trigger; without it the event can be polled only. */
	readonly subscriptions?: (
		input: EventInput<ParamsOf<Fields>>,
	) => readonly SubscriptionWish[] | Promise<readonly SubscriptionWish[]>;
}

/** An event whose parameter types are known to nobody but itself. */
export type TriggerEvent = Omit<
	EventDefinition<readonly Field[]>,
	'sources' | 'matches' | 'details' | 'complete' | 'aftermath' | 'hasAftermath' | 'subscriptions'
> & {
	readonly sources: (input: EventInput<never>) => readonly Source[] | Promise<readonly Source[]>;
	readonly matches?: (change: Change, input: EventInput<never>) => boolean;
	readonly details?: (
		changes: readonly Change[],
		input: EventInput<never>,
	) => Promise<ReadonlyArray<IDataObject | undefined>>;
	readonly complete?: (json: IDataObject, input: CompleteInput<never>) => Promise<OutputItem>;
	readonly aftermath?: (changes: readonly Change[], input: EventInput<never>) => Promise<void>;
	readonly hasAftermath?: (params: never) => boolean;
	readonly subscriptions?: (
		input: EventInput<never>,
	) => readonly SubscriptionWish[] | Promise<readonly SubscriptionWish[]>;
};

export function defineEvent<const Fields extends readonly Field[]>(
	definition: EventDefinition<Fields>,
): TriggerEvent {
	return definition;
}
