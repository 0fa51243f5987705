import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { webcrypto } from 'node:crypto';
// @peculiar/x509 resolves its algorithms through tsyringe, which needs this first.
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** A throw-away authority and the server certificate that it signed. All PEM. */
export interface SandboxTls {
	readonly ca: string;
	readonly key: string;
	readonly cert: string;
	/** The authority as a file, for `NODE_EXTRA_CA_CERTS`. */
	readonly caFile: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/**
 * Makes an authority and a certificate for localhost, 127.0.0.1 and ::1, good for 30 days.
 * The authority's private key is never written down: nobody can sign with it later.
 * @param dir where `ca.pem` goes; made if it is missing.
 */
export async function createTls(dir: string): Promise<SandboxTls> {
	x509.cryptoProvider.set(webcrypto);
	const validity = {
		// A day back: other processes' clocks need not agree to the second.
		notBefore: new Date(Date.now() - DAY_MS),
		notAfter: new Date(Date.now() + 30 * DAY_MS),
	};
	const authorityKeys = await newKeys();
	const authority = await x509.X509CertificateGenerator.createSelfSigned({
		...validity,
		name: 'CN=Microsoft 365 sandbox (throw-away authority)',
		keys: authorityKeys,
		signingAlgorithm: algorithm,
		extensions: [
			new x509.BasicConstraintsExtension(true, 0, true),
			new x509.KeyUsagesExtension(
				x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
				true,
			),
			await x509.SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
		],
	});
	const serverKeys = await newKeys();
	const server = await x509.X509CertificateGenerator.create({
		...validity,
		subject: 'CN=localhost',
		issuer: authority.subject,
		publicKey: serverKeys.publicKey,
		signingKey: authorityKeys.privateKey,
		signingAlgorithm: algorithm,
		extensions: [
			new x509.BasicConstraintsExtension(false, undefined, true),
			new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
			new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
			new x509.SubjectAlternativeNameExtension([
				{ type: 'dns', value: 'localhost' },
				{ type: 'ip', value: '127.0.0.1' },
				{ type: 'ip', value: '::1' },
			]),
			await x509.AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
		],
	});

	const ca = authority.toString('pem');
	const caFile = join(dir, 'ca.pem');
	await mkdir(dir, { recursive: true });
	await writeFile(caFile, ca);
	const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', serverKeys.privateKey);
	return {
		ca,
		cert: server.toString('pem'),
		key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
		caFile,
	};
}

async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
	return await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}
