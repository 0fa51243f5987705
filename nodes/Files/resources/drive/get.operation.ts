import type { Drive } from '@microsoft/microsoft-graph-types';
import { locate } from '../../../kit/drive/locate';
import { locationFields } from '../../../kit/drive/locationFields';
import { defineOperation } from '../../../kit/operation';
import { outputDrive } from '../../drives';
import { simplifyField } from '../../fields/output';
import { reads } from '../../shared/permissions';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a drive',
	description: 'Get a OneDrive or library, with its ID and how much space is left',
	permissions: reads,
	properties: [...locationFields, simplifyField],
	execute: async ({ graph, params, identity }) => {
		const { drive: path } = await locate(graph, 'source', { params, identity });
		const drive = await graph.request<Drive>({ method: 'GET', path });
		return [{ json: outputDrive(drive, params.simplify) }];
	},
});
