/**
 * Team and channel in a link that Teams gives ("Get link to channel" or "to team"):
 * `https://teams.microsoft.com/l/channel/19%3A…%40thread.tacv2/General?groupId=…&tenantId=…`
 */
export function readTeamsLink(link: string): { teamId?: string; channelId?: string } {
	if (!URL.canParse(link)) return {};
	const url = new URL(link);
	const teamId = url.searchParams.get('groupId');
	const encoded = /\/l\/channel\/([^/]+)/.exec(url.pathname)?.[1];
	return {
		...(teamId !== null && { teamId }),
		...(encoded !== undefined && { channelId: decodeURIComponent(encoded) }),
	};
}
