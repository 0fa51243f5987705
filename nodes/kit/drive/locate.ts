import type { DriveItem } from '@microsoft/microsoft-graph-types';
import type { TokenProvider } from '../../../core/auth/TokenProvider';
import { ItemAddress } from '../../../core/drive/itemAddress';
import { type GraphPath, path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { ParameterError } from '../field';
import { mailboxRoot } from '../fields/mailbox';
import { oncePerClient } from '../pickers/oncePerClient';
import { type LocationRole, locationNames } from './locationFields';
import { defaultLibrary } from './siteModes';

export interface LocateContext {
	readonly identity: TokenProvider['kind'];
	/** The location's fields, read. */
	readonly params: Readonly<Record<string, unknown>>;
}

/**
 * The folder that paths begin in: the root of a drive, or a channel's folder in its team's library.
 * @throws {ParameterError} where an app is asked for its own OneDrive
 */
export async function locate(
	graph: GraphClient,
	role: LocationRole,
	{ identity, params }: LocateContext,
): Promise<ItemAddress> {
	const names = locationNames[role];
	if (params[names.location] === 'channel') {
		return await channelFolder(graph, String(params[names.team]), String(params[names.channel]));
	}
	return ItemAddress.root(drivePath(role, { identity, params }));
}

/** Of every location but a channel's. */
export function drivePath(role: LocationRole, { identity, params }: LocateContext): GraphPath {
	const names = locationNames[role];
	if (params[names.location] === 'drive') return path`/drives/${String(params[names.drive])}`;
	const library = params[names.library];
	if (params[names.location] === 'site' && library !== defaultLibrary) {
		return path`/drives/${String(library)}`;
	}
	return path`${driveOwner(role, { identity, params })}/drive`;
}

/** Whose drives they are: what `/drive` and `/drives` follow. */
export function driveOwner(role: LocationRole, { identity, params }: LocateContext): GraphPath {
	const names = locationNames[role];
	switch (params[names.location]) {
		case 'user':
			return userRoot(String(params[names.user]), identity);
		case 'site':
			return path`/sites/${String(params[names.site])}`;
		case 'group':
			return path`/groups/${String(params[names.group])}`;
		case 'channel':
			return path`/groups/${String(params[names.team])}`;
		default:
			if (identity === 'delegated') return path`/me`;
			throw new ParameterError(
				'Location',
				"is My OneDrive, but the connection is an app's, which has none",
				"Choose A User's OneDrive, SharePoint Library or another location.",
			);
	}
}

function userRoot(user: string, identity: TokenProvider['kind']): GraphPath {
	try {
		return mailboxRoot(user, identity);
	} catch (error) {
		if (!(error instanceof ParameterError)) throw error;
		throw new ParameterError(
			'User',
			'is no email address or user ID',
			'Enter one address, like ana@contoso.com.',
		);
	}
}

/** learn.microsoft.com/graph/api/channel-get-filesfolder; private channels have a site of their own. */
async function channelFolder(
	graph: GraphClient,
	teamId: string,
	channelId: string,
): Promise<ItemAddress> {
	return await oncePerClient(graph, `channel ${teamId} ${channelId}`, async () => {
		const { id, parentReference } = await graph.request<DriveItem>({
			method: 'GET',
			path: path`/teams/${teamId}/channels/${channelId}/filesFolder`,
		});
		const drive = path`/drives/${parentReference?.driveId ?? ''}`;
		return ItemAddress.item(drive, id ?? '');
	});
}
