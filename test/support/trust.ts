import tls from 'node:tls';

/**
 * Makes this process trust one more authority in every TLS connection, as n8n does by
 * NODE_EXTRA_CA_CERTS, which Node reads at its start only.
 * @returns what takes it back
 */
export function trust(authority: string): () => void {
	const { createSecureContext } = tls;
	tls.createSecureContext = (options) => {
		const made = createSecureContext(options);
		const native = made.context as { addCACert?: (pem: string) => void };
		if (options?.ca === undefined) native.addCACert?.(authority);
		return made;
	};
	return () => {
		tls.createSecureContext = createSecureContext;
	};
}
