import type { SandboxDirectory } from '../directory';
import type { EntraClaims } from './accessTokens';

export type MailProtocol = 'imap' | 'smtp';

/** What a token is worth to a mail server, in RFC 7662's names. */
export type MailAccess =
	| { readonly active: false }
	| {
			readonly active: true;
			/** The signed-in person's address, or the app's id. */
			readonly username: string;
			readonly scope: string;
			/** Seconds since 1970. */
			readonly exp: number;
			/** The addresses of the mailboxes that it opens, in lower case. */
			readonly mailboxes: readonly string[];
	  };

const permissions = {
	imap: { scope: 'IMAP.AccessAsUser.All', role: 'IMAP.AccessAsApp' },
	smtp: { scope: 'SMTP.Send', role: 'SMTP.SendAsApp' },
} as const;

/** Exchange's view: the permission of the protocol, and then who has rights in which mailbox. */
export function mailAccessOf(
	claims: EntraClaims,
	protocol: MailProtocol,
	{ users }: SandboxDirectory,
): MailAccess {
	const { scope, role } = permissions[protocol];
	if (claims.idtyp === 'app') {
		if (!claims.roles?.includes(role)) return { active: false };
		// As if an admin had given the app's service principal access to all of them.
		return {
			active: true,
			username: claims.appid,
			scope: role,
			exp: claims.exp,
			mailboxes: users.map(({ userPrincipalName }) => userPrincipalName.toLowerCase()),
		};
	}
	const person = users.find(({ id }) => id === claims.oid);
	if (!person || !claims.scp?.split(' ').includes(scope)) return { active: false };
	return {
		active: true,
		username: person.userPrincipalName,
		scope: claims.scp,
		exp: claims.exp,
		mailboxes: [person.userPrincipalName, ...person.fullAccessTo].map((name) => name.toLowerCase()),
	};
}
