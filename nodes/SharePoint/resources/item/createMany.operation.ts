import type { ListItem } from '@microsoft/microsoft-graph-types';
import type { BatchOutcome } from '../../../../core/graph/types';
import { AftermathError } from '../../../kit/aftermath';
import { ParameterError, type ParamsOf, showWhen } from '../../../kit/field';
import { choice, collection, json, text, toggle } from '../../../kit/fields/values';
import { type ExecuteInput, type OutputItem, defineOperation, item } from '../../../kit/operation';
import { siteField } from '../../../kit/sharepoint/site';
import { columns, rowValues } from '../../fields/columns';
import { listField } from '../../fields/list';
import { simplifyField } from '../../../kit/fields/output';
import { createRequest } from '../../items';
import { simplifyItem } from '../../simplify';

const properties = [
	siteField,
	listField,
	choice('rowsFrom', {
		displayName: 'Rows From',
		options: [
			{ name: 'A List', value: 'list', description: 'Several rows in a field of each input item' },
			{ name: 'The Input Items', value: 'input', description: 'Each input item is a row' },
		],
		default: 'input',
	}),
	showWhen(columns({ method: 'getColumns', mode: 'add', mapsInput: true }), {
		rowsFrom: ['input'],
	}),
	showWhen(
		json('rows', {
			displayName: 'Rows',
			default: '[]',
			description:
				'A list of objects with the names of columns, like <code>[{"Title": "Alpha"}, {"Title": "Beta"}]</code>',
		}),
		{ rowsFrom: ['list'] },
	),
	simplifyField,
	collection('options', {
		displayName: 'Options',
		placeholder: 'Add Option',
		fields: [
			text('contentTypeId', {
				displayName: 'Content Type ID',
				placeholder: 'e.g. 0x0100A5D04F…',
				description: "Of the list's content types. Empty: the list's default",
			}),
			toggle('returnFailed', {
				displayName: 'Return Failed Rows',
				default: true,
				description:
					'Whether rows of a list that SharePoint refuses are returned with their errors. Otherwise the node fails after all rows were tried.',
			}),
		],
	}),
] as const;

type Input = ExecuteInput<ParamsOf<typeof properties>>;

export const createMany = defineOperation({
	name: 'Create Many',
	value: 'createMany',
	action: 'Create many items',
	description: 'Add items in batches of 20; each fails or succeeds alone',
	permissions: { delegated: 'Sites.ReadWrite.All', application: 'Sites.ReadWrite.All' },
	batchable: true,
	properties,
	request: ({ params }) =>
		params.columns && createRequest({ ...params, values: params.columns, ...params.options }),
	shape: (body, { params }) => shaped(body as ListItem, params.simplify),
	execute: async (input) => await createRows(input),
});

interface Row {
	readonly row: unknown;
	readonly outcome: BatchOutcome<ListItem>;
}

async function createRows({ graph, params, timezone }: Input): Promise<OutputItem[]> {
	const { site, list, rows, simplify, options } = params;
	if (!Array.isArray(rows)) throw new ParameterError('Rows', 'is not a list');
	const place = { graph, site, timezone };
	const results: Row[] = [];
	const ready: Array<{
		readonly place: number;
		readonly request: ReturnType<typeof createRequest>;
	}> = [];
	for (const [index, row] of (rows as unknown[]).entries()) {
		try {
			const values = await rowValues(place, list, row);
			ready.push({ place: index, request: createRequest({ site, list, values, ...options }) });
		} catch (error) {
			const failure = error instanceof Error ? error : new Error(String(error));
			results[index] = { row, outcome: { ok: false, error: failure } };
		}
	}
	const outcomes = await graph.batch<ListItem>(ready.map(({ request }) => request));
	for (const [index, { place: rowIndex }] of ready.entries()) {
		const outcome = outcomes[index];
		if (outcome) results[rowIndex] = { row: (rows as unknown[])[rowIndex], outcome };
	}
	if (options.returnFailed !== true) throwFailures(results);
	return results.map(({ row, outcome }) =>
		item(outcome.ok ? shaped(outcome.body, simplify) : { error: outcome.error.message, row }),
	);
}

/** @throws {AftermathError} the first failure, with what became of the rest */
function throwFailures(results: readonly Row[]): void {
	const failed = results.flatMap(({ outcome }, index) =>
		outcome.ok ? [] : [{ number: index + 1, error: outcome.error }],
	);
	const [first] = failed;
	if (!first) return;
	const done = results.length - failed.length;
	const numbers = failed.map(({ number }) => number).slice(0, 20);
	throw new AftermathError(
		first.error,
		`Of ${results.length} rows ${done} were created; these were not: ${numbers.join(', ')}${failed.length > 20 ? ' …' : ''} (this is the error of row ${first.number}). The option Return Failed Rows gives each row's own.`,
	);
}

function shaped(created: ListItem, simplify: boolean): ReturnType<typeof simplifyItem> {
	return simplify ? simplifyItem(created) : { ...created };
}
