import { path } from '../../../../core/graph/path';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { defineOperation } from '../../../kit/operation';
import { basicUserProperties, directoryPages, simplifyUser } from '../../directory';
import { userField } from '../../fields/user';

export const getDirectReports = defineOperation({
	name: 'Get Direct Reports',
	value: 'getDirectReports',
	action: 'Get the direct reports of a user',
	description: 'List the people who report to somebody',
	permissions: { delegated: 'User.ReadBasic.All', application: 'User.Read.All' },
	properties: [userField, returnAllField, limitField, simplifyField],
	execute: ({ graph, params }) =>
		directoryPages(graph, {
			path: path`${params.user}/directReports`,
			query: { $select: params.simplify ? basicUserProperties : undefined },
			limit: params.limit,
			output: (user) => (params.simplify ? simplifyUser(user) : user),
		}),
});
