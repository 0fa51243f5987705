/**
 * The id under `/shares` of a sharing link or of any web address of a file or folder.
 * learn.microsoft.com/graph/api/shares-get#encoding-sharing-urls
 */
export function shareIdOf(link: string): string {
	return `u!${Buffer.from(link, 'utf8').toString('base64url')}`;
}

/** With this header, opening a sharing link gives the access that a click on it would give. */
export const redeemIfNecessary = { prefer: 'redeemSharingLinkIfNecessary' } as const;
