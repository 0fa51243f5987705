import type { SandboxUser } from '../../directory';
import { column } from '../sharepoint/columns';
import type { SandboxSite } from '../sharepoint/sites';
import type { SharePoint } from '../sharepoint/store';
import type { DriveOptions } from './types';

export interface SandboxGroup {
	readonly id: string;
	readonly displayName: string;
	readonly mail: string;
	readonly siteName: string;
	readonly channels: ReadonlyArray<{
		readonly id: string;
		readonly displayName: string;
		readonly membershipType: 'standard' | 'private';
		/** Whose library has its folder. */
		readonly siteName: string;
	}>;
}

/** One group, which is a team too. A private channel has a site of its own. */
export const sandboxGroups: readonly SandboxGroup[] = [
	{
		id: '0a0a0a0a-0000-4000-8000-000000000001',
		displayName: 'Marketing',
		mail: 'marketing@contoso.example',
		siteName: 'marketing',
		channels: [
			{
				id: '19:sandboxgeneral@thread.tacv2',
				displayName: 'General',
				membershipType: 'standard',
				siteName: 'marketing',
			},
			{
				id: '19:sandboxlaunch@thread.tacv2',
				displayName: 'Launch',
				membershipType: 'private',
				siteName: 't-1044',
			},
		],
	},
];

/** The OneDrive of a person. */
export function personalDrive(user: SandboxUser, host: string): DriveOptions {
	const account = user.userPrincipalName.replaceAll(/[@.]/g, '_');
	return {
		id: `b!sandbox-onedrive-${user.id.slice(-4)}`,
		name: 'OneDrive',
		type: 'business',
		webUrl: `https://${host.replace('.', '-my.')}/personal/${account}/Documents`,
		ownerName: user.displayName,
		owner: user,
	};
}

/** The libraries of a site: Documents, and at Finance another with columns. */
export function siteDrives(sharePoint: SharePoint, site: SandboxSite): DriveOptions[] {
	const common = { type: 'documentLibrary', ownerName: site.displayName, site } as const;
	const documents = sharePoint.list(site, site.documents.listId);
	const drives: DriveOptions[] = [
		{
			...common,
			id: site.documents.driveId,
			name: 'Documents',
			webUrl: `${site.webUrl}/Shared%20Documents`,
			list: documents,
		},
	];
	if (site.name === 'finance') {
		const contracts = sharePoint.addList(site, {
			displayName: 'Contracts',
			template: 'documentLibrary',
			columns: [
				column('Project', 'text'),
				column('Amount', 'currency'),
				column('DueDate', 'dateTime', { displayName: 'Due Date', facet: { format: 'dateOnly' } }),
				column('Approved', 'boolean'),
				column('Status', 'choice', { facet: { choices: ['New', 'Signed'] } }),
				column('Tags', 'multiChoice', { facet: { choices: ['Urgent', 'Travel', 'Hardware'] } }),
				column('Reviewer', 'person'),
			],
		});
		drives.push({
			...common,
			id: `${site.documents.driveId}-contracts`,
			name: 'Contracts',
			webUrl: contracts.webUrl,
			list: contracts,
		});
	}
	return drives;
}
