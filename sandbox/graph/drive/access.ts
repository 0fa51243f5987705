import type { Access } from '../server/call';

/** learn.microsoft.com/graph/permissions-reference, files and sites. */
const reading = ['Files.Read', 'Files.ReadWrite'];
const readingAll = [
	'Files.Read.All',
	'Files.ReadWrite.All',
	'Sites.Read.All',
	'Sites.ReadWrite.All',
	'Sites.Manage.All',
	'Sites.FullControl.All',
	'Sites.Selected',
];
const writingAll = readingAll.filter((each) => !each.includes('.Read.'));

export const driveRead: Access = {
	delegated: [...reading, ...readingAll],
	// Who of the tenant may open which drive is decided by its sharing, see `DriveService.open`.
	shared: readingAll,
	isDirectoryData: true,
	application: readingAll,
};

export const driveWrite: Access = {
	delegated: ['Files.ReadWrite', ...writingAll],
	shared: writingAll,
	isDirectoryData: true,
	application: writingAll,
};

/** Apps search where they may read every site, not with `Files.*` alone. */
export const driveSearch: Access = {
	...driveRead,
	application: readingAll.filter((each) => /^Sites\.(?!Selected)/.test(each)),
};

const teams = ['Team.ReadBasic.All', 'Group.Read.All', 'Group.ReadWrite.All'];
export const teamRead: Access = { delegated: teams, application: teams };
const channels = ['Channel.ReadBasic.All', 'Group.Read.All', 'Group.ReadWrite.All'];
export const channelRead: Access = { delegated: channels, application: channels };
