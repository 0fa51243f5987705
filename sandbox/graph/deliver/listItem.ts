import type { SandboxDirectory } from '../../directory';
import { RefusedError } from '../refused';
import { findUser } from '../server/authorize';
import type { SharePoint } from '../sharepoint/store';
import type { StoredItem } from '../sharepoint/types';

/** What somebody else does in a list. */
export interface DeliverListItem {
	/** A site's name or id. */
	readonly site: string;
	/** Its id or title. */
	readonly list: string;
	/** Of a new item, or the changes of `itemId`. `{n}` in a text is the number. */
	readonly fields?: Readonly<Record<string, unknown>>;
	readonly itemId?: string | number;
	readonly delete?: true;
	/** So many new ones, the first with number 1. */
	readonly count?: number;
	/** Default: Ben. */
	readonly from?: string;
}

/** @returns ids as Graph gives them */
export function deliverListItem(
	sharePoint: SharePoint,
	directory: SandboxDirectory,
	request: DeliverListItem,
): { readonly id: string; readonly ids: readonly string[] } {
	const { itemId, fields = {}, count = 1, from = 'ben@contoso.example' } = request;
	const site =
		sharePoint.sites.find(({ name }) => name === request.site) ?? sharePoint.site(request.site);
	const list = sharePoint.list(site, request.list);
	const user = findUser(directory, from);
	if (user === undefined) throw new RefusedError(400, 'SandboxControl', `There is no ${from}`);
	const by = sharePoint.personNumber(site, user);
	let items: StoredItem[];
	if (itemId === undefined) {
		items = Array.from({ length: count }, (_, index) =>
			sharePoint.addItem(site, list, { body: numbered(fields, index + 1), by }),
		);
	} else {
		const item = sharePoint.item(list, String(itemId));
		if (request.delete === true) sharePoint.removeItem(list, item);
		else sharePoint.writeFields(site, list, item, { body: fields, by });
		items = [item];
	}
	const ids = items.map(({ id }) => String(id));
	return { id: ids[0] ?? '', ids };
}

function numbered(
	fields: Readonly<Record<string, unknown>>,
	number: number,
): Readonly<Record<string, unknown>> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, value]) => [
			name,
			typeof value === 'string' ? value.replaceAll('{n}', String(number)) : value,
		]),
	);
}
