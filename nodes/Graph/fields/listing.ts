import type { ParamsOf } from '../../kit/field';
import { limitField, returnAllField, simplifyField } from '../../kit/fields/output';
import { collection, text, textList } from '../../kit/fields/values';

/** What directory listings share. Property names are Graph's, so that every one of them can be asked for. */
export const listingOptions = collection('options', {
	displayName: 'Options',
	placeholder: 'Add Option',
	fields: [
		text('filter', {
			displayName: 'Filter',
			placeholder: "e.g. startswith(displayName,'A')",
			description: 'An OData filter, as in the $filter of Microsoft Graph',
		}),
		textList('properties', {
			displayName: 'Properties',
			placeholder: 'e.g. displayName, department, employeeId',
			description:
				'Names of the Graph properties to return, separated by commas, as they are. Most come only when they are named here.',
		}),
	],
});

/** What to find in the directory and how it comes out; a text `search` goes before them. */
export const listingFields = [returnAllField, limitField, simplifyField, listingOptions] as const;

export type ListingParams = ParamsOf<typeof listingFields> & { readonly search: string };
