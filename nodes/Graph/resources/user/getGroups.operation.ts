import { path } from '../../../../core/graph/path';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { toggle } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { directoryPages, groupProperties, simplifyGroup } from '../../directory';
import { userField } from '../../fields/user';

export const getGroups = defineOperation({
	name: 'Get Groups',
	value: 'getGroups',
	action: 'Get the groups of a user',
	description: 'List the groups that a person is a member of',
	permissions: { delegated: 'GroupMember.Read.All', application: 'Directory.Read.All' },
	properties: [
		userField,
		toggle('nested', {
			displayName: 'Through Other Groups',
			description: 'Whether to list also the groups that a group of the person is in',
		}),
		returnAllField,
		limitField,
		simplifyField,
	],
	execute: ({ graph, params }) =>
		directoryPages(graph, {
			path: params.nested
				? path`${params.user}/transitiveMemberOf/microsoft.graph.group`
				: path`${params.user}/memberOf/microsoft.graph.group`,
			query: { $select: params.simplify ? groupProperties : undefined },
			limit: params.limit,
			output: (group) => (params.simplify ? simplifyGroup(group) : group),
		}),
});
