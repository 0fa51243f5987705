import type { SandboxApp, SandboxDirectory, SandboxUser } from '../directory';
import { AadError, type AadCode } from './aadError';

/** Who may sign in, consent and get tokens just now; `control.ts` turns these. */
export interface Switches {
	userConsent: 'allowed' | 'blocked';
	conditionalAccess: 'off' | 'block' | 'requireMfa';
	/** Undefined: 60 to 90 minutes at random, as Entra does. */
	tokenLifetimeSeconds: number | undefined;
	/** Client ids. */
	readonly expiredSecrets: Set<string>;
	/** User principal names, in lower case. */
	readonly disabledUsers: Set<string>;
	readonly unassignedUsers: Set<string>;
	failTokenRequests: { code: AadCode; times: number } | undefined;
}

/** A request to the token endpoint that nothing spoke against. */
export interface TokenRequest {
	/** ISO 8601. */
	readonly at: string;
	/** As OAuth names it, e.g. `refresh_token`. */
	readonly grantType: string;
}

export type TenantSegment = 'tenant' | 'anyTenant';

/** The directory as it is now: what it started with, and what was switched and consented since. */
export interface Tenant {
	readonly id: string;
	readonly domain: string;
	readonly switches: Switches;
	/** User and app to the provider's grant. */
	readonly consents: Map<string, string>;
	/** Client id to the scopes (towards the provider) that an admin consented to for all. */
	readonly adminConsents: Map<string, Set<string>>;
	/** Oldest first. */
	readonly tokenRequests: TokenRequest[];
	app(clientId: string): SandboxApp | undefined;
	/** @throws {AadError} 700016, 50194. */
	appFor(clientId: string, segment: TenantSegment): SandboxApp;
	/** Adds an app, or changes the one of this client id. */
	registerApp(app: SandboxApp): void;
	userById(id: string): SandboxUser | undefined;
	userByName(userPrincipalName: string): SandboxUser | undefined;
	/** @throws {AadError} 50057, 50105, 53003: why this user gets nothing now. */
	assertMayUse(user: SandboxUser): void;
	/** Reads a URL's tenant. @throws {AadError} 90002, 900023. */
	resolve(segment: string): TenantSegment;
	reset(): void;
}

export const consentKey = (userId: string, clientId: string): string => `${userId} ${clientId}`;

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const domainName = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/i;

export function createTenant(directory: SandboxDirectory): Tenant {
	const apps = new Map<string, SandboxApp>();
	const switches: Switches = {
		userConsent: 'allowed',
		conditionalAccess: 'off',
		tokenLifetimeSeconds: undefined,
		expiredSecrets: new Set(),
		disabledUsers: new Set(),
		unassignedUsers: new Set(),
		failTokenRequests: undefined,
	};
	const consents = new Map<string, string>();
	const adminConsents = new Map<string, Set<string>>();
	const tokenRequests: TokenRequest[] = [];

	const tenant: Tenant = {
		id: directory.tenantId,
		domain: directory.domain,
		switches,
		consents,
		adminConsents,
		tokenRequests,
		app: (clientId) => apps.get(clientId.toLowerCase()),
		appFor(clientId, segment) {
			const app = tenant.app(clientId);
			if (!app) throw new AadError(700016, `It was asked for as "${clientId}".`);
			if (segment === 'anyTenant' && app.signInAudience === 'AzureADMyOrg') {
				throw new AadError(50194, `Use the tenant's own address for app "${clientId}".`);
			}
			return app;
		},
		registerApp: (app) => void apps.set(app.clientId.toLowerCase(), app),
		userById: (id) => directory.users.find((user) => user.id === id),
		userByName: (name) =>
			directory.users.find(
				(user) => user.userPrincipalName.toLowerCase() === name.trim().toLowerCase(),
			),
		assertMayUse(user) {
			const name = user.userPrincipalName.toLowerCase();
			// A shared mailbox's account is blocked from signing in.
			if (user.isSharedMailbox || switches.disabledUsers.has(name)) throw new AadError(50057);
			if (switches.unassignedUsers.has(name)) throw new AadError(50105);
			if (switches.conditionalAccess === 'block') throw new AadError(53003);
		},
		resolve(segment) {
			const wanted = segment.toLowerCase();
			if (wanted === 'common' || wanted === 'organizations') return 'anyTenant';
			if (wanted === directory.tenantId || wanted === directory.domain) return 'tenant';
			if (!guid.test(wanted) && !domainName.test(wanted)) {
				throw new AadError(900023, `It was given as "${segment}".`);
			}
			throw new AadError(90002, `It was asked for as "${segment}".`);
		},
		reset() {
			apps.clear();
			for (const app of directory.apps) tenant.registerApp(app);
			consents.clear();
			adminConsents.clear();
			tokenRequests.length = 0;
			switches.userConsent = 'allowed';
			switches.conditionalAccess = 'off';
			switches.tokenLifetimeSeconds = undefined;
			switches.failTokenRequests = undefined;
			switches.expiredSecrets.clear();
			switches.disabledUsers.clear();
			switches.unassignedUsers.clear();
		},
	};
	tenant.reset();
	return tenant;
}
