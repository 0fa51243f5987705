/**
 * The login's controls, by HTTP and as `Login.set`. Bodies and answers are JSON.
 *
 * | Request                         | What it does                                                 |
 * |---------------------------------|--------------------------------------------------------------|
 * | `GET /__sandbox__/login`        | answers the switches as they are                             |
 * | `POST /__sandbox__/login`       | turns the switches named in the body; answers all of them    |
 * | `GET /__sandbox__/tokens`        | answers `{at, grantType}` of each token given since the last reset |
 * | `POST /__sandbox__/apps`        | registers an app, or changes the one of this `clientId`      |
 * | `POST /__sandbox__/introspect`  | a form with `token`, as RFC 7662: what a mail server may take it for (`?protocol=imap`, `smtp`) |
 * | `POST /__sandbox__/clock`       | `{advanceMs}`: moves the sandbox's time on                   |
 *
 * | Switch                 | Value                                | Effect                          |
 * |------------------------|--------------------------------------|---------------------------------|
 * | `reset`                | `true`                               | as at the start; comes first    |
 * | `userConsent`          | `"allowed"`, `"blocked"`             | blocked: "Need admin approval", AADSTS90094 |
 * | `conditionalAccess`    | `"off"`, `"block"`, `"requireMfa"`   | block: 53003 at sign-in and tokens; requireMfa: 50076 for the refresh tokens of now |
 * | `tokenLifetimeSeconds` | number, or `null` for 3600–5400      | of access tokens from now on    |
 * | `expireSecrets`        | client ids                           | 7000222                         |
 * | `restoreSecrets`       | client ids                           | takes `expireSecrets` back      |
 * | `disableUsers`         | user principal names                 | 50057 at sign-in and tokens     |
 * | `enableUsers`          | user principal names                 | takes `disableUsers` back       |
 * | `unassignUsers`        | user principal names                 | 50105                           |
 * | `assignUsers`          | user principal names                 | takes `unassignUsers` back      |
 * | `revokeRefreshTokens`  | `true` or user principal names       | 50173 for the tokens of now     |
 * | `expireRefreshTokens`  | `true` or user principal names       | 700082 for the tokens of now    |
 * | `forgetConsent`        | `true` or user principal names       | the next sign-in asks for consent again |
 * | `failTokenRequests`    | `{code, times}`, or `null`           | the next token requests fail with this AADSTS code (90033: 503) |
 */
import type { Clock } from '../clock';
import type { SandboxApp } from '../directory';
import { isAadCode } from './aadError';
import type { Store } from './store';
import type { Tenant } from './tenant';

export interface LoginSwitches {
	reset?: true;
	userConsent?: 'allowed' | 'blocked';
	conditionalAccess?: 'off' | 'block' | 'requireMfa';
	tokenLifetimeSeconds?: number | null;
	expireSecrets?: readonly string[];
	restoreSecrets?: readonly string[];
	disableUsers?: readonly string[];
	enableUsers?: readonly string[];
	unassignUsers?: readonly string[];
	assignUsers?: readonly string[];
	revokeRefreshTokens?: true | readonly string[];
	expireRefreshTokens?: true | readonly string[];
	forgetConsent?: true | readonly string[];
	failTokenRequests?: { code: number; times: number } | null;
}

/** The control request names something that isn't there; nothing after it was done. */
export class ControlError extends Error {
	override readonly name = 'ControlError';
}

export interface LoginControl {
	/** @returns the switches as they are then. @throws {ControlError} */
	readonly set: (switches: LoginSwitches) => Record<string, unknown>;
	/** What is left out stays as it was, or is empty. @throws {ControlError} */
	readonly registerApp: (app: Partial<SandboxApp>) => SandboxApp;
	/** Serves the requests of the table. @throws {ControlError} */
	handle(method: string, name: string, body: unknown): unknown;
}

