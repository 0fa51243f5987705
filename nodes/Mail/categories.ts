import type { OutlookCategory } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import { type GraphPath, path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import { ParameterError } from '../kit/field';

/**
 * Outlook's colors by Graph's presets.
 * https://learn.microsoft.com/javascript/api/outlook/office.mailboxenums.categorycolor
 */
export const colorNames = {
	none: 'No Color',
	preset0: 'Red',
	preset1: 'Orange',
	preset2: 'Brown',
	preset3: 'Yellow',
	preset4: 'Green',
	preset5: 'Teal',
	preset6: 'Olive',
	preset7: 'Blue',
	preset8: 'Purple',
	preset9: 'Cranberry',
	preset10: 'Steel',
	preset11: 'Dark Steel',
	preset12: 'Gray',
	preset13: 'Dark Gray',
	preset14: 'Black',
	preset15: 'Dark Red',
	preset16: 'Dark Orange',
	preset17: 'Dark Brown',
	preset18: 'Dark Yellow',
	preset19: 'Dark Green',
	preset20: 'Dark Teal',
	preset21: 'Dark Olive',
	preset22: 'Dark Blue',
	preset23: 'Dark Purple',
	preset24: 'Dark Cranberry',
} as const;

export type CategoryColor = keyof typeof colorNames;

export function simplifyCategory({ id, displayName, color }: OutlookCategory): IDataObject {
	return {
		id: id ?? '',
		name: displayName ?? '',
		color: colorNames[color ?? 'none'],
		preset: color ?? 'none',
	};
}

export const masterCategories = (mailbox: GraphPath): GraphPath =>
	path`${mailbox}/outlook/masterCategories`;

export async function listCategories(
	graph: GraphClient,
	mailbox: GraphPath,
): Promise<OutlookCategory[]> {
	const categories: OutlookCategory[] = [];
	const request = { method: 'GET', path: masterCategories(mailbox) } as const;
	for await (const page of graph.pages<OutlookCategory>(request, { pageSize: 100 })) {
		categories.push(...page);
	}
	return categories;
}

/** @throws {ParameterError} naming the categories that exist */
export async function findCategory(
	graph: GraphClient,
	mailbox: GraphPath,
	name: string,
	label: string,
): Promise<string> {
	const categories = await listCategories(graph, mailbox);
	const found = categories.find(
		({ displayName }) => displayName?.toLowerCase() === name.toLowerCase(),
	);
	if (found?.id !== undefined) return found.id;
	const known = categories.map(({ displayName }) => displayName ?? '').slice(0, 20);
	throw new ParameterError(
		label,
		`the mailbox has no category "${name}"`,
		known.length > 0 ? `It has: ${known.join(', ')}.` : 'Create it with Category > Create.',
	);
}
