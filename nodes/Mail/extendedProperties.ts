import type { Message } from '@microsoft/microsoft-graph-types';
import { longestChoiceCharacters, verbStream } from '../../core/mail/verbStream';
import type { UtcTime } from '../../core/time';
import { ParameterError } from '../kit/field';

/**
 * What Exchange keeps with a message and Graph has no property for, by its MAPI id.
 * https://learn.microsoft.com/graph/api/resources/extended-properties-overview
 * https://learn.microsoft.com/office/client-developer/outlook/mapi/mapi-constants
 */
const ids = {
	/** PidTagDeferredSendTime */
	sendAt: 'SystemTime 0x3FEF',
	/** PidTagSensitivity */
	sensitivity: 'Integer 0x36',
	/** PidLidVerbStream */
	votingOptions: 'Binary {00062008-0000-0000-C000-000000000046} Id 0x8520',
} as const;

const sensitivities = { normal: 0, personal: 1, private: 2, confidential: 3 } as const;

export type Sensitivity = keyof typeof sensitivities;

interface Extras {
	readonly sendAt?: UtcTime | undefined;
	readonly sensitivity?: Sensitivity;
	/** The texts of the buttons. */
	readonly votingOptions?: readonly string[];
}

/** @throws {ParameterError} for a voting button that is too long */
export function extendedProperties({
	sendAt,
	sensitivity,
	votingOptions = [],
}: Extras): Pick<Message, 'singleValueExtendedProperties'> {
	const properties = [
		...(sendAt !== undefined ? [{ id: ids.sendAt, value: sendAt }] : []),
		...(sensitivity !== undefined
			? [{ id: ids.sensitivity, value: String(sensitivities[sensitivity]) }]
			: []),
		...(votingOptions.length > 0
			? [{ id: ids.votingOptions, value: votingButtons(votingOptions).toString('base64') }]
			: []),
	];
	return properties.length > 0 ? { singleValueExtendedProperties: properties } : {};
}

function votingButtons(choices: readonly string[]): Buffer {
	const long = choices.find(({ length }) => length > longestChoiceCharacters);
	if (long === undefined) return verbStream(choices);
	throw new ParameterError(
		'Voting Buttons',
		`"${long.slice(0, 57)}…" has ${long.length} characters; Outlook takes ${longestChoiceCharacters}`,
	);
}
