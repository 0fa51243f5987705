/** A host and the server-relative paths that a site may have, as names, the deepest first. */
export interface SiteCandidates {
	readonly host: string;
	readonly paths: ReadonlyArray<readonly string[]>;
}

/** Below a site these begin what isn't a site any more. */
const inside =
	/^(lists|sitepages|pages|siteassets|shared documents|documents|forms|style library|_layouts|_catalogs|_api)$/i;
/** What Office's links call the collections: `/:l:/s/Sales/…` is in `/sites/Sales`. */
const shortRoots: Readonly<Record<string, string>> = { s: 'sites', t: 'teams' };
/** A subsite of a subsite of a subsite, and a library in it. */
const deepest = 5;

/**
 * The sites that the address of a page, list, library or file may lie in. Only SharePoint knows
 * which of the names are subsites and which folders.
 *
 * @returns `undefined` for what is no web address
 */
export function siteCandidates(address: string): SiteCandidates | undefined {
	if (!URL.canParse(address)) return undefined;
	const { protocol, hostname, pathname } = new URL(address);
	if (protocol !== 'https:' && protocol !== 'http:') return undefined;
	const names = namesIn(pathname);
	const isCollection = /^(sites|teams|personal)$/i.test(names[0] ?? '') && names.length > 1;
	const least = isCollection ? 2 : 0;
	const end = names.findIndex((name, place) => place >= least && isInside(name));
	const most = Math.min(end < 0 ? names.length : end, least + deepest);
	const paths: string[][] = [];
	for (let length = most; length >= least; length--) paths.push(names.slice(0, length));
	return { host: hostname, paths };
}

function namesIn(pathname: string): string[] {
	const names = pathname
		.split('/')
		.filter((name) => name !== '')
		.map(decoded);
	if (!/^:\w+:$/.test(names[0] ?? '')) return names;
	const [, kind = '', ...rest] = names;
	const collection = shortRoots[kind];
	// After `/s/Sales` comes a token, after `/r` the path itself.
	return collection === undefined ? rest : [collection, ...rest.slice(0, 1)];
}

const isInside = (name: string): boolean => inside.test(name) || /\.aspx$/i.test(name);

function decoded(name: string): string {
	try {
		return decodeURIComponent(name);
	} catch {
		return name;
	}
}
