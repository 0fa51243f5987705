import type { DriveItem } from '@microsoft/microsoft-graph-types';
import type { IDataObject } from 'n8n-workflow';
import { path } from '../../../../core/graph/path';
import { ParameterError, showWhen } from '../../../kit/field';
import { locate } from '../../../kit/drive/locate';
import { locationFields } from '../../../kit/drive/locationFields';
import { choice, text, toggle } from '../../../kit/fields/values';
import { defineOperation, item as outputOf } from '../../../kit/operation';
import { simplifyField } from '../../fields/output';
import { itemSelect, outputItem } from '../../item';
import { reads } from '../../shared/permissions';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many changes of a drive',
	description: 'List what has changed in a drive or library since the last time',
	permissions: reads,
	properties: [
		...locationFields,
		choice('since', {
			displayName: 'Since',
			options: [
				{ name: 'A Delta Token', value: 'token', description: 'Of an earlier run' },
				{ name: 'Now', value: 'now', description: 'Nothing yet: only a token for the next run' },
				{ name: 'The Beginning', value: 'beginning', description: 'Everything in the drive' },
			],
			default: 'token',
		}),
		showWhen(
			text('deltaToken', {
				displayName: 'Delta Token',
				required: true,
				placeholder: 'e.g. {{ $json.deltaToken }}',
				description: 'As the last run has returned it',
			}),
			{ since: ['token'] },
		),
		toggle('split', {
			displayName: 'One Item for Each Change',
			description:
				'Whether to return each change as an item with the token. Otherwise there is always one item with a list, also when nothing has changed.',
		}),
		simplifyField,
	],
	execute: async ({ graph, params, identity, note }) => {
		const { drive } = await locate(graph, 'source', { params, identity });
		const deltaLink = params.deltaToken?.trim();
		if (deltaLink !== undefined && !/^https?:\/\//.test(deltaLink)) {
			throw new ParameterError(
				'Delta Token',
				'is no token of this operation',
				'Take deltaToken from the last run.',
			);
		}
		const request = {
			method: 'GET',
			path: path`${drive}/root/delta`,
			query: {
				token: params.since === 'now' ? 'latest' : undefined,
				$select: params.simplify ? `${itemSelect},deleted,root` : undefined,
			},
		} as const;
		// An item that has changed several times comes several times; the last is as it is now.
		const changes = new Map<string, IDataObject>();
		let deltaToken = '';
		let isResync = false;
		for await (const page of graph.delta<DriveItem>(request, deltaLink)) {
			if (page.isResync && !isResync) changes.clear();
			isResync ||= page.isResync;
			deltaToken = page.deltaLink ?? deltaToken;
			for (const item of page.items) {
				const { id = '', root, deleted } = item;
				// The top changes with all that is in it.
				if (root) continue;
				changes.delete(id);
				changes.set(id, {
					change: deleted ? 'deleted' : 'changed',
					...outputItem(item, params.simplify),
				});
			}
		}
		if (isResync)
			note('Microsoft 365 had forgotten the token: all items are listed, changed or not.');
		const list = [...changes.values()];
		if (!params.split) return [outputOf({ changes: list, isResync, deltaToken })];
		return list.map((change) => outputOf({ ...change, isResync, deltaToken }));
	},
});
