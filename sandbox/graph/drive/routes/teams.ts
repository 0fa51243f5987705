import { answerCollection, type CollectionRules } from '../../odata/collection';
import { RefusedError } from '../../refused';
import type { Route } from '../../server/call';
import { channelRead, driveRead, teamRead } from '../access';
import { sandboxGroups, type SandboxGroup } from '../seeds';
import type { DriveService } from '../service';

const rules: CollectionRules = { defaultPage: 100, largestPage: 999 };

/** Just what leads to the files of teams and groups. */
export function teamRoutes(service: DriveService): Route[] {
	const teamView = ({ id, displayName }: SandboxGroup) => ({ id, displayName, description: '' });
	return [
		...(['mailbox/joinedTeams', 'teams'] as const).map((path): Route => ({
			method: 'GET',
			path,
			access: teamRead,
			handle: (call) => ({
				status: 200,
				json: answerCollection(call, { items: sandboxGroups, view: teamView }, rules),
			}),
		})),
		{
			method: 'GET',
			path: 'teams/*/channels',
			access: channelRead,
			handle: (call) => {
				const items = service.group(call.keys[0] ?? '').channels;
				const view = ({ id, displayName, membershipType }: (typeof items)[number]) => ({
					id,
					displayName,
					membershipType,
					webUrl: `https://teams.microsoft.com/l/channel/${encodeURIComponent(id)}/${displayName}?groupId=${call.keys[0] ?? ''}`,
				});
				return { status: 200, json: answerCollection(call, { items, view }, rules) };
			},
		},
		{
			method: 'GET',
			path: 'teams/*/channels/*/filesFolder',
			access: driveRead,
			handle: (call) => {
				const channel = service
					.group(call.keys[0] ?? '')
					.channels.find(({ id }) => id === call.keys[1]);
				if (!channel) throw new RefusedError(404, 'NotFound', 'Channel not found.');
				const drive = service.documentsOf(channel.siteName);
				const folder = drive.ensureFolder(drive.root, [channel.displayName], 'SharePoint App');
				return { status: 200, json: service.itemView(drive, folder) };
			},
		},
	];
}
