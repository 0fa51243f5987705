import type { AccessTokenClaims } from '../../accessToken';
import type { Access } from '../server/call';

/** Permissions of sites and lists, from Microsoft Graph's permissions reference. */
const reading = [
	'Sites.Read.All',
	'Sites.ReadWrite.All',
	'Sites.Manage.All',
	'Sites.FullControl.All',
];
const writing = reading.slice(1);
const managing = reading.slice(2);

const access = (permissions: readonly string[]): Access => ({
	delegated: permissions,
	application: permissions,
});

/** Its holder reaches the sites that it was granted, by their ids and URLs; see `SharePoint.grants`. */
export const selectedPermission = 'Sites.Selected';

export const siteSearch = access(reading);
export const siteRead = access([...reading, selectedPermission]);
export const siteWrite = access([...writing, selectedPermission]);
/** Apps make lists with less: learn.microsoft.com/graph/api/list-create#permissions */
export const siteManage: Access = {
	delegated: [...managing, selectedPermission],
	application: [...managing, 'Sites.ReadWrite.All', selectedPermission],
};

/** Whether the token has nothing that reaches every site. */
export function holdsSelectedOnly({ scp, roles }: AccessTokenClaims): boolean {
	const held = [...(scp?.split(' ') ?? []), ...(roles ?? [])];
	return held.includes(selectedPermission) && !held.some((each) => reading.includes(each));
}
