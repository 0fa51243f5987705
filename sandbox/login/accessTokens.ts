import { createHash, randomUUID } from 'node:crypto';
import type { errors as joseErrors, JWK } from 'jose' with { 'resolution-mode': 'import' };
import type { AccessTokenClaims } from '../accessToken';
import type { Clock } from '../clock';
import type { SandboxApp, SandboxUser } from '../directory';
import type { ApiResource, ScopeCatalogue } from './scopes';
import type { Tenant } from './tenant';

/** Everything that the sandbox's Entra says in an access token, in Entra's v1 names. */
export interface EntraClaims extends AccessTokenClaims {
	readonly iss: string;
	readonly iat: number;
	readonly nbf: number;
	readonly oid: string;
	readonly sub: string;
	readonly ver: '1.0';
	readonly idtyp: 'user' | 'app';
	readonly app_displayname: string;
	readonly name?: string;
	readonly uti: string;
}

type TimelessClaims = Omit<EntraClaims, 'iat' | 'nbf' | 'exp'>;

/** Says which check an access token failed. Never holds the token. */
export class AccessTokenError extends Error {
	override readonly name = 'AccessTokenError';
	constructor(
		readonly reason: 'malformed' | 'signature' | 'expired' | 'audience' | 'issuer',
		options?: ErrorOptions,
	) {
		super(`The access token was refused: ${reason}.`, options);
	}
}

export interface AccessTokens {
	/** @param permissions without the resource before them. */
	forUser(
		user: SandboxUser,
		app: SandboxApp,
		resource: ApiResource,
		permissions: readonly string[],
	): TimelessClaims;
	forApp(app: SandboxApp, resource: ApiResource): TimelessClaims;
	lifetimeSeconds(): number;
	/** Signs without any sign-in, for tests of what takes tokens. */
	sign(claims: TimelessClaims, lifetimeSeconds?: number): Promise<string>;
	/** @throws {AccessTokenError} */
	verify(token: string, resource: ApiResource): Promise<EntraClaims>;
}

export interface AccessTokenOptions {
	readonly tenant: Tenant;
	readonly catalogue: ScopeCatalogue;
	readonly clock: Clock;
	readonly privateJwk: JWK;
	readonly keyId: string;
}

export function createAccessTokens(options: AccessTokenOptions): AccessTokens {
	const { tenant, catalogue, clock, privateJwk, keyId } = options;
	const iss = `https://sts.windows.net/${tenant.id}/`;
	const { kty, n, e } = privateJwk;
	if (kty === undefined || n === undefined || e === undefined) {
		throw new Error('The signing key must be an RSA key.');
	}

	const common = (app: SandboxApp, resource: ApiResource) => ({
		aud: resource.audience,
		iss,
		appid: app.clientId,
		app_displayname: app.displayName,
		tid: tenant.id,
		ver: '1.0' as const,
		uti: randomUUID(),
	});

	const lifetimeSeconds = (): number =>
		tenant.switches.tokenLifetimeSeconds ?? 3600 + Math.floor(Math.random() * 1800);

	return {
		forUser: (user, app, resource, permissions) => ({
			...common(app, resource),
			idtyp: 'user',
			oid: user.id,
			sub: user.id,
			upn: user.userPrincipalName,
			name: user.displayName,
			scp: permissions.join(' '),
		}),
		forApp(app, resource) {
			const oid = servicePrincipalId(app.clientId);
			const roles = app.applicationPermissions.filter(
				(role) => isOutlookRole(role) === (resource === catalogue.outlook),
			);
			return { ...common(app, resource), idtyp: 'app', oid, sub: oid, roles };
		},
		lifetimeSeconds,
		async sign(claims, seconds = lifetimeSeconds()) {
			const { importJWK, SignJWT } = await import('jose');
			const now = Math.floor(clock.now() / 1000);
			return await new SignJWT({ ...claims, iat: now, nbf: now, exp: now + seconds })
				.setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keyId, x5t: keyId })
				.sign(await importJWK(privateJwk, 'RS256'));
		},
		async verify(token, resource) {
			const { errors, importJWK, jwtVerify } = await import('jose');
			try {
				const { payload } = await jwtVerify<EntraClaims>(
					token,
					await importJWK({ kty, n, e }, 'RS256'),
					{
						algorithms: ['RS256'],
						issuer: iss,
						audience: [
							resource.audience,
							`${resource.audience}/`,
							resource.appId,
							...resource.alsoKnownAs,
						],
						requiredClaims: ['exp', 'appid', 'tid', 'oid'],
						currentDate: new Date(clock.now()),
					},
				);
				return payload;
			} catch (cause) {
				throw new AccessTokenError(reasonOf(cause, errors), { cause });
			}
		},
	};
}

function reasonOf(cause: unknown, errors: typeof joseErrors): AccessTokenError['reason'] {
	if (cause instanceof errors.JWTExpired) return 'expired';
	if (cause instanceof errors.JWTClaimValidationFailed) {
		if (cause.claim === 'aud') return 'audience';
		return cause.claim === 'iss' ? 'issuer' : 'malformed';
	}
	return cause instanceof errors.JWSSignatureVerificationFailed ||
		cause instanceof errors.JOSEAlgNotAllowed
		? 'signature'
		: 'malformed';
}

/** Application permissions that are Exchange's, not Graph's (`IMAP.AccessAsApp`, …). */
function isOutlookRole(role: string): boolean {
	return /^(IMAP|POP|SMTP)\./.test(role);
}

/** The app's object in the tenant: another id than the client id, always the same. */
function servicePrincipalId(clientId: string): string {
	const hex = createHash('sha256').update(clientId).digest('hex');
	return [
		hex.slice(0, 8),
		hex.slice(8, 12),
		`4${hex.slice(13, 16)}`,
		`8${hex.slice(17, 20)}`,
		hex.slice(20, 32),
	].join('-');
}
