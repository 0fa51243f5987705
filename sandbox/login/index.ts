import { createServer } from 'node:https';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../clock';
import type { SandboxDirectory } from '../directory';
import type { SandboxTls } from '../tls';
import { AccessTokenError, createAccessTokens, type EntraClaims } from './accessTokens';
import { shapeAnswers } from './answers';
import { createControl, type LoginControl } from './control';
import { mailAccessOf, type MailAccess, type MailProtocol } from './mailAccess';
import { createRouter } from './router';
import { clientMetadata, createProvider } from './provider';
import { createScopeCatalogue } from './scopes';
import { createStore } from './store';
import { createTenant } from './tenant';

export interface LoginOptions {
	readonly tls: SandboxTls;
	/** 0 or absent: any free one. */
	readonly port?: number;
	readonly clock: Clock;
	readonly directory: SandboxDirectory;
	/** The audience of Graph's tokens, and what may stand before Graph's scopes. */
	readonly graphOrigin: string;
	/** The same of IMAP and SMTP, e.g. `https://outlook.office.com`. */
	readonly outlookResource: string;
}

export interface IssueTokenOptions {
	/** User principal name; absent: an app-only token with the app's application permissions. */
	readonly user?: string;
	/** Absent: the directory's first app. */
	readonly clientId?: string;
	readonly resource?: 'graph' | 'outlook';
	/** Permissions without the resource before them. */
	readonly scopes?: readonly string[];
	readonly lifetimeSeconds?: number;
}

/** The sandbox's Microsoft Entra ID, listening. */
export interface Login extends Pick<LoginControl, 'set' | 'registerApp'> {
	/** Without a trailing slash; `{url}/{tenant}/oauth2/v2.0/authorize` and so on. */
	readonly url: string;
	/**
	 * Checks signature, issuer, audience and expiry, by the sandbox's clock.
	 * @param resource what is asking; Graph by default.
	 * @throws {AccessTokenError} whose `reason` says which check failed.
	 */
	verifyAccessToken(token: string, resource?: 'graph' | 'outlook'): Promise<EntraClaims>;
	/** What a mail server may take a token for: nothing where it is expired, or somebody else's. */
	introspect(token: string, protocol: MailProtocol): Promise<MailAccess>;
	/** A token without a sign-in, for tests of what takes tokens. */
	issueAccessToken(options?: IssueTokenOptions): Promise<string>;
	close(): Promise<void>;
}

/** Starts the login on loopback. Ends with `close()`. */
export async function startLogin(options: LoginOptions): Promise<Login> {
	const { tls, clock, directory } = options;
	const tenant = createTenant(directory);
	const catalogue = createScopeCatalogue(options);
	const store = createStore((id) => {
		const app = tenant.app(id);
		return app && clientMetadata(app.clientId);
	});
	const signingJwk = await newSigningKey();
	const accessTokens = createAccessTokens({
		tenant,
		catalogue,
		clock,
		privateJwk: signingJwk,
		keyId: signingJwk.kid,
	});
	const control = createControl({ tenant, store, clock });

	// The issuer holds the port, so the server listens before there is anything to answer with.
	const server = createServer({ key: tls.key, cert: tls.cert });
	const url = `https://localhost:${await listen(server, options.port ?? 0)}`;
	const issuer = `${url}/${tenant.id}/v2.0`;
	const provider = await createProvider({
		issuer,
		tenant,
		catalogue,
		store,
		accessTokens,
		signingJwk,
	});
	const nowMs = (): number => clock.now();
	shapeAnswers(provider, { tenant, nowMs });
	const introspect: Login['introspect'] = async (token, protocol) => {
		try {
			const claims = await accessTokens.verify(token, catalogue.outlook);
			return mailAccessOf(claims, protocol, directory);
		} catch (error) {
			if (error instanceof AccessTokenError) return { active: false };
			throw error;
		}
	};
	const route = createRouter({
		url,
		issuer,
		tenant,
		catalogue,
		store,
		provider,
		control,
		introspect,
		nowMs,
	});
	server.on('request', (req, res) => void route(req, res));

	return {
		url,
		set: control.set,
		registerApp: control.registerApp,
		verifyAccessToken: async (token, resource = 'graph') =>
			await accessTokens.verify(token, catalogue[resource]),
		introspect,
		async issueAccessToken({ user, clientId, resource, scopes = [], lifetimeSeconds } = {}) {
			const app = tenant.app(clientId ?? directory.apps[0]?.clientId ?? '');
			if (!app) throw new Error(`There is no app "${clientId}" in the sandbox.`);
			const api = catalogue[resource ?? 'graph'];
			if (user === undefined) {
				return await accessTokens.sign(accessTokens.forApp(app, api), lifetimeSeconds);
			}
			const person = tenant.userByName(user);
			if (!person) throw new Error(`There is no user "${user}" in the sandbox.`);
			const claims = accessTokens.forUser(person, app, api, scopes);
			return await accessTokens.sign(claims, lifetimeSeconds);
		},
		close: async () => await close(server),
	};
}

async function newSigningKey() {
	const { calculateJwkThumbprint, exportJWK, generateKeyPair } = await import('jose');
	const { privateKey } = await generateKeyPair('RS256', { extractable: true });
	const jwk = await exportJWK(privateKey);
	return { ...jwk, alg: 'RS256', use: 'sig', kid: await calculateJwkThumbprint(jwk) };
}

async function listen(server: Server, port: number): Promise<number> {
	return await new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen({ port, host: 'localhost' }, () => {
			server.off('error', reject);
			resolve((server.address() as AddressInfo).port);
		});
	});
}

async function close(server: Server): Promise<void> {
	await new Promise<void>((resolve) => {
		server.close(() => resolve());
		server.closeAllConnections();
	});
}
