import { randomUUID } from 'node:crypto';
import type { Clock } from '../../clock';
import type { Announce } from '../changes';
import type { SandboxDirectory, SandboxUser } from '../../directory';
import { column, systemColumns } from './columns';
import { newPage } from './pages';
import { invalidRequest, nameTaken, notFound } from './refusals';
import { sandboxSites, type SandboxSite, sharePointHost, siteByKey, siteOfPath } from './sites';
import { seedFinance } from './seeds';
import type { FieldValues, StoredColumn, StoredItem, StoredList, StoredPage } from './types';
import { readFields } from './values';

export interface NewList {
	readonly displayName: string;
	readonly description?: string;
	readonly template?: string;
	readonly columns?: readonly StoredColumn[];
	readonly id?: string;
	readonly name?: string;
	readonly isSystem?: boolean;
}

export interface Write {
	readonly body: unknown;
	/** A number of the User Information List. */
	readonly by: number;
	readonly contentTypeId?: string;
	readonly canWriteLinks?: boolean;
}

const firstPerson = 10;

/** The tenant's sites with their lists, items and pages. */
export class SharePoint {
	readonly sites: readonly SandboxSite[];
	readonly host: string;
	/** Ids of the sites that `Sites.Selected` was given. */
	readonly grants = new Set<string>();
	/** Delta tokens of another epoch are forgotten. */
	epoch = 1;
	readonly #lists = new Map<string, Map<string, StoredList>>();
	readonly #pages = new Map<string, Map<string, StoredPage>>();

	constructor(
		readonly clock: Clock,
		readonly directory: SandboxDirectory,
		readonly announce: Announce = () => undefined,
	) {
		this.sites = sandboxSites(directory);
		this.host = sharePointHost(directory);
		this.reset();
	}

	/** Back to what the tenant starts with. */
	reset(): void {
		this.#lists.clear();
		this.#pages.clear();
		this.grants.clear();
		this.epoch += 1;
		for (const site of this.sites) {
			this.#lists.set(site.id, new Map());
			this.#pages.set(site.id, new Map());
			this.addList(site, {
				id: site.documents.listId,
				name: 'Shared Documents',
				displayName: 'Documents',
				template: 'documentLibrary',
			});
			// Subsites use the people of their site collection.
			if (site.parentPath === undefined) this.#addPeople(site);
		}
		const finance = this.sites.find(({ name }) => name === 'finance');
		if (finance) seedFinance(this, finance);
		for (const site of this.sites)
			this.addPage(site, { name: 'Home.aspx', title: 'Home', pageLayout: 'home' }, firstPerson);
	}

	/** @throws {RefusedError} 404 */
	site(key: string, path?: string): SandboxSite {
		const found =
			path === undefined ? siteByKey(this.sites, key, this.host) : siteOfPath(this.sites, path);
		if (found === undefined || (path !== undefined && key.toLowerCase() !== this.host)) {
			throw notFound('Requested site could not be found');
		}
		return found;
	}

