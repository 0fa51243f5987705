import { readdirSync } from 'node:fs';
import path from 'node:path';
import { cloudFeatures } from '../../core/availability';
import type { Field } from '../../nodes/kit/field';
import type { AnyOperation } from '../../nodes/kit/operation';
import { operationNodes } from './operationNodes';

/** What lint no longer sees, since the descriptions are made from the operations' definitions. */
function operationFiles(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.operation.ts'))
		.map((file) => file.split(path.sep).join('/').replace('.operation.ts', ''));
}

describe.each(operationNodes)('$description.displayName', ({ folder, description, resources }) => {
	const operations = resources.flatMap((resource) =>
		resource.operations.map((operation): [string, AnyOperation] => [
			`${resource.value}/${operation.value}`,
			operation,
		]),
	);

	it('registers every operation file under its own name, and nothing else', () => {
		expect(operations.map(([key]) => key).sort()).toEqual(
			operationFiles(path.join(folder, 'resources')).sort(),
		);
	});

	it('sorts its dropdowns by label', () => {
		const dropdowns = description.properties.filter(({ name }) =>
			['resource', 'operation'].includes(name),
		);
		expect(dropdowns.length).toBe(resources.length + 1);
		for (const { options = [] } of dropdowns) {
			const labels = options.map(({ name }) => name);
			expect(labels).toEqual([...labels].sort((a, b) => a.localeCompare(b, 'en')));
		}
	});

	it.each(operations)('%s is described as n8n and its users expect', (_key, operation) => {
		expect(operation.value).toMatch(/^[a-z][A-Za-z]*$/);
		// Title case in the dropdown, sentence case in the node search.
		expect(operation.name).toMatch(/^[A-Z]/);
		expect(operation.action).toMatch(/^[A-Z][^.]*[^.]$/);
		expect(wordsInCapitals(operation.action)).toEqual([]);
		expect(operation.description).toMatch(/^[A-Z].*[^.]$/);
		expect(operation.description.length).toBeGreaterThan(15);
	});

	it.each(operations)('%s names a permission of one kind at least', (_key, { permissions }) => {
		const { delegated, application } = permissions;
		expect(delegated ?? application).not.toBeNull();
		for (const permission of [delegated, application]) {
			// Empty: none of its own.
			if (permission)
				expect(permission).toMatch(
					/^[A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)+( [A-Z][A-Za-z]+(\.[A-Z][A-Za-z]+)+)*$/,
				);
		}
	});

	it.each(operations)('%s has unique parameters, each with a label', (_key, operation) => {
		const names = operation.properties.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
		for (const field of operation.properties) checkField(field);
		if (operation.needs !== undefined) expect(cloudFeatures).toHaveProperty([operation.needs]);
	});

	it('gives display rules that point at parameters of the same operation', () => {
		for (const [key, operation] of operations) {
			const known = new Set([
				'resource',
				'operation',
				'authentication',
				...operation.properties.map(({ name }) => name),
			]);
			for (const { property } of operation.properties) {
				const rules = Object.keys({
					...property.displayOptions?.show,
					...property.displayOptions?.hide,
				}).map((rule) => rule.replace(/^\//, ''));
				expect([key, property.name, rules.filter((rule) => !known.has(rule))]).toEqual([
					key,
					property.name,
					[],
				]);
			}
		}
	});
});

function checkField({ name, property }: Field): void {
	expect(property.name).toBe(name);
	expect(property.displayName).toMatch(/^[A-Z]/);
	expect(property.default).toBeDefined();
	if (property.type === 'boolean' && property.description !== undefined) {
		expect(property.description).toMatch(/^Whether /);
	}
	expect(property.description ?? '').not.toMatch(/\.$(?<!\. .*\.)/);
}

/** Capitalised words after the first, except names and abbreviations. */
function wordsInCapitals(action: string): string[] {
	const names = new Set([
		'SharePoint',
		'OneDrive',
		'Teams',
		'Outlook',
		'Microsoft',
		'Graph',
		'RSVP',
		'URL',
		'ZIP',
		'PDF',
	]);
	return action
		.split(' ')
		.slice(1)
		.filter((word) => /^[A-Z]/.test(word) && !names.has(word));
}
