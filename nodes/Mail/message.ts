import type { InternetMessageHeader, Message } from '@microsoft/microsoft-graph-types';
import { assertAvailable } from '../../core/availability';
import type { CloudProfile } from '../../core/clouds';
import { ParameterError, type ParamsOf } from '../kit/field';
import { extendedProperties } from './extendedProperties';
import type { messageOptionFields } from './fields/content';

export type MessageOptions = Partial<ParamsOf<typeof messageOptionFields>>;

export interface MessageParams {
	readonly to: Message['toRecipients'];
	readonly subject: string;
	readonly bodyType: 'html' | 'text';
	readonly body: string;
	readonly options: MessageOptions;
}

/** Graph's own limit; it answers more with `InvalidInternetMessageHeaderCollection`. */
const largestHeaderCount = 5;

/**
 * A new message as Graph takes it, without attachments.
 * @throws {ParameterError} for a header that Exchange refuses
 * @throws {UnavailableInCloudError} for headers where the cloud has none
 */
export function newMessage(params: MessageParams, cloud: CloudProfile): Message {
	const { to, subject, bodyType, body, options } = params;
	const { from, categories, headers = [] } = options;
	if (headers.length > 0) assertAvailable('message.internetMessageHeaders', cloud);
	if (headers.length > largestHeaderCount) {
		throw new ParameterError(
			'Custom Headers',
			`are ${headers.length}; Exchange takes ${largestHeaderCount} in one message`,
		);
	}
	return {
		subject,
		body: { contentType: bodyType, content: body },
		...(to && to.length > 0 && { toRecipients: to }),
		...messageExtras(options),
		...(from && { from }),
		...(categories && categories.length > 0 && { categories: [...categories] }),
		...(headers.length > 0 && { internetMessageHeaders: headers.map(customHeader) }),
	};
}

/** What replies may have too. */
export function messageExtras(options: MessageOptions): Message {
	const { cc, bcc, replyTo, importance } = options;
	return {
		...(cc && cc.length > 0 && { ccRecipients: cc }),
		...(bcc && bcc.length > 0 && { bccRecipients: bcc }),
		...(replyTo && replyTo.length > 0 && { replyTo }),
		...(importance && { importance }),
		...(options.isReadReceiptRequested && { isReadReceiptRequested: true }),
		...(options.isDeliveryReceiptRequested && { isDeliveryReceiptRequested: true }),
		...extendedProperties(options),
	};
}

function customHeader(header: {
	readonly name?: string;
	readonly value?: string;
}): InternetMessageHeader {
	const name = header.name?.trim() ?? '';
	if (!/^x-[\x21-\x39\x3b-\x7e]+$/i.test(name)) {
		throw new ParameterError(
			'Custom Headers',
			`"${name}" is no name for a custom header`,
			'Use a name that begins with x- and has no spaces, like x-ticket-id.',
		);
	}
	return { name, value: header.value ?? '' };
}

/** The address list of a message for people to read, e.g. in a summary of what was sent. */
export function addressesOf(recipients: Message['toRecipients']): string[] {
	return (recipients ?? []).flatMap(({ emailAddress }) => emailAddress?.address ?? []);
}
