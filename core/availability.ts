import type { CloudProfile } from './clouds';

/**
 * What Graph's v1.0 metadata doesn't have everywhere. One row a feature; a test holds each row
 * against the metadata of each cloud.
 */
const features = {
	'message.permanentDelete': {
		title: 'Deleting a message permanently',
		lackedBy: ['Fairfax', 'Mooncake'],
		instead: 'Use Delete, which moves the message to Deleted Items.',
	},
	'message.flag': {
		title: 'Flagging a message',
		lackedBy: ['Mooncake'],
		instead: 'Use a category or the importance instead.',
	},
	'message.internetMessageHeaders': {
		title: 'The internet headers of a message',
		lackedBy: ['Mooncake'],
		instead: 'Export the message as .eml and read its headers there.',
	},
	'attachment.createUploadSession': {
		title: 'Attaching a file of 3 MB or more',
		lackedBy: ['Fairfax'],
		instead: 'Upload the file to OneDrive or SharePoint and send a link to it.',
	},
	'event.forward': {
		title: 'Forwarding an event',
		lackedBy: ['Fairfax'],
		instead: 'Use Add Attendees, which sends the invitation to further people.',
	},
	'event.proposeNewTime': {
		title: 'Proposing a new time',
		lackedBy: ['Fairfax', 'Mooncake'],
		instead: 'Write the time that suits into the comment of the response.',
	},
	'user.findMeetingTimes': {
		title: 'Finding meeting times',
		lackedBy: ['Mooncake'],
		instead: 'Use Get Schedule or Get Next Free Slot, which work everywhere.',
	},
	'message.delta': {
		title: 'Following the changes of a mail folder',
		lackedBy: ['Mooncake'],
		instead: 'Look for messages by the time of their receipt.',
	},
	'mailFolder.isHidden': {
		title: 'Hiding a mail folder',
		lackedBy: ['Fairfax'],
		instead: 'Create a folder that everybody sees.',
	},
	messageRule: {
		title: 'Rules of the Inbox',
		lackedBy: ['Mooncake'],
		instead: 'Make the rule in Outlook, or let a workflow do what it would.',
	},
	outlookCategory: {
		title: 'The list of categories and their colors',
		lackedBy: ['Mooncake'],
		instead: 'A message can have any category: name it in Message > Update.',
	},
} as const satisfies Record<string, FeatureRow>;

interface FeatureRow {
	/** Completes "… isn't available in …". */
	readonly title: string;
	readonly lackedBy: ReadonlyArray<CloudProfile['metadata']>;
	/** What to do in those clouds. */
	readonly instead: string;
}

export type CloudFeature = keyof typeof features;

/** A cloud lacks what an operation needs; nothing was sent. */
export class UnavailableInCloudError extends Error {
	override readonly name = 'UnavailableInCloudError';
	readonly code = 'unavailableInCloud';

	constructor(
		title: string,
		cloudLabel: string,
		readonly nextStep: string,
	) {
		super(`${title} isn't available in ${cloudLabel}`);
	}
}

export const cloudFeatures: Readonly<Record<CloudFeature, FeatureRow>> = features;

export function isAvailable(feature: CloudFeature, cloud: CloudProfile): boolean {
	return !cloudFeatures[feature].lackedBy.includes(cloud.metadata);
}

/** @throws {UnavailableInCloudError} */
export function assertAvailable(feature: CloudFeature, cloud: CloudProfile): void {
	if (!isAvailable(feature, cloud)) {
		const { title, instead } = cloudFeatures[feature];
		throw new UnavailableInCloudError(title, cloud.label, instead);
	}
}
