import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType } from 'n8n-workflow';
import { docsUrl } from '../../core/docs';
import { troubleshooting } from '../../core/troubleshooting';
import manifest from '../../package.json';

const root = path.join(__dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const pages = [
	...readdirSync(root).filter((file) => file.endsWith('.md')),
	...readdirSync(path.join(root, 'docs'))
		.filter((file) => file.endsWith('.md'))
		.map((file) => `docs/${file}`),
];

/** What is in a block of code is neither a heading nor a link. */
const withoutBlocks = (text: string): string => text.replaceAll(/^( *)```[^]*?^\1```/gm, '');

/** What GitHub makes of a heading, the second one of a name with -1 behind it. */
function anchorsOf(file: string): ReadonlySet<string> {
	const text = withoutBlocks(read(file));
	const anchors = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, id = '']) => id));
	const counts = new Map<string, number>();
	for (const [, heading = ''] of text.matchAll(/^#{1,6} (.+)$/gm)) {
		const slug = heading
			.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
			.toLowerCase()
			.replaceAll(/[^\p{L}\p{N}\p{M}_\- ]/gu, '')
			.replaceAll(' ', '-');
		const count = counts.get(slug) ?? 0;
		counts.set(slug, count + 1);
		anchors.add(count === 0 ? slug : `${slug}-${count}`);
	}
	return anchors;
}

const isThere = (file: string): boolean => existsSync(path.join(root, file));

function brokenLinks(page: string): string[] {
	const text = withoutBlocks(read(page)).replaceAll(/`[^`\n]*`/g, '');
	const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
	return links
		.filter((target) => !/^[a-z]+:/i.test(target))
		.filter((target) => {
			const [to = '', anchor] = target.split('#');
			const file = to === '' ? page : path.join(path.dirname(page), to);
			if (!isThere(file)) return true;
			return anchor !== undefined && !anchorsOf(file).has(anchor);
		});
}

/** Whether an address leads to a section of a page in docs/. */
function leadsToSection(url: string): boolean {
	const base = docsUrl('nodes', '').replace('nodes.md#', '');
	if (!url.startsWith(base)) return false;
	const [file = '', anchor = ''] = url.slice(base.length).split('#');
	return isThere(`docs/${file}`) && anchorsOf(`docs/${file}`).has(anchor);
}

it("knows GitHub's anchors, and a link that leads nowhere", () => {
	expect(anchorsOf('docs/admin-guide.md')).toContain(
		'app-only-limit-it-to-some-mailboxes-and-sites',
	);
	expect(leadsToSection(docsUrl('admin-guide', 'imap-and-smtp'))).toBe(true);
	expect(leadsToSection(docsUrl('admin-guide', 'no-such-section'))).toBe(false);
});

it.each(pages)('%s: each link to a page, a section or a file leads there', (page) => {
	expect(brokenLinks(page)).toEqual([]);
});

it('has a section for each cause that an error leads to', () => {
	const anchors = anchorsOf('docs/troubleshooting.md');
	expect(troubleshooting.map(({ anchor }) => anchor).filter((one) => !anchors.has(one))).toEqual(
		[],
	);
});

it.each(manifest.n8n.credentials)('%s leads to its section', (file) => {
	const source = file.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- which modules there are is known at run time only
	const module = require(path.join(root, source)) as Record<string, new () => ICredentialType>;
	const [CredentialClass] = Object.values(module);
	const url = CredentialClass && new CredentialClass().documentationUrl;
	expect([url, leadsToSection(url ?? '')]).toEqual([url, true]);
});

describe.each(manifest.n8n.nodes)('%s', (file) => {
	const codexFile = file.replace(/^dist\//, '').replace(/\.js$/, '.json');
	const codex = JSON.parse(read(codexFile)) as {
		readonly node: string;
		readonly categories: readonly string[];
		readonly alias: readonly string[];
		readonly resources: Readonly<Record<string, ReadonlyArray<{ readonly url: string }>>>;
	};

	it('is found by other words, in a category that n8n has', () => {
		const name = path.basename(codexFile, '.node.json');
		expect(codex.node).toBe(`${manifest.name}.${name.replace('M', 'm')}`);
		expect(codex.alias.length).toBeGreaterThan(0);
		expect(new Set(codex.alias).size).toBe(codex.alias.length);
		expect(codex.alias.filter((alias) => alias.trim() === '')).toEqual([]);
		expect(codex.categories.length).toBeGreaterThan(0);
		expect(['Communication', 'Data & Storage', 'Development', 'Productivity']).toEqual(
			expect.arrayContaining([...codex.categories]),
		);
	});

	it.each(['primaryDocumentation', 'credentialDocumentation'])(
		'%s leads to its section',
		(kind) => {
			const urls = (codex.resources[kind] ?? []).map(({ url }) => url);
			expect(urls).toHaveLength(1);
			expect(urls.filter((url) => !leadsToSection(url))).toEqual([]);
		},
	);
});
