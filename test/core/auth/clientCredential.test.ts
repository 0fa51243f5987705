import { X509Certificate } from 'node:crypto';
import { fingerprintOf, readSigningCertificate } from '../../../core/auth/clientCredential';
import { makeCertificate, type TestCertificate } from './certificates';

const notBefore = new Date('2026-01-01T00:00:00Z');
const notAfter = new Date('2026-12-31T00:00:00Z');
const today = new Date('2026-06-01T00:00:00Z');

let pair: TestCertificate;
let other: TestCertificate;

beforeAll(async () => {
	[pair, other] = await Promise.all([
		makeCertificate({ notBefore, notAfter }),
		makeCertificate({ notBefore, notAfter }),
	]);
});

const oneLine = (pem: string) => pem.trim().replace(/\r?\n/g, ' ');

describe('readSigningCertificate', () => {
	it('derives the SHA-256 thumbprint', () => {
		const expected = new X509Certificate(pair.certificate).fingerprint256.replaceAll(':', '');
		expect(readSigningCertificate(pair, today)).toMatchObject({
			thumbprintSha256: expected,
			notAfter,
		});
	});

	it('reads what a single-line field makes of a PEM', () => {
		const flat = {
			privateKey: oneLine(pair.privateKey),
			certificate: pair.certificate.trim().replace(/\r?\n/g, '\\n'),
		};
		expect(readSigningCertificate(flat, today)).toEqual(readSigningCertificate(pair, today));
	});

	it.each([
		['certificate_unreadable', () => ({ ...pair, certificate: 'nonsense' }), today],
		['private_key_unreadable', () => ({ ...pair, privateKey: 'nonsense' }), today],
		[
			'private_key_encrypted',
			() => ({ ...pair, privateKey: '-----BEGIN ENCRYPTED PRIVATE KEY-----' }),
			today,
		],
		['certificate_mismatch', () => ({ ...pair, privateKey: other.privateKey }), today],
		['certificate_expired', () => pair, new Date('2027-01-01T00:00:00Z')],
		['certificate_not_yet_valid', () => pair, new Date('2025-12-01T00:00:00Z')],
	])('says %s before anything is sent', (code, pem, now) => {
		expect.assertions(2);
		try {
			readSigningCertificate(pem(), now);
		} catch (error) {
			expect(error).toMatchObject({ name: 'AuthError', code, docsAnchor: 'certificates' });
			expect(JSON.stringify(error)).not.toContain('nonsense');
		}
	});

	it('refuses an elliptic-curve key, which Entra does not take', async () => {
		const curve = await makeCertificate(
			{ notBefore, notAfter },
			{ name: 'ECDSA', namedCurve: 'P-256' },
		);
		expect(() => readSigningCertificate(curve, today)).toThrow(/no RSA key/);
	});
});

describe('fingerprintOf', () => {
	it('tells secrets apart without showing them', () => {
		const first = fingerprintOf({ kind: 'secret', secret: 'a-secret' });
		expect(first).not.toContain('a-secret');
		expect(fingerprintOf({ kind: 'secret', secret: 'a-secret' })).toBe(first);
		expect(fingerprintOf({ kind: 'secret', secret: 'b-secret' })).not.toBe(first);
	});
});
