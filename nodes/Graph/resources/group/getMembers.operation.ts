import { path } from '../../../../core/graph/path';
import { limitField, returnAllField, simplifyField } from '../../../kit/fields/output';
import { toggle } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { directoryPages, simplifyMember } from '../../directory';
import { groupField } from '../../fields/group';

export const getMembers = defineOperation({
	name: 'Get Members',
	value: 'getMembers',
	action: 'Get the members of a group',
	description:
		'List who is in a group; without a permission to read users, Microsoft tells their IDs only',
	permissions: { delegated: 'GroupMember.Read.All', application: 'GroupMember.Read.All' },
	properties: [
		groupField,
		toggle('nested', {
			displayName: 'Of Groups Within',
			description: 'Whether to list also the members of groups that are in the group',
		}),
		returnAllField,
		limitField,
		simplifyField,
	],
	execute: ({ graph, params }) =>
		directoryPages(graph, {
			path: params.nested
				? path`/groups/${params.group}/transitiveMembers`
				: path`/groups/${params.group}/members`,
			query: {},
			limit: params.limit,
			output: (member) => (params.simplify ? simplifyMember(member) : member),
		}),
});
