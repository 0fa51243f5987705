import { ForeignLinkError } from './errors';

/**
 * A link that Graph or a user gave is followed with the token only to the credential's own host.
 * @throws {ForeignLinkError}
 */
export function assertOwnLink(link: string, graphOrigin: string): void {
	if (URL.canParse(link) && new URL(link).origin === graphOrigin) return;
	const host = URL.canParse(link) ? new URL(link).host : 'no host';
	throw new ForeignLinkError(
		`The link continues on ${host}, which isn't the credential's Graph host`,
		{
			code: 'foreignLink',
			nextStep: 'Nothing was sent there. Check the environment in the credential.',
		},
	);
}
