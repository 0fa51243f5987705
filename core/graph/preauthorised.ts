import { GraphError } from './errors';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Content goes only where nobody can read along. The address itself is a secret and isn't told.
 * @throws {GraphError}
 */
export function assertSafeAddress(
	address: string,
	purpose: 'upload' | 'download' | 'monitor',
): void {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	if (url?.protocol === 'https:') return;
	// A sandbox on the same machine.
	if (url?.protocol === 'http:' && LOOPBACK.test(url.hostname)) return;
	throw new GraphError(`Microsoft Graph gave an address for the ${purpose} that is not https`, {
		code: 'unsafeAddress',
		nextStep: 'Nothing was sent there. Check the environment in the credential.',
	});
}
