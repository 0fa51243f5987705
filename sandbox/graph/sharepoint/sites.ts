import type { SandboxDirectory } from '../../directory';

/** A site of the sandbox's tenant. Ids look like SharePoint's: host, site collection, web. */
export interface SandboxSite {
	/** `contoso.sharepoint.example,{guid},{guid}` */
	readonly id: string;
	/** What pages and forms call it; empty where its owner gave it none, as happens. */
	readonly displayName: string;
	/** The last segment of its path; of the root site, that of its title. */
	readonly name: string;
	/** Server-relative, without slash at its end: `/sites/finance`; empty of the root site. */
	readonly path: string;
	readonly webUrl: string;
	readonly description: string;
	/** The path of the site that it lies in. */
	readonly parentPath?: string;
	/** Its document library `Documents`: both the list (in /lists) and the drive (in /drives). */
	readonly documents: { readonly listId: string; readonly driveId: string };
}

/** `contoso.sharepoint.example` for the domain `contoso.example`. */
export function sharePointHost(directory: SandboxDirectory): string {
	const [tenant = 'contoso'] = directory.domain.split('.');
	return `${tenant}.sharepoint.example`;
}

interface SiteSeed {
	readonly number: number;
	readonly path: string;
	readonly displayName: string;
	readonly name: string;
	readonly description: string;
	readonly parentPath?: string;
}

const seeds: readonly SiteSeed[] = [
	{ number: 1, path: '', displayName: 'Contoso', name: 'root', description: 'The home site' },
	{
		number: 2,
		path: '/sites/finance',
		displayName: 'Finance',
		name: 'finance',
		description: 'Invoices, budgets, travel',
	},
	{
		number: 3,
		path: '/sites/finance/audit',
		displayName: 'Audit 2026',
		name: 'audit',
		description: '',
		parentPath: '/sites/finance',
	},
	{
		number: 4,
		path: '/sites/marketing',
		displayName: 'Marketing',
		name: 'marketing',
		description: 'Campaigns and brand',
	},
	// A site without a title exists in real tenants, and has broken pickers.
	{ number: 5, path: '/sites/t-1044', displayName: '', name: 't-1044', description: '' },
];

/** The sites of a tenant; the first is the root site. */
export function sandboxSites(directory: SandboxDirectory): readonly SandboxSite[] {
	const host = sharePointHost(directory);
	return seeds.map(({ number, ...seed }): SandboxSite => {
		// A subsite is another web in the same site collection.
		const collection = seed.parentPath === undefined ? number : 2;
		return {
			...seed,
			id: `${host},${guid('c', collection)},${guid('d', number)}`,
			webUrl: `https://${host}${seed.path}`,
			documents: { listId: guid('e', number), driveId: `b!sandbox-site-${number}-documents` },
		};
	});
}

/** The site whose pages a path belongs to: the one with the longest path above it. */
export function siteOfPath(
	sites: readonly SandboxSite[],
	serverRelativePath: string,
): SandboxSite | undefined {
	const wanted = trimmed(serverRelativePath);
	return sites.find(({ path }) => trimmed(path) === wanted);
}

/** By id, by `root`, by host name, or by `host,collection,web` in any case. */
export function siteByKey(
	sites: readonly SandboxSite[],
	key: string,
	host: string,
): SandboxSite | undefined {
	const wanted = key.toLowerCase();
	if (wanted === 'root' || wanted === host.toLowerCase()) return sites[0];
	return sites.find(({ id }) => id.toLowerCase() === wanted);
}

function trimmed(path: string): string {
	return path.replace(/^\/+|\/+$/g, '').toLowerCase();
}

function guid(kind: string, number: number): string {
	return `${kind.repeat(8)}-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
