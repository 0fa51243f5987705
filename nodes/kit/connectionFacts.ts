import { readSigningCertificate } from '../../core/auth/clientCredential';
import { readTokenClaims, type TokenClaims } from '../../core/auth/tokenClaims';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import type { ConnectableContext } from './connect';
import type { Connection } from './connection';

/** What may be told of the connection that a node uses: no secret, no token. */
export interface ConnectionFacts extends Pick<
	Connection,
	'kind' | 'tenantId' | 'clientId' | 'scopes'
> {
	/** n8n's own callback, as the app registration has to list it. */
	readonly redirectUri: string;
	readonly proof:
		| {
				readonly kind: 'secret';
				/** Its first three characters, which Entra shows too. */
				readonly hint: string;
		  }
		| { readonly kind: 'certificate'; readonly expires: Date };
	/**
	 * What the access token says; `undefined` where it doesn't.
	 * @throws {AuthError} when there is no token to be had
	 */
	readonly claims: () => Promise<TokenClaims | undefined>;
}

export function connectionFacts(
	context: Pick<ConnectableContext, 'getRestApiUrl'>,
	{ kind, tenantId, clientId, scopes, credential }: Connection,
	tokens: TokenProvider,
): ConnectionFacts {
	return {
		kind,
		tenantId,
		clientId,
		scopes,
		redirectUri: `${context.getRestApiUrl()}/oauth2-credential/callback`,
		get proof() {
			if (credential.kind === 'secret') {
				return { kind: 'secret', hint: credential.secret.slice(0, 3) } as const;
			}
			const { notAfter } = readSigningCertificate(credential, new Date());
			return { kind: 'certificate', expires: notAfter } as const;
		},
		claims: async () => readTokenClaims(await tokens.getToken()),
	};
}
