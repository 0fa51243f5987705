import type { SandboxApp } from '../directory';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether the app may be answered at this URI: its own ones, or else any local n8n's. */
export function isCallbackAllowed(app: SandboxApp, redirectUri: string): boolean {
	if (app.redirectUris.length > 0) return app.redirectUris.includes(redirectUri);
	if (!URL.canParse(redirectUri)) return false;
	const { protocol, hostname, pathname } = new URL(redirectUri);
	return (
		(protocol === 'http:' || protocol === 'https:') &&
		loopbackHosts.has(hostname) &&
		pathname.endsWith('/rest/oauth2-credential/callback')
	);
}
