import type { Message } from '@microsoft/microsoft-graph-types';
import { assertAvailable } from '../../core/availability';
import type { CloudProfile } from '../../core/clouds';
import { textLiteral } from '../../core/graph/literal';
import type { ParamsOf } from '../kit/field';
import type { filterFields } from './fields/filters';
import { addressesOf } from './message';

export type MessageFilters = Partial<ParamsOf<typeof filterFields>>;

/** Each condition that Exchange itself checks, as OData. */
export function conditionsOf(filters: MessageFilters, cloud: CloudProfile): string[] {
	const { receivedAfter, receivedBefore, from, subject, category } = filters;
	const { hasAttachments, readState, flag, importance } = filters;
	if (flag !== undefined) assertAvailable('message.flag', cloud);
	const address = from?.emailAddress?.address;
	return [
		receivedAfter && `receivedDateTime ge ${receivedAfter}`,
		receivedBefore && `receivedDateTime lt ${receivedBefore}`,
		address && `from/emailAddress/address eq ${textLiteral(address)}`,
		subject && `contains(subject,${textLiteral(subject)})`,
		category && `categories/any(c:c eq ${textLiteral(category)})`,
		hasAttachments && `hasAttachments eq ${hasAttachments}`,
		readState && `isRead eq ${readState === 'read'}`,
		flag && `flag/flagStatus eq '${flag}'`,
		importance && `importance eq '${importance}'`,
	].filter((condition) => typeof condition === 'string' && condition !== '') as string[];
}

/**
 * A filter together with an order: Exchange demands the property of the order first in the filter.
 * https://learn.microsoft.com/graph/api/user-list-messages#using-filter-and-orderby-in-the-same-query
 */
export function filterForOrder(conditions: readonly string[]): string | undefined {
	const [first] = conditions;
	if (first === undefined) return undefined;
	const all = first.startsWith('receivedDateTime ')
		? conditions
		: ['receivedDateTime ge 1900-01-01T00:00:00Z', ...conditions];
	return all.join(' and ');
}

/** What Exchange can't filter by (its filters know no `toRecipients`), or `undefined` for nothing. */
export function checkHere(filters: MessageFilters): ((message: Message) => boolean) | undefined {
	const wanted = filters.to?.emailAddress?.address?.toLowerCase();
	if (wanted === undefined) return undefined;
	return ({ toRecipients, ccRecipients }) =>
		[...addressesOf(toRecipients), ...addressesOf(ccRecipients)].some(
			(address) => address.toLowerCase() === wanted,
		);
}
