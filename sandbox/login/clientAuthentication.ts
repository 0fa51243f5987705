import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import type { SandboxApp } from '../directory';
import { AadError } from './aadError';

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Entra's tolerance for clocks that disagree. */
const CLOCK_SKEW_SECONDS = 5 * 60;

export interface ClientCredential {
	readonly clientId: string;
	readonly clientSecret?: string;
	readonly clientAssertion?: string;
}

/**
 * Finds the app's credential in header or body; Entra takes both, the provider one a client.
 * @throws {AadError} 900144, 9002313.
 */
export function readClientCredential(
	authorization: string | undefined,
	form: URLSearchParams,
): ClientCredential {
	const basic = /^basic\s+(.+)$/i.exec(authorization ?? '')?.[1];
	if (basic !== undefined) {
		const [id, secret] = splitOnce(Buffer.from(basic, 'base64').toString('utf8'));
		return { clientId: decodeFormPart(id), clientSecret: decodeFormPart(secret) };
	}
	const clientAssertion = form.get('client_assertion');
	const clientSecret = form.get('client_secret');
	const clientId = form.get('client_id');
	if (!clientId) throw new AadError(900144, 'It is "client_id".');
	if (clientAssertion) {
		if (form.get('client_assertion_type') !== assertionType) {
			throw new AadError(9002313, '"client_assertion_type" is not jwt-bearer.');
		}
		return { clientId, clientAssertion };
	}
	return clientSecret ? { clientId, clientSecret } : { clientId };
}

/**
 * Several certificates and an expiring secret an app are beyond the provider's one method a
 * client, so the app is authenticated here and reaches the provider as one that has been.
 * @param audiences what the assertion's `aud` may be.
 * @throws {AadError} 7000215, 7000218, 7000222, 700027, 700024.
 */
export async function authenticateApp(
	app: SandboxApp,
	credential: ClientCredential,
	{ isSecretExpired, audiences }: { isSecretExpired: boolean; audiences: readonly string[] },
): Promise<void> {
	if (credential.clientAssertion !== undefined) {
		await verifyAssertion(app, credential.clientAssertion, audiences);
	} else if (credential.clientSecret === undefined) {
		throw new AadError(7000218);
	} else if (!sameText(app.clientSecret, credential.clientSecret)) {
		throw new AadError(7000215, `The app is "${app.clientId}".`);
	} else if (isSecretExpired) {
		throw new AadError(7000222, `The app is "${app.clientId}".`);
	}
}

async function verifyAssertion(
	app: SandboxApp,
	assertion: string,
	audiences: readonly string[],
): Promise<void> {
	const { decodeProtectedHeader, errors, jwtVerify } = await import('jose');
	try {
		const { x5t, 'x5t#S256': x5tS256 } = decodeProtectedHeader(assertion);
		const certificate = (app.certificates ?? [])
			.map((pem) => new X509Certificate(pem))
			.find(({ raw }) => thumbprint('sha1', raw) === x5t || thumbprint('sha256', raw) === x5tS256);
		if (!certificate) throw new AadError(700027, 'No certificate of the app has its thumbprint.');
		await jwtVerify(assertion, certificate.publicKey, {
			issuer: app.clientId,
			subject: app.clientId,
			audience: [...audiences],
			algorithms: ['RS256', 'PS256'],
			clockTolerance: CLOCK_SKEW_SECONDS,
			requiredClaims: ['exp', 'jti'],
			// The machine's time, not the sandbox's: the app can't know of a clock that was advanced.
			currentDate: new Date(),
		});
	} catch (error) {
		if (error instanceof AadError) throw error;
		if (error instanceof errors.JWTExpired) throw new AadError(700024);
		throw new AadError(700027, error instanceof errors.JOSEError ? `(${error.message})` : '');
	}
}

function thumbprint(algorithm: 'sha1' | 'sha256', der: Buffer): string {
	return createHash(algorithm).update(der).digest('base64url');
}

function sameText(expected: string, given: string): boolean {
	const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
	return expected !== '' && timingSafeEqual(digest(expected), digest(given));
}

function splitOnce(text: string): [string, string] {
	const colon = text.indexOf(':');
	if (colon < 0) throw new AadError(9002313, 'The authorization header has no colon.');
	return [text.slice(0, colon), text.slice(colon + 1)];
}

/** RFC 6749 2.3.1: id and secret are form-encoded in the header. Many clients leave that out. */
function decodeFormPart(text: string): string {
	try {
		return decodeURIComponent(text.replaceAll('+', '%20'));
	} catch {
		return text;
	}
}
