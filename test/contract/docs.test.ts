import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cloudFeatures } from '../../core/availability';
import { operationsPage } from '../../scripts/operationTables.js';
import { operationNodes } from './operationNodes';

it('has a table of operations that is up to date', () => {
	const page = readFileSync(path.join(__dirname, '../../docs/operations.md'), 'utf8');
	const nodes = operationNodes.map(({ description, resources }) => ({
		displayName: description.displayName,
		resources,
	}));
	// Stale? `npm run docs` writes it anew.
	expect(page).toBe(operationsPage(nodes, cloudFeatures));
});
