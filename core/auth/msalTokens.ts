import type { ConfidentialClientApplication, Configuration } from '@azure/msal-node';
import type { CloudProfile } from '../clouds';
import type { Send } from '../http/types';
import { defaultScope } from '../scopes';
import { explainAadError } from './aadErrors';
import { adminConsentUrl } from './adminConsent';
import { AuthError } from './AuthError';
import { type ClientCredential, fingerprintOf, readSigningCertificate } from './clientCredential';
import { createMsalNetwork } from './msalNetwork';
import { checkTenant } from './tenant';
import type { TokenProvider } from './TokenProvider';

export interface ApplicationIdentity {
	readonly cloud: CloudProfile;
	/** A GUID or a domain. */
	readonly tenantId: string;
	readonly clientId: string;
	readonly credential: ClientCredential;
}

export interface ApplicationTokenOptions {
	/** Whose token it is, without a trailing slash. Default: the environment's Microsoft Graph. */
	readonly resource?: string;
	readonly send: Send;
}

interface Application {
	readonly client: ConfidentialClientApplication;
	/** Token requests under way, by scope. */
	readonly pending: Map<string, Promise<string>>;
}

/** Tokens live in MSAL's cache; the oldest application goes when there are more than a large n8n has credentials. */
const maxApplications = 200;
const applications = new Map<string, Promise<Application>>();

/**
 * Access tokens of an app itself, by client credentials. All providers of one app and secret in this
 * process share their tokens. MSAL is loaded when the first token is asked for.
 *
 * @throws {CloudSettingError} for a tenant that stands for many
 */
export function createApplicationTokens(
	identity: ApplicationIdentity,
	{ resource = identity.cloud.graphOrigin, send }: ApplicationTokenOptions,
): TokenProvider {
	checkTenant(identity.tenantId, 'application');
	const scope = defaultScope(resource);
	return {
		kind: 'application',
		getToken: async () => await acquire(identity, scope, send, false),
		async renew(refusedToken) {
			const current = await acquire(identity, scope, send, false);
			return current === refusedToken ? await acquire(identity, scope, send, true) : current;
		},
	};
}

async function acquire(
	identity: ApplicationIdentity,
	scope: string,
	send: Send,
	skipCache: boolean,
): Promise<string> {
	const { client, pending } = await applicationOf(identity, send);
	const key = `${scope} ${skipCache}`;
	const underWay = pending.get(key);
	if (underWay) return await underWay;
	const request = requestToken(client, identity, scope, skipCache).finally(() =>
		pending.delete(key),
	);
	pending.set(key, request);
	return await request;
}

async function requestToken(
	client: ConfidentialClientApplication,
	identity: ApplicationIdentity,
	scope: string,
	skipCache: boolean,
): Promise<string> {
	try {
		const result = await client.acquireTokenByClientCredential({ scopes: [scope], skipCache });
		if (result?.accessToken) return result.accessToken;
	} catch (error) {
		throw explainMsalError(error, identity);
	}
	throw explainAadError({});
}

function explainMsalError(error: unknown, identity: ApplicationIdentity, link?: string): AuthError {
	return isNetworkError(error)
		? unreachable(identity.cloud, error)
		: explainAadError(error, { adminConsentUrl: link ?? adminConsentUrl(identity) });
}

/**
 * Why Microsoft doesn't renew a person's sign-in, by asking it once more; `undefined` when it does.
 * Nothing is kept of the answer.
 */
export async function findRenewalFault(
	identity: ApplicationIdentity,
	signIn: {
		readonly refreshToken: string;
		readonly scopes: readonly string[];
		readonly adminConsentUrl: string;
	},
	send: Send,
): Promise<AuthError | undefined> {
	try {
		// Of its own, so that no person's token gets into the cache that the process shares.
		const { client } = await createApplication(identity, send);
		await client.acquireTokenByRefreshToken({
			refreshToken: signIn.refreshToken,
			scopes: [...signIn.scopes],
		});
		return undefined;
	} catch (error) {
		return explainMsalError(error, identity, signIn.adminConsentUrl);
	}
}

async function applicationOf(identity: ApplicationIdentity, send: Send): Promise<Application> {
	const key = [
		identity.cloud.loginOrigin,
		identity.tenantId.toLowerCase(),
		identity.clientId.toLowerCase(),
		fingerprintOf(identity.credential),
	].join(' ');
	const known = applications.get(key);
	if (known) return await known;
	const created = createApplication(identity, send);
	applications.set(key, created);
	// A certificate that couldn't be read may be replaced by one that can.
	created.catch(() => applications.delete(key));
	const [oldest] = applications.keys();
	if (applications.size > maxApplications && oldest !== undefined) applications.delete(oldest);
	return await created;
}

async function createApplication(identity: ApplicationIdentity, send: Send): Promise<Application> {
	const auth = authOf(identity);
	// Half of what the whole package may take to load, so only for those who use it.
	const { ConfidentialClientApplication } = await import('@azure/msal-node');
	const client = new ConfidentialClientApplication({
		auth,
		system: { networkClient: createMsalNetwork(send), disableInternalRetries: true },
	});
	return { client, pending: new Map() };
}

function authOf({
	cloud,
	tenantId,
	clientId,
	credential,
}: ApplicationIdentity): Configuration['auth'] {
	const login = new URL(cloud.loginOrigin);
	const base = `${cloud.loginOrigin}/${tenantId}`;
	return {
		clientId,
		// MSAL takes https only; on loopback the endpoints below say http.
		authority: `https://${login.host}/${tenantId}`,
		knownAuthorities: [login.host],
		// Given here, MSAL asks neither the login host nor Microsoft's public one for them.
		authorityMetadata: JSON.stringify({
			issuer: `${base}/v2.0`,
			authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
			token_endpoint: `${base}/oauth2/v2.0/token`,
			jwks_uri: `${base}/discovery/v2.0/keys`,
		}),
		...proofOf(credential),
	};
}

function proofOf(
	credential: ClientCredential,
): Pick<Configuration['auth'], 'clientSecret' | 'clientCertificate'> {
	if (credential.kind === 'secret') return { clientSecret: credential.secret };
	const { thumbprintSha256, privateKeyPem } = readSigningCertificate(credential, new Date());
	return { clientCertificate: { thumbprintSha256, privateKey: privateKeyPem } };
}

function isNetworkError(error: unknown): error is Error {
	return error instanceof Error && 'errorCode' in error && error.errorCode === 'network_error';
}

function unreachable({ loginOrigin }: CloudProfile, cause: Error): AuthError {
	return new AuthError(`The sign-in server ${new URL(loginOrigin).host} can not be reached`, {
		code: 'login_unreachable',
		nextStep:
			'Check that the n8n server may connect to it, proxy and certificates (NODE_EXTRA_CA_CERTS) included.',
		whoCanFix: 'maker',
		docsAnchor: 'login-unreachable',
		cause,
	});
}
