import { path } from '../../../../core/graph/path';
import { defineOperation } from '../../../kit/operation';
import { fileFields } from '../../fields/items';
import { versionField } from '../../fields/permission';
import { writes } from '../../shared/permissions';

export const restore = defineOperation({
	name: 'Restore',
	value: 'restore',
	action: 'Restore a version of a file',
	description: 'Make a version of the past the current one; that of now stays as a version',
	permissions: writes,
	batchable: true,
	properties: [...fileFields, versionField],
	request: ({ params }) => ({
		method: 'POST',
		path: path`${params.item.path}/versions/${params.version.trim()}/restoreVersion`,
	}),
	shape: () => ({ success: true }),
});
