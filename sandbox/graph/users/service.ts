import type { SandboxDirectory, SandboxUser } from '../../directory';
import { answerCollection, selectFrom, type CollectionRules } from '../odata/collection';
import type { Entity } from '../odata/evaluate';
import { itemNotFound } from '../refused';
import type { Access, GraphService } from '../server/call';

const usersRules: CollectionRules = {
	defaultPage: 100,
	largestPage: 999,
	onRequest: ['accountEnabled', 'mailNickname', 'userType'],
};

const own: Access = {
	delegated: ['User.Read', 'User.ReadWrite'],
	shared: ['User.ReadBasic.All', 'User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'],
	isDirectoryData: true,
	application: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'],
};

const everybody: Access = { ...own, delegated: [] };

/** `/me`, `/users` and `/users/{id}`, with a user's basic properties. */
export function createUsersService(directory: SandboxDirectory): GraphService {
	return {
		routes: [
			{
				method: 'GET',
				path: 'users',
				access: everybody,
				handle: (call) => ({
					status: 200,
					json: answerCollection(call, { items: directory.users, view: userView }, usersRules),
				}),
			},
			{
				method: 'GET',
				path: 'mailbox',
				access: own,
				handle: (call) => {
					if (call.owner === undefined) throw itemNotFound();
					return {
						status: 200,
						json: selectFrom(userView(call.owner), call.target.query, usersRules),
					};
				},
			},
		],
	};
}

function userView(user: SandboxUser): Entity {
	return {
		businessPhones: [],
		displayName: user.displayName,
		givenName: user.givenName,
		jobTitle: user.jobTitle,
		mail: user.userPrincipalName,
		mobilePhone: null,
		officeLocation: null,
		preferredLanguage: 'en-US',
		surname: user.surname,
		userPrincipalName: user.userPrincipalName,
		id: user.id,
		accountEnabled: !user.isSharedMailbox,
		mailNickname: user.userPrincipalName.split('@')[0] ?? '',
		userType: 'Member',
	};
}
