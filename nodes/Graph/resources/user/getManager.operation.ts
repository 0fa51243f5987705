import type { User } from '@microsoft/microsoft-graph-types';
import { path } from '../../../../core/graph/path';
import { simplifyField } from '../../../kit/fields/output';
import { defineOperation } from '../../../kit/operation';
import { simplifyUser, userProperties } from '../../directory';
import { userField } from '../../fields/user';

export const getManager = defineOperation({
	name: 'Get Manager',
	value: 'getManager',
	action: 'Get the manager of a user',
	description: 'Get the profile of the person that somebody reports to',
	permissions: { delegated: 'User.Read.All', application: 'User.Read.All' },
	batchable: true,
	properties: [userField, simplifyField],
	request: ({ params }) => ({
		method: 'GET',
		path: path`${params.user}/manager`,
		query: { $select: params.simplify ? userProperties : undefined },
	}),
	shape: (body, { params }) =>
		params.simplify ? simplifyUser(body as User) : { ...(body as object) },
});
