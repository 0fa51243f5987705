import type { DriveItem } from '@microsoft/microsoft-graph-types';
import { nameFilter } from '../../Files/listing';
import type { ParamsOf } from '../../kit/field';
import { collection, text, textList } from '../../kit/fields/values';
import { fitsAddress } from '../calendar/filters';

const namePatterns = textList('namePatterns', {
	displayName: 'Names',
	placeholder: 'e.g. *.pdf, invoice-*',
	description: 'Only what has such a name; * stands for any characters',
});

export const itemFiltersField = collection('filters', {
	displayName: 'Filters',
	placeholder: 'Add Filter',
	fields: [
		text('changedBy', {
			displayName: 'Last Changed By',
			placeholder: 'e.g. ben@contoso.com or @contoso.com',
			description: 'The address of the person, or the domain with an @ in front',
		}),
		namePatterns,
	],
});

/** Who has deleted something Graph doesn't tell. */
export const deletedFiltersField = collection('filters', {
	displayName: 'Filters',
	placeholder: 'Add Filter',
	fields: [namePatterns],
});

type ItemFilters = ParamsOf<readonly [typeof itemFiltersField]>['filters'];

export function matchesItemFilters(
	item: DriveItem,
	{ namePatterns: patterns, changedBy }: ItemFilters,
): boolean {
	if (!nameFilter(patterns)(item)) return false;
	const user = item.lastModifiedBy?.user as { email?: string } | null | undefined;
	return fitsAddress(user?.email, changedBy);
}