export function createControl(context: {
	tenant: Tenant;
	store: Store;
	clock: Clock;
}): LoginControl {
	const { tenant, store, clock } = context;
	const { switches } = tenant;

	const userIds = (names: true | readonly string[]): ReadonlySet<string> | undefined =>
		names === true ? undefined : new Set(names.map((name) => knownUser(name).id));

	function knownUser(name: string): { id: string; key: string } {
		const user = tenant.userByName(name);
		if (!user) throw new ControlError(`There is no user "${name}".`);
		return { id: user.id, key: user.userPrincipalName.toLowerCase() };
	}

	function knownApp(clientId: string): string {
		const app = tenant.app(clientId);
		if (!app) throw new ControlError(`There is no app "${clientId}".`);
		return app.clientId;
	}

	const turn: { [K in keyof LoginSwitches]-?: (value: NonNullable<LoginSwitches[K]>) => void } = {
		reset() {
			tenant.reset();
			store.clear();
		},
		userConsent: (value) => {
			switches.userConsent = oneOf(value, ['allowed', 'blocked']);
		},
		conditionalAccess(value) {
			switches.conditionalAccess = oneOf(value, ['off', 'block', 'requireMfa']);
			if (value === 'requireMfa') store.markRefreshTokens('needsMfa');
		},
		tokenLifetimeSeconds(value) {
			if (!Number.isSafeInteger(value) || value <= 0) {
				throw new ControlError('tokenLifetimeSeconds is a whole number above 0.');
			}
			switches.tokenLifetimeSeconds = value;
		},
		expireSecrets: (ids) => ids.forEach((id) => switches.expiredSecrets.add(knownApp(id))),
		restoreSecrets: (ids) => ids.forEach((id) => switches.expiredSecrets.delete(knownApp(id))),
		disableUsers: (names) => names.forEach((n) => switches.disabledUsers.add(knownUser(n).key)),
		enableUsers: (names) => names.forEach((n) => switches.disabledUsers.delete(knownUser(n).key)),
		unassignUsers: (names) => names.forEach((n) => switches.unassignedUsers.add(knownUser(n).key)),
		assignUsers: (names) => names.forEach((n) => switches.unassignedUsers.delete(knownUser(n).key)),
		revokeRefreshTokens: (names) => store.markRefreshTokens('revoked', userIds(names)),
		expireRefreshTokens: (names) => store.markRefreshTokens('inactive', userIds(names)),
		forgetConsent(names) {
			const ids = userIds(names);
			for (const key of tenant.consents.keys()) {
				if (!ids || ids.has(key.split(' ')[0] ?? '')) tenant.consents.delete(key);
			}
			if (!ids) tenant.adminConsents.clear();
		},
		failTokenRequests({ code, times }) {
			if (!isAadCode(code)) throw new ControlError(`The sandbox has no AADSTS${code}.`);
			switches.failTokenRequests = { code, times };
		},
	};
	const clear: Partial<Record<string, () => void>> = {
		tokenLifetimeSeconds: () => (switches.tokenLifetimeSeconds = undefined),
		failTokenRequests: () => (switches.failTokenRequests = undefined),
	};

	function set(wanted: LoginSwitches): Record<string, unknown> {
		const known = Object.keys(turn);
		const unknown = Object.keys(wanted).filter((name) => !known.includes(name));
		if (unknown.length > 0) {
			throw new ControlError(`Unknown: ${unknown.join(', ')}. Known: ${known.join(', ')}.`);
		}
		// In the table's order, so that `reset` comes first whatever the body's order.
		for (const name of known as Array<keyof LoginSwitches>) {
			const value = wanted[name];
			if (value === null) clear[name]?.();
			else if (value !== undefined) (turn[name] as (value: unknown) => void)(value);
		}
		return current();
	}

	function current(): Record<string, unknown> {
		return {
			userConsent: switches.userConsent,
			conditionalAccess: switches.conditionalAccess,
			tokenLifetimeSeconds: switches.tokenLifetimeSeconds ?? null,
			expiredSecrets: [...switches.expiredSecrets],
			disabledUsers: [...switches.disabledUsers],
			unassignedUsers: [...switches.unassignedUsers],
			failTokenRequests: switches.failTokenRequests ?? null,
		};
	}

	function registerApp(wanted: Partial<SandboxApp>): SandboxApp {
		if (!wanted.clientId) throw new ControlError('An app needs a clientId.');
		const app: SandboxApp = {
			displayName: wanted.clientId,
			clientSecret: '',
			applicationPermissions: [],
			redirectUris: [],
			...tenant.app(wanted.clientId),
			...wanted,
			clientId: wanted.clientId,
		};
		tenant.registerApp(app);
		return app;
	}

	return {
		set,
		registerApp,
		handle(method, name, body) {
			const fields = asObject(body);
			if (name === 'login') return method === 'GET' ? current() : set(fields);
			if (name === 'tokens' && method === 'GET') return tenant.tokenRequests;
			if (method !== 'POST') throw new ControlError(`${name} takes POST.`);
			if (name === 'apps') return registerApp(fields);
			if (name !== 'clock') throw new ControlError('Known: login, tokens, apps, clock.');
			if (typeof fields.advanceMs !== 'number') throw new ControlError('advanceMs is a number.');
			clock.advance(fields.advanceMs);
			return { now: new Date(clock.now()).toISOString() };
		},
	};
}

function oneOf<T extends string>(value: string, known: readonly T[]): T {
	const found = known.find((candidate) => candidate === value);
	if (found === undefined) throw new ControlError(`"${value}" is none of ${known.join(', ')}.`);
	return found;
}

function asObject(body: unknown): Record<string, unknown> {
	if (body === undefined) return {};
	if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
		return body as Record<string, unknown>;
	}
	throw new ControlError('The body is a JSON object.');
}
