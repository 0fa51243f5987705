import { clouds } from '../../core/clouds';
import { graphAppId } from '../accessToken';
import { AadError } from './aadError';
import {
	graphPermissions,
	openIdPermissions,
	outlookPermissions,
	type Permission,
} from './permissions';

/**
 * What tokens are for. A scope is written `Mail.Read` or `https://graph…/Mail.Read` by callers;
 * towards the provider Graph's have no prefix and Outlook's always have it, so that a name which
 * both resources know (`SMTP.Send`) still says whose it is.
 */
export interface ApiResource {
	readonly name: 'graph' | 'outlook';
	/** The `aud` of its tokens and its indicator towards the provider. */
	readonly audience: string;
	readonly appId: string;
	/** Other origins that tokens for it are asked for by. */
	readonly alsoKnownAs: readonly string[];
	/** Put before each permission in a scope towards the provider. */
	readonly scopePrefix: string;
	readonly permissions: readonly Permission[];
}

export interface ScopeRequest {
	/** `openid profile email offline_access`, as far as asked for. */
	readonly openId: readonly string[];
	/** In the order of asking; Graph alone when only OpenID scopes were asked for. */
	readonly resources: readonly ApiResource[];
	/** Towards the provider. */
	readonly api: readonly string[];
	/** The resource whose `.default` was asked for. */
	readonly defaultOf?: ApiResource;
}

const outlookAppId = '00000002-0000-0ff1-ce00-000000000000';

export interface ScopeCatalogue {
	readonly graph: ApiResource;
	readonly outlook: ApiResource;
	readonly all: readonly ApiResource[];
	/** @throws {AadError} 70011, 650053, 500011. */
	parse(scope: string): ScopeRequest;
	/** A scope towards the provider, split into its resource and permission. */
	permissionOf(scope: string): { resource: ApiResource; permission: Permission } | undefined;
}

/** @param origins of Graph and Outlook in the sandbox's cloud, with or without trailing slash. */
export function createScopeCatalogue(origins: {
	graphOrigin: string;
	outlookResource: string;
}): ScopeCatalogue {
	const graph: ApiResource = {
		name: 'graph',
		audience: origins.graphOrigin.replace(/\/$/, ''),
		appId: graphAppId,
		alsoKnownAs: [],
		scopePrefix: '',
		permissions: graphPermissions,
	};
	const outlookAudience = origins.outlookResource.replace(/\/$/, '');
	const outlook: ApiResource = {
		name: 'outlook',
		audience: outlookAudience,
		appId: outlookAppId,
		// An app's own tokens in Office 365 are asked for under another name than a person's.
		alsoKnownAs: Object.values(clouds)
			.filter(({ outlookResource }) => outlookResource === outlookAudience)
			.map(({ outlookAppResource }) => outlookAppResource),
		scopePrefix: `${outlookAudience}/`,
		permissions: outlookPermissions,
	};
	const all = [graph, outlook];

	function resourceOf(prefix: string): ApiResource {
		const wanted = prefix.replace(/\/$/, '').toLowerCase();
		const found = all.find(
			({ audience, appId, alsoKnownAs }) =>
				audience.toLowerCase() === wanted || appId === wanted || alsoKnownAs.includes(wanted),
		);
		if (!found) throw new AadError(500011, `It was asked for as "${prefix}".`);
		return found;
	}

	function parseOne(scope: string): { resource: ApiResource; name: string } {
		const slash = scope.lastIndexOf('/');
		const name = scope.slice(slash + 1);
		const resource = slash < 0 ? graph : resourceOf(scope.slice(0, slash));
		if (name === '.default') return { resource, name };
		// Entra doesn't mind the case of a scope: `mail.read` is Mail.Read.
		const permission = resource.permissions.find(
			(candidate) => candidate.name.toLowerCase() === name.toLowerCase(),
		);
		if (!permission) throw new AadError(650053, `It was asked for "${scope}".`);
		return { resource, name: permission.name };
	}

	return {
		graph,
		outlook,
		all,
		parse(scope) {
			const words = scope.split(/\s+/).filter(Boolean);
			const openIdNames = new Set(openIdPermissions.map(({ name }) => name));
			const openId = words.filter((word) => openIdNames.has(word));
			const api = words.filter((word) => !openIdNames.has(word)).map(parseOne);
			const defaults = api.filter(({ name }) => name === '.default');
			if (defaults.length > 0 && api.length > 1) {
				throw new AadError(70011, '".default" can\'t be combined with other permissions.');
			}
			const resources = new Set(api.map(({ resource }) => resource));
			const defaultOf = defaults[0]?.resource;
			return {
				openId: [...new Set(openId)],
				resources: resources.size === 0 ? [graph] : [...resources],
				api: defaultOf
					? []
					: [...new Set(api.map(({ resource, name }) => resource.scopePrefix + name))],
				...(defaultOf ? { defaultOf } : {}),
			};
		},
		permissionOf(scope) {
			const resource = scope.startsWith(outlook.scopePrefix) ? outlook : graph;
			const name = scope.slice(resource.scopePrefix.length);
			const permission = resource.permissions.find((candidate) => candidate.name === name);
			return permission && { resource, permission };
		},
	};
}
