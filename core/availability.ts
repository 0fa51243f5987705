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

/** @throws {UnavailableInCloudError} */
export function assertAvailable(feature: CloudFeature, cloud: CloudProfile): void {
	const { title, lackedBy, instead } = cloudFeatures[feature];
	if (lackedBy.includes(cloud.metadata)) {
		throw new UnavailableInCloudError(title, cloud.label, instead);
	}
}
