import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { events } from '../../nodes/Trigger/events';
import { eventLabel } from '../../nodes/Trigger/shared/eventProperties';
import manifest from '../../package.json';
import { docsPages } from '../../scripts/docs/index.js';
import { operationNodes } from './operationNodes';

const root = path.join(__dirname, '../..');
const read = (...file: string[]): string => readFileSync(path.join(root, ...file), 'utf8');

const examples = readdirSync(path.join(root, 'examples'))
	.filter((file) => file.endsWith('.json'))
	.map((file): [string, unknown] => [file, JSON.parse(read('examples', file))]);

const pages = docsPages(
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- which modules there are is known at run time only
	(file): unknown => require(path.join(root, file)),
	manifest.n8n.nodes,
	Object.fromEntries(examples),
);

// Stale? `npm run docs` writes them anew.
it.each(Object.entries(pages))('docs/%s is up to date', (name, text) => {
	expect(read('docs', name)).toBe(text);
});

describe('docs/nodes.md', () => {
	const sections = new Map(
		read('docs', 'nodes.md')
			.split(/^## /m)
			.slice(1)
			.map((section): [string, string] => [section.split('\n')[0] ?? '', section]),
	);
	const named = (title: string, pattern: RegExp): string[] =>
		[...(sections.get(title) ?? '').matchAll(pattern)].map(([, name = '']) => name);

	it.each(operationNodes.map(({ description, resources }) => ({ description, resources })))(
		'names operations that $description.displayName has',
		({ description, resources }) => {
			const own = resources.flatMap((resource) =>
				resource.operations.map((operation) => `${resource.name} > ${operation.name}`),
			);
			const mentioned = named(description.displayName, /_([^_\n]+ > [^_\n]+)_/g);
			expect(mentioned.length).toBeGreaterThan(0);
			expect(mentioned.filter((name) => !own.includes(name))).toEqual([]);
		},
	);

	it('names events that the triggers have, and those that the instant one lacks', () => {
		const labels = events.map(eventLabel);
		const pattern = /_((?:Calendar|Files|Mail|SharePoint): [^_\n]+)_/g;
		const mentioned = named('Microsoft 365 Trigger', pattern);
		expect(mentioned.length).toBeGreaterThan(0);
		expect(mentioned.filter((name) => !labels.includes(name))).toEqual([]);
		expect(named('Microsoft 365 Instant Trigger', pattern)).toEqual(
			events.filter(({ subscriptions }) => subscriptions === undefined).map(eventLabel),
		);
	});
});
