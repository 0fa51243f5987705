import { graphAppId, type AccessTokenClaims, type VerifyToken } from '../../accessToken';
import type { Clock } from '../../clock';
import type { SandboxDirectory, SandboxUser } from '../../directory';
import { badRequest, RefusedError } from '../refused';
import type { Access } from './call';

export interface Authority {
	readonly verifyToken: VerifyToken;
	readonly clock: Clock;
	readonly directory: SandboxDirectory;
	/** Origins that tokens may be issued for, besides Graph's app id. */
	readonly audiences: readonly string[];
}

/** @throws {RefusedError} 401 for a token that is missing, strange, expired or meant for another API. */
export async function authenticate(
	authority: Authority,
	header: string | undefined,
): Promise<AccessTokenClaims> {
	const bearer = /^Bearer (.+)$/i.exec(header ?? '')?.[1];
	if (bearer === undefined) throw unauthenticated('Access token is empty.');
	let claims: AccessTokenClaims;
	try {
		claims = await authority.verifyToken(bearer);
	} catch {
		throw unauthenticated('Access token validation failure. Invalid signature or format.');
	}
	if (claims.exp * 1000 <= authority.clock.now()) {
		throw unauthenticated('Lifetime validation failed, the token is expired.');
	}
	const audience = claims.aud.replace(/\/$/, '');
	if (audience !== graphAppId && !authority.audiences.includes(audience)) {
		throw unauthenticated('Access token validation failure. Invalid audience.');
	}
	if (claims.tid !== authority.directory.tenantId) {
		throw unauthenticated('Access token validation failure. Invalid tenant.');
	}
	return claims;
}

/** Who `me` is. */
export function signedInUser(
	directory: SandboxDirectory,
	claims: AccessTokenClaims,
): SandboxUser | undefined {
	if (claims.scp === undefined) return undefined;
	return directory.users.find(
		(user) => user.id === claims.oid || sameName(user.userPrincipalName, claims.upn),
	);
}

export function findUser(directory: SandboxDirectory, key: string): SandboxUser | undefined {
	return directory.users.find(
		(user) => sameName(user.id, key) || sameName(user.userPrincipalName, key),
	);
}

export function requireSignedIn(
	directory: SandboxDirectory,
	claims: AccessTokenClaims,
): SandboxUser {
	if (claims.scp === undefined) {
		throw badRequest('/me request is only valid with delegated authentication flow.');
	}
	const user = signedInUser(directory, claims);
	if (user === undefined) throw unauthenticated('The user of the token does not exist.');
	return user;
}

/** @throws {RefusedError} 403 that, like Graph's, doesn't say which permission is missing. */
export function requireAccess(
	directory: SandboxDirectory,
	claims: AccessTokenClaims,
	access: Access,
	owner: SandboxUser | undefined,
): void {
	if (access.isHandlers === true) return;
	if (claims.scp === undefined) {
		if (!access.application.some((role) => claims.roles?.includes(role) === true)) throw denied();
		return;
	}
	const scopes = claims.scp.split(' ');
	const has = (list: readonly string[] = []): boolean => list.some((each) => scopes.includes(each));
	const user = requireSignedIn(directory, claims);
	const isOwn = owner === undefined || owner.id === user.id;
	const mayOpen =
		isOwn ||
		access.isDirectoryData === true ||
		user.fullAccessTo.some((each) => sameName(each, owner.userPrincipalName));
	const isAllowed = mayOpen && (has(access.shared) || (isOwn && has(access.delegated)));
	if (!isAllowed) throw denied();
}

export function denied(): RefusedError {
	return new RefusedError(
		403,
		'ErrorAccessDenied',
		'Access is denied. Check credentials and try again.',
	);
}

function unauthenticated(message: string): RefusedError {
	return new RefusedError(401, 'InvalidAuthenticationToken', message, {
		'WWW-Authenticate':
			`Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", ` +
			`client_id="${graphAppId}"`,
	});
}

function sameName(left: string, right: string | undefined): boolean {
	return left.toLowerCase() === right?.toLowerCase();
}