	lists(site: SandboxSite): readonly StoredList[] {
		return [...(this.#lists.get(site.id)?.values() ?? [])];
	}

	/** By id or title. @throws {RefusedError} 404 */
	list(site: SandboxSite, key: string): StoredList {
		const wanted = key.toLowerCase();
		const found = this.lists(site).find(
			({ id, displayName }) => id === wanted || displayName.toLowerCase() === wanted,
		);
		if (found === undefined) throw notFound('The specified list was not found');
		return found;
	}

	addList(site: SandboxSite, options: NewList): StoredList {
		const { displayName, template = 'genericList', isSystem = false } = options;
		if (displayName.trim() === '') throw invalidRequest('A list needs a display name.');
		const isTaken = this.lists(site).some(
			(each) => each.displayName.toLowerCase() === displayName.toLowerCase(),
		);
		if (isTaken) throw nameTaken('Name already exists');
		const name = options.name ?? displayName.replaceAll(/[^\p{L}\p{N} _-]/gu, '');
		const folder = isSystem ? '/_catalogs/' : template === 'documentLibrary' ? '/' : '/Lists/';
		const now = this.now();
		const list: StoredList = {
			id: options.id ?? randomUUID(),
			name,
			displayName,
			description: options.description ?? '',
			template,
			webUrl: `${site.webUrl}${folder}${encodeURIComponent(name)}`,
			isHidden: isSystem,
			isSystem,
			columns: [...systemColumns(), ...(options.columns ?? [])],
			contentTypes:
				template === 'documentLibrary'
					? [
							{
								id: '0x0101',
								name: 'Document',
								description: 'Create a new document.',
								group: 'Document Content Types',
							},
							{
								id: '0x0120',
								name: 'Folder',
								description: 'Create a new folder.',
								group: 'Folder Content Types',
							},
						]
					: [
							{
								id: '0x01',
								name: 'Item',
								description: 'Create a new list item.',
								group: 'List Content Types',
							},
						],
			items: new Map(),
			nextItemId: 1,
			revision: 0,
			tombstones: new Map(),
			createdAt: now,
			modifiedAt: now,
		};
		this.#lists.get(site.id)?.set(list.id, list);
		return list;
	}

	removeList(site: SandboxSite, list: StoredList): void {
		this.#lists.get(site.id)?.delete(list.id);
	}

	/** @throws {RefusedError} 404 */
	item(list: StoredList, key: string): StoredItem {
		const found = list.items.get(Number(key));
		if (found === undefined) throw notFound('The specified item was not found');
		return found;
	}

	addItem(site: SandboxSite, list: StoredList, { body, by, ...write }: Write): StoredItem {
		const fields = this.#read(site, list, body, true, write.canWriteLinks);
		this.#requireUnique(list, fields, undefined);
		const contentTypeId = this.#contentType(list, write.contentTypeId);
		const now = this.now();
		const item: StoredItem = {
			id: list.nextItemId++,
			uniqueId: randomUUID(),
			contentTypeId,
			fields,
			createdAt: now,
			createdBy: by,
			modifiedAt: now,
			modifiedBy: by,
			versions: [{ id: '1.0', fields, modifiedAt: now, modifiedBy: by }],
			revision: (list.revision += 1),
		};
		list.items.set(item.id, item);
		this.#changed(list);
		return item;
	}

	writeFields(
		site: SandboxSite,
		list: StoredList,
		item: StoredItem,
		{ body, by, canWriteLinks }: Write,
	): void {
		const changes = this.#read(site, list, body, false, canWriteLinks);
		this.#requireUnique(list, changes, item);
		item.fields = { ...item.fields, ...changes };
		item.modifiedAt = this.now();
		item.modifiedBy = by;
		const { fields, modifiedAt } = item;
		item.versions.push({ id: `${item.versions.length + 1}.0`, fields, modifiedAt, modifiedBy: by });
		item.revision = list.revision += 1;
		this.#changed(list);
	}

	removeItem(list: StoredList, { id }: StoredItem): void {
		if (!list.items.delete(id)) return;
		list.tombstones.set(id, (list.revision += 1));
		this.#changed(list);
	}

	/** The hidden list of a site collection's people; a subsite's is its parent's. */
	people(site: SandboxSite): StoredList {
		const top = this.sites.find(({ path }) => path === (site.parentPath ?? site.path)) ?? site;
		return this.list(top, 'User Information List');
	}

	/** The number by which a person's columns refer to them; the app itself has one too. */
	personNumber(site: SandboxSite, user: SandboxUser | undefined): number {
		if (user === undefined) return firstPerson - 1;
		const known = [...this.people(site).items.values()].find(
			({ fields }) => fields['EMail'] === user.userPrincipalName,
		);
		return known?.id ?? firstPerson - 1;
	}

	pages(site: SandboxSite): Map<string, StoredPage> {
		return this.#pages.get(site.id) ?? new Map<string, StoredPage>();
	}

	addPage(site: SandboxSite, given: Readonly<Record<string, unknown>>, by: number): StoredPage {
		const pages = this.pages(site);
		const page = newPage(given, by, this.now());
		if ([...pages.values()].some(({ name }) => name.toLowerCase() === page.name.toLowerCase())) {
			throw nameTaken('A file or folder with this name already exists.');
		}
		pages.set(page.id, page);
		return page;
	}

	now(): string {
		return new Date(this.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z');
	}

	#changed(list: StoredList): void {
		list.modifiedAt = this.now();
		this.announce(() => ({ kind: 'list', id: list.id }));
	}

	#read(
		site: SandboxSite,
		list: StoredList,
		body: unknown,
		isNew: boolean,
		canWriteLinks = false,
	): FieldValues {
		return readFields(list, body, {
			isNew,
			canWriteLinks,
			exists: (listId, id) => {
				const target =
					listId === 'users'
						? this.people(site)
						: this.lists(site).find((each) => each.id === listId);
				return target?.items.has(id) === true;
			},
		});
	}

	#requireUnique(list: StoredList, fields: FieldValues, self: StoredItem | undefined): void {
		for (const { name, isUnique } of list.columns) {
			if (!isUnique || fields[name] === undefined) continue;
			const isTaken = [...list.items.values()].some(
				(other) => other !== self && other.fields[name] === fields[name],
			);
			if (isTaken)
				throw invalidRequest(`The value of the field '${name}' isn't unique in the list`);
		}
	}

	#contentType(list: StoredList, wanted: string | undefined): string {
		const [first] = list.contentTypes;
		if (wanted === undefined) return first?.id ?? '0x01';
		if (list.contentTypes.some(({ id }) => id === wanted)) return wanted;
		throw invalidRequest('The content type is not in the list.');
	}

	#addPeople(site: SandboxSite): void {
		const people = this.addList(site, {
			displayName: 'User Information List',
			name: 'users',
			template: 'userInformation',
			isSystem: true,
			columns: [column('EMail', 'text'), column('UserName', 'text'), column('Name', 'text')],
		});
		people.nextItemId = firstPerson;
		// Whoever never came to a site is not in its list; here that is the shared mailbox.
		for (const user of this.directory.users.filter(({ isSharedMailbox }) => !isSharedMailbox)) {
			const name = user.userPrincipalName;
			this.addItem(site, people, {
				by: firstPerson,
				body: {
					Title: user.displayName,
					EMail: name,
					UserName: name,
					Name: `i:0#.f|membership|${name}`,
				},
			});
		}
	}
}
