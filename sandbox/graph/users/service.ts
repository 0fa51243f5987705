import type { SandboxDirectory, SandboxUser } from '../../directory';
import { sandboxGroups } from '../drive/seeds';
import { answerCollection, selectFrom, type CollectionRules } from '../odata/collection';
import type { Entity } from '../odata/evaluate';
import { itemNotFound, RefusedError } from '../refused';
import { findUser } from '../server/authorize';
import type { GraphAnswer, GraphCall, GraphService, Route } from '../server/call';
import {
	applicationsRead,
	groupsRead,
	managerRead,
	mayReadFullProfiles,
	membershipRead,
	profileRead,
	profilesRead,
} from './access';
import { groupsOf, groupView, membersOf } from './groups';
import { photoRoutes } from './photos';
import { requireIndexHeader, searched } from './search';
import { basicView, userRules, userView } from './views';

const directoryRules: CollectionRules = { defaultPage: 100, largestPage: 999 };

/** `/me`, `/users`, `/groups` and `/applications`, as far as they are about who is who. */
export function createUsersService(directory: SandboxDirectory): GraphService {
	const get = (
		path: string,
		access: Route['access'],
		handle: (call: GraphCall) => GraphAnswer,
	): Route => ({ method: 'GET', path, access, handle });
	const usersAnswer = (call: GraphCall, users: readonly SandboxUser[]): GraphAnswer => {
		requireIndexHeader(call);
		const items = searched(
			users.map((user) => visible(call, user)),
			call.target.query.search,
		);
		return {
			status: 200,
			json: answerCollection(call, { items, view: (user) => user }, userRules),
		};
	};
	const groupsAnswer = (call: GraphCall, groups: typeof sandboxGroups): GraphAnswer => {
		requireIndexHeader(call);
		const items = searched(groups.map(groupView), call.target.query.search);
		return {
			status: 200,
			json: answerCollection(call, { items, view: (group) => group }, directoryRules),
		};
	};
	const members = (call: GraphCall): GraphAnswer => {
		requireIndexHeader(call);
		const group = sandboxGroups.find(({ id }) => id === call.keys[0]);
		if (!group) throw notThere(call.keys[0] ?? '');
		const items = membersOf(directory).map((user) => typed(visible(call, user)));
		return {
			status: 200,
			json: answerCollection(call, { items, view: (member) => member }, directoryRules),
		};
	};
	return {
		routes: [
			get('users', profilesRead, (call) => usersAnswer(call, directory.users)),
			get('mailbox', profileRead, (call) => ({
				status: 200,
				json: selectFrom(visible(call, ownerOf(call)), call.target.query, userRules),
			})),
			get('mailbox/manager', managerRead, (call) => {
				const manager = findUser(directory, ownerOf(call).manager ?? '');
				if (!manager) throw notThere('manager');
				return {
					status: 200,
					json: selectFrom(typed(visible(call, manager)), call.target.query, userRules),
				};
			}),
			get('mailbox/directReports', profilesRead, (call) => {
				const { userPrincipalName } = ownerOf(call);
				const reports = directory.users.filter(({ manager }) => manager === userPrincipalName);
				return usersAnswer(call, reports);
			}),
			...photoRoutes(),
			...(['mailbox/memberOf', 'mailbox/transitiveMemberOf'] as const).map((path) =>
				get(path, membershipRead, (call) => groupsAnswer(call, groupsOf(directory, ownerOf(call)))),
			),
			get('groups', groupsRead, (call) => groupsAnswer(call, sandboxGroups)),
			get('groups/*/members', groupsRead, members),
			get('groups/*/transitiveMembers', groupsRead, members),
			get('applications', applicationsRead, (call) => ({
				status: 200,
				json: answerCollection(
					call,
					{ items: directory.apps, view: (app) => applicationView(app) },
					directoryRules,
				),
			})),
		],
	};
}

function ownerOf({ owner }: GraphCall): SandboxUser {
	if (owner === undefined) throw itemNotFound();
	return owner;
}

/** Who may read basic profiles only is refused the rest by name, and isn't told it otherwise. */
function visible(call: GraphCall, user: SandboxUser): Entity {
	const { scp, oid, upn } = call.caller;
	const isOwn = scp !== undefined && (oid === user.id || upn === user.userPrincipalName);
	if (isOwn || mayReadFullProfiles(call.caller)) return userView(user);
	const basic = basicView(user);
	const refused = call.target.query.select?.find((name) => name !== '*' && !(name in basic));
	if (refused !== undefined) {
		throw new RefusedError(
			403,
			'Authorization_RequestDenied',
			'Insufficient privileges to complete the operation.',
		);
	}
	return basic;
}

const typed = (view: Entity): Entity => ({ '@odata.type': '#microsoft.graph.user', ...view });

function applicationView(app: SandboxDirectory['apps'][number]): Entity {
	return {
		id: `app-${app.clientId}`,
		appId: app.clientId,
		displayName: app.displayName,
		keyCredentials: [],
		passwordCredentials: [
			{
				displayName: 'n8n',
				endDateTime: app.secretExpires ?? '2027-01-31T00:00:00Z',
				hint: app.clientSecret.slice(0, 3),
				keyId: '0b0b0b0b-0000-4000-8000-000000000001',
				secretText: null,
			},
		],
	};
}

function notThere(what: string): RefusedError {
	return new RefusedError(
		404,
		'Request_ResourceNotFound',
		`Resource '${what}' does not exist or one of its queried reference-property objects are not present.`,
	);
}
