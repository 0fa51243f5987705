import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

export interface TestCertificate {
	readonly privateKey: string;
	readonly certificate: string;
}

/** A self-signed RSA certificate, as Entra takes it. */
export async function makeCertificate(
	{ notBefore, notAfter }: { notBefore: Date; notAfter: Date },
	algorithm: RsaHashedKeyGenParams | EcKeyGenParams = {
		name: 'RSASSA-PKCS1-v1_5',
		hash: 'SHA-256',
		publicExponent: new Uint8Array([1, 0, 1]),
		modulusLength: 2048,
	},
): Promise<TestCertificate> {
	const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
	const certificate = await x509.X509CertificateGenerator.createSelfSigned({
		serialNumber: '01',
		name: 'CN=test',
		notBefore,
		notAfter,
		keys,
		signingAlgorithm: { ...algorithm, hash: 'SHA-256' },
	});
	const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey));
	return {
		privateKey: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
		certificate: certificate.toString('pem'),
	};
}

type RsaHashedKeyGenParams = webcrypto.RsaHashedKeyGenParams;
type EcKeyGenParams = webcrypto.EcKeyGenParams;
