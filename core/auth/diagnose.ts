import type { CloudProfile } from '../clouds';
import type { Send } from '../http/types';
import { adminConsentUrl } from './adminConsent';
import { explainAadError } from './aadErrors';
import { AuthError } from './AuthError';
import { findAuthorizeFault } from './authorizeProbe';
import type { ClientCredential } from './clientCredential';
import { createApplicationTokens, findRenewalFault } from './msalTokens';
import { isSharedTenant } from './tenant';

export interface DelegatedSignIn {
	readonly cloud: CloudProfile;
	readonly tenantId: string;
	readonly clientId: string;
	readonly credential: ClientCredential;
	readonly scopes: string;
	/** n8n's callback, as registered in the app. */
	readonly redirectUri?: string;
}

export type SignInFailure =
	/** There is no token: nobody finished connecting an account. */
	| { readonly kind: 'neverConnected' }
	/** Microsoft refused to renew it and n8n withholds Microsoft's reason. */
	| { readonly kind: 'notRenewable'; readonly refreshToken: string };

/**
 * Why a person's sign-in isn't there or no longer works, as far as that can be found without them:
 * by asking the tenant's token endpoint whether it takes the app's own credentials, or once more the
 * refresh token, and by trying the first step of a sign-in. What stays uncertain is said so.
 */
export async function diagnoseSignIn(
	signIn: DelegatedSignIn,
	failure: SignInFailure,
	send: Send,
): Promise<AuthError> {
	if (failure.kind === 'notRenewable') {
		const fault = await renewalFault(signIn, failure.refreshToken, send);
		return (fault && asFinding(fault)) ?? explainAadError({ error: 'invalid_grant' });
	}
	// A name for many tenants has no token endpoint for apps.
	const isShared = isSharedTenant(signIn.tenantId);
	const fault = isShared ? undefined : await appFault(signIn, send);
	const finding = fault && asFinding(fault);
	if (finding) return finding;
	const isChecked = !isShared && fault === undefined;
	const refusal = fault === undefined ? await findAuthorizeFault(signIn, send) : undefined;
	return refusal ?? neverConnected(signIn, isChecked);
}

/** That the network failed just now is no finding. */
function asFinding(fault: AuthError): AuthError | undefined {
	const isFinding = fault.code.startsWith('AADSTS') || fault.docsAnchor === 'certificates';
	return isFinding ? fault : undefined;
}

const signInScopes = new Set(['openid', 'profile', 'email', 'offline_access']);

async function renewalFault(
	signIn: DelegatedSignIn,
	refreshToken: string,
	send: Send,
): Promise<AuthError | undefined> {
	const scopes = signIn.scopes.split(/\s+/).filter((scope) => scope && !signInScopes.has(scope));
	const request = { refreshToken, scopes, adminConsentUrl: adminConsentUrl(signIn) };
	return await findRenewalFault(signIn, request, send);
}

/** `undefined` when the app is in order. */
async function appFault(signIn: DelegatedSignIn, send: Send): Promise<AuthError | undefined> {
	try {
		// A token without any permission is enough of an answer, and any app gets one.
		await createApplicationTokens(signIn, { send }).getToken();
		return undefined;
	} catch (error) {
		return explainAadError(error, { adminConsentUrl: adminConsentUrl(signIn) });
	}
}

function neverConnected(signIn: DelegatedSignIn, appIsRight: boolean): AuthError {
	const proof = signIn.credential.kind === 'secret' ? 'client secret' : 'certificate';
	const checked = appIsRight
		? `Tenant, Client ID and ${proof} are right. `
		: `Whether Client ID and ${proof} are right could not be checked. `;
	return new AuthError('Nobody has finished connecting an account with this credential', {
		code: 'not_connected',
		nextStep:
			`${checked}Open the credential, press "Connect", sign in and accept. ` +
			`If Microsoft says that an admin has to approve, send your admin this link: ${adminConsentUrl(signIn)} ` +
			'(after approving, n8n may show a page about insufficient parameters; the approval counts all the same).',
		whoCanFix: 'user',
		docsAnchor: 'not-connected',
	});
}
