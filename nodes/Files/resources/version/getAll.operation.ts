import type { DriveItemVersion } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { defineOperation, item } from '../../../kit/operation';
import { fileFields } from '../../fields/items';
import { limitField, returnAllField, simplifyField } from '../../fields/output';
import { reads } from '../../shared/permissions';

export const getAll = defineOperation({
	name: 'Get Many',
	value: 'getAll',
	action: 'Get many versions of a file',
	description: 'List the versions of a file, newest first',
	permissions: reads,
	properties: [...fileFields, returnAllField, limitField, simplifyField],
	execute: async function* ({ graph, params }) {
		const { limit, simplify } = params;
		const request = { method: 'GET', path: path`${params.item.path}/versions` } as const;
		const options = { pageSize: 200, ...(limit !== undefined && { limit }) };
		for await (const page of graph.pages<DriveItemVersion>(request, options)) {
			yield page.map((version) => item(simplify ? simplifyVersion(version) : version));
		}
	},
});

function simplifyVersion({ id, size, lastModifiedBy, lastModifiedDateTime }: DriveItemVersion) {
	const { user, application } = lastModifiedBy ?? {};
	return {
		id: id ?? '',
		size: size ?? 0,
		lastModifiedDateTime: lastModifiedDateTime ?? '',
		lastModifiedBy: user?.displayName ?? application?.displayName ?? '',
	};
}
