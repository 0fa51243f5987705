import type { User } from '@microsoft/microsoft-graph-types';
import { simplifyField } from '../../../kit/fields/output';
import { collection, textList } from '../../../kit/fields/values';
import { defineOperation } from '../../../kit/operation';
import { simplifyUser } from '../../directory';
import { userField } from '../../fields/user';

export const get = defineOperation({
	name: 'Get',
	value: 'get',
	action: 'Get a user',
	description: "Get a person's profile",
	permissions: { delegated: 'User.ReadBasic.All', application: 'User.Read.All' },
	batchable: true,
	properties: [
		userField,
		simplifyField,
		collection('options', {
			displayName: 'Options',
			placeholder: 'Add Option',
			fields: [
				textList('properties', {
					displayName: 'Properties',
					placeholder: 'e.g. displayName, department, employeeId',
					description:
						'Names of the Graph properties to return, separated by commas, as they are. Most come only when they are named here.',
				}),
			],
		}),
	],
	request: ({ params }) => ({
		method: 'GET',
		path: params.user,
		query: { $select: params.options.properties?.join(',') || undefined },
	}),
	shape: (body, { params }) =>
		params.simplify && !params.options.properties?.length
			? simplifyUser(body as User)
			: { ...(body as object) },
});
