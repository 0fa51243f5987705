import type { FollowupFlag, Message } from '@microsoft/microsoft-graph-types';
import { assertAvailable } from '../../core/availability';
import { graphTimeAt } from '../../core/calendar/localTime';
import { utc, zoneOf } from '../../core/calendar/zone';
import type { CloudProfile } from '../../core/clouds';
import type { UtcTime } from '../../core/time';
import { ParameterError, type ParamsOf } from '../kit/field';
import type { messageChanges } from './fields/changes';

export type MessageChanges = Partial<ParamsOf<typeof messageChanges>>;

interface PatchContext {
	readonly cloud: CloudProfile;
	/** IANA name; flags are dates in it. */
	readonly timezone: string;
	/** The message as it is, where the changes depend on it. */
	readonly current?: unknown;
}

/** Whether the new categories depend on those that the message has. */
export function dependsOnCategories(changes: MessageChanges): boolean {
	const { categories, addCategories = [], removeCategories = [] } = changes;
	return categories === undefined && addCategories.length + removeCategories.length > 0;
}

/**
 * The changes as Graph takes them.
 * @throws {ParameterError} for no change
 * @throws {UnavailableInCloudError} for a flag where the cloud has none
 */
export function messagePatch(changes: MessageChanges, context: PatchContext): Message {
	const { subject, body, bodyType = 'html', importance } = changes;
	const { inferenceClassification, isRead } = changes;
	const patch: Message = {
		...(subject !== undefined && { subject }),
		...(body !== undefined && { body: { contentType: bodyType, content: body } }),
		...(importance && { importance }),
		...(inferenceClassification && { inferenceClassification }),
		...(isRead !== undefined && { isRead }),
		...categoriesPatch(changes, context.current as Message | undefined),
		...flagPatch(changes, context),
	};
	if (Object.keys(patch).length > 0) return patch;
	throw new ParameterError('Changes', 'is empty', 'Add at least one change.');
}

function categoriesPatch(changes: MessageChanges, current: Message | undefined): Message {
	const { categories, addCategories = [], removeCategories = [] } = changes;
	if (categories === undefined && !dependsOnCategories(changes)) return {};
	const removed = new Set(removeCategories.map(lowerCased));
	const kept = new Map<string, string>();
	for (const name of [...(categories ?? current?.categories ?? []), ...addCategories]) {
		// Exchange takes names that differ in case alone for the same category.
		if (!kept.has(lowerCased(name)) && !removed.has(lowerCased(name))) {
			kept.set(lowerCased(name), name);
		}
	}
	return { categories: [...kept.values()] };
}

const lowerCased = (name: string): string => name.toLowerCase();

function flagPatch(
	{ flag, flagStart, flagDue }: MessageChanges,
	{ cloud, timezone }: PatchContext,
): Message {
	if (flag === undefined && flagStart === undefined && flagDue === undefined) return {};
	assertAvailable('message.flag', cloud);
	const zone = zoneOf(timezone) ?? utc;
	const local = (time: UtcTime) => graphTimeAt(Date.parse(time), zone);
	// Graph refuses a due date without a start. https://learn.microsoft.com/graph/api/resources/followupflag
	const start = flagStart ?? flagDue;
	const value: FollowupFlag = {
		flagStatus: flag ?? 'flagged',
		...(start !== undefined && { startDateTime: local(start) }),
		...(flagDue !== undefined && { dueDateTime: local(flagDue) }),
	};
	return { flag: value };
}
