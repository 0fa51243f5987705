import type { Drive } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { ParameterError } from '../../../kit/field';
import { driveOwner } from '../../../kit/drive/locate';
import { locationFields } from '../../../kit/drive/locationFields';
import { defineOperation } from '../../../kit/operation';
import { outputDrive } from '../../drives';
import { limitField, returnAllField, simplifyField } from '../../fields/output';
import { reads } from '../../shared/permissions';

/** All libraries of a site are listed, whichever is the chosen one. */
const ownerFields = locationFields.filter(({ name }) => !['library', 'channel'].includes(name));

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many drives',
	description: "List a person's drives, or the libraries of a site, team or group",
	permissions: reads,
	properties: [...ownerFields, returnAllField, limitField, simplifyField],
	execute: async function* ({ graph, params, identity }) {
		const { limit, simplify } = params;
		if (params.location === 'drive') {
			throw new ParameterError('Location', 'is one drive', 'Choose whose drives are listed.');
		}
		const owner = driveOwner('source', { params, identity });
		const options = { pageSize: 200, ...(limit !== undefined && { limit }) };
		const request = { method: 'GET', path: path`${owner}/drives` } as const;
		for await (const page of graph.pages<Drive>(request, options)) {
			yield page.map((drive) => ({ json: outputDrive(drive, simplify) }));
		}
	},
});
