import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { AuthError } from './AuthError';

/** How an app registration proves to Microsoft that it is itself. */
export type ClientCredential =
	| { readonly kind: 'secret'; readonly secret: string }
	/** PEM texts. */
	| { readonly kind: 'certificate'; readonly privateKey: string; readonly certificate: string };

/** A certificate that was checked against its key and the clock. */
export interface SigningCertificate {
	/** PKCS #8 PEM. */
	readonly privateKeyPem: string;
	/** Hexadecimal, of the whole certificate; Microsoft finds the registered certificate by it. */
	readonly thumbprintSha256: string;
	readonly notAfter: Date;
}

/** Tells credentials apart without holding their secret, e.g. as the key of a cache. */
export function fingerprintOf(credential: ClientCredential): string {
	const text =
		credential.kind === 'secret'
			? `secret\n${credential.secret}`
			: `certificate\n${credential.certificate}\n${credential.privateKey}`;
	return createHash('sha256').update(text).digest('base64url');
}

/**
 * Reads a key and its certificate, and refuses a pair that Microsoft would refuse.
 * @throws {AuthError} that names the field at fault
 */
export function readSigningCertificate(
	pem: { readonly privateKey: string; readonly certificate: string },
	now: Date,
): SigningCertificate {
	const certificate = readCertificate(pem.certificate);
	const privateKey = readPrivateKey(pem.privateKey);
	if (!certificate.checkPrivateKey(privateKey)) {
		throw fault(
			'certificate_mismatch',
			'The private key does not belong to the certificate',
			'Paste the private key that the certificate was made with, or the certificate that was made with this key.',
		);
	}
	const notBefore = new Date(certificate.validFrom);
	const notAfter = new Date(certificate.validTo);
	if (now > notAfter) {
		throw fault(
			'certificate_expired',
			`The certificate expired on ${dateOf(notAfter)}`,
			'Make a new certificate, upload it to the app registration in Entra under Certificates & secrets, and paste it and its private key here.',
		);
	}
	if (now < notBefore) {
		throw fault(
			'certificate_not_yet_valid',
			`The certificate is valid from ${dateOf(notBefore)} only`,
			'Use a certificate that is valid today. If this one should be, set the clock of this server right.',
		);
	}
	return {
		privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		thumbprintSha256: certificate.fingerprint256.replaceAll(':', ''),
		notAfter,
	};
}

function readCertificate(text: string): X509Certificate {
	try {
		return new X509Certificate(restoreLines(text));
	} catch (cause) {
		throw fault(
			'certificate_unreadable',
			'The Certificate field holds no certificate in PEM format',
			'Paste the whole text of the .pem or .cer file, from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----.',
			cause,
		);
	}
}

function readPrivateKey(text: string): KeyObject {
	if (text.includes('ENCRYPTED')) {
		throw fault(
			'private_key_encrypted',
			'The private key is protected by a passphrase',
			'Paste the key without one: "openssl pkey -in key.pem -out plain.pem" makes it.',
		);
	}
	let key: KeyObject;
	try {
		key = createPrivateKey(restoreLines(text));
	} catch {
		// The cause could quote the key.
		throw fault(
			'private_key_unreadable',
			'The Private Key field holds no private key in PEM format',
			'Paste the whole text of the key file, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----.',
		);
	}
	if (key.asymmetricKeyType !== 'rsa') {
		throw fault(
			'private_key_not_rsa',
			'The private key is no RSA key',
			'Microsoft Entra takes RSA certificates only: make one of 2048 bits or more.',
		);
	}
	return key;
}

/** A single-line field turns the line ends of a pasted PEM into spaces, or into the two characters `\n`. */
function restoreLines(text: string): string {
	return text
		.trim()
		.replaceAll('\\n', '\n')
		.replace(
			/(-----BEGIN [A-Z0-9 ]+-----)([^-]+)(-----END [A-Z0-9 ]+-----)/g,
			(_match, begin: string, body: string, end: string) =>
				`${begin}\n${(body.replace(/\s+/g, '').match(/.{1,64}/g) ?? []).join('\n')}\n${end}\n`,
		);
}

function fault(code: string, message: string, nextStep: string, cause?: unknown): AuthError {
	return new AuthError(message, {
		code,
		nextStep,
		whoCanFix: 'maker',
		docsAnchor: 'certificates',
		...(cause === undefined ? {} : { cause }),
	});
}

function dateOf(date: Date): string {
	return date.toISOString().slice(0, 10);
}
