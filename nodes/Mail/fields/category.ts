import { choice } from '../../kit/fields/values';
import { type CategoryColor, colorNames, findCategory } from '../categories';
import { named } from './named';

export const categoryField = named('category', {
	displayName: 'Category',
	searchListMethod: 'searchCategories',
	placeholder: 'e.g. Invoices',
	idPattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
	find: findCategory,
});

export const colorField = choice('color', {
	displayName: 'Color',
	options: Object.entries(colorNames)
		.map(([value, name]) => ({ name, value: value as CategoryColor }))
		.sort((a, b) => a.name.localeCompare(b.name, 'en')),
	default: 'preset7',
});
