import type { CloudProfile } from '../clouds';
import { isSharedTenant } from './tenant';

export interface AdminConsentRequest {
	readonly cloud: CloudProfile;
	readonly tenantId: string;
	readonly clientId: string;
	/** With both of these, exactly these scopes are approved; else all that the app registration lists. */
	readonly scopes?: string;
	/** One that is registered in the app. */
	readonly redirectUri?: string;
	/** Comes back to the redirect URI as it is, so that the answer can be told from others. */
	readonly state?: string;
}

/** The address at which an admin approves an app for a whole tenant. It holds no secret. */
export function adminConsentUrl(request: AdminConsentRequest): string {
	const { cloud, clientId, scopes, redirectUri, state } = request;
	// A shared tenant's name only works here as "the tenant of the admin who opens it".
	const tenant = isSharedTenant(request.tenantId) ? 'organizations' : request.tenantId;
	const base = `${cloud.loginOrigin}/${encodeURIComponent(tenant)}`;
	if (scopes === undefined || redirectUri === undefined) {
		return `${base}/adminconsent?client_id=${encodeURIComponent(clientId)}`;
	}
	const query = {
		client_id: clientId,
		scope: scopes,
		redirect_uri: redirectUri,
		...(state !== undefined && { state }),
	};
	const text = Object.entries(query)
		.map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
		.join('&');
	return `${base}/v2.0/adminconsent?${text}`;
}
