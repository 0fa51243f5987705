import { randomUUID } from 'node:crypto';

/** How Entra classes a failure: the OAuth error, the status at the token endpoint, and its gist. */
interface Kind {
	readonly error: string;
	readonly status: number;
	readonly gist: string;
	readonly suberror?: string;
}

const invalidRequest = { error: 'invalid_request', status: 400 } as const;
const invalidGrant = { error: 'invalid_grant', status: 400 } as const;
const invalidClient = { error: 'invalid_client', status: 401 } as const;

/**
 * The codes that the sandbox knows. The texts are its own; only the codes and OAuth errors are
 * Entra's. https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const kinds = {
	16000: { error: 'interaction_required', status: 400, gist: 'Choose an account to go on.' },
	28000: { ...invalidRequest, gist: 'The scope names more than one resource; ask one at a time.' },
	50011: { ...invalidRequest, gist: 'The redirect URI is not registered for this app.' },
	50034: { ...invalidGrant, gist: 'The user account does not exist in this directory.' },
	50057: { ...invalidGrant, gist: 'The user account is disabled.' },
	50058: { error: 'login_required', status: 400, gist: 'Nobody is signed in.' },
	50059: { ...invalidRequest, gist: 'Neither request nor credential says which tenant is meant.' },
	50076: {
		...invalidGrant,
		gist: 'Multi-factor authentication is required since a policy changed.',
		suberror: 'basic_action',
	},
	50105: { ...invalidGrant, gist: 'The user is not assigned to this app.' },
	50126: { ...invalidGrant, gist: 'The user name or password is wrong.' },
	50173: { ...invalidGrant, gist: 'The grant was revoked; the user must sign in again.' },
	50194: { ...invalidRequest, gist: 'The app is single-tenant; /common is not for it.' },
	53003: {
		...invalidGrant,
		gist: 'A Conditional Access policy blocks this access.',
		suberror: 'message_only',
	},
	54005: { ...invalidGrant, gist: 'The authorization code was already redeemed.' },
	65001: {
		...invalidGrant,
		gist: 'Neither user nor admin has consented to these permissions.',
		suberror: 'consent_required',
	},
	65004: { error: 'access_denied', status: 400, gist: 'The user declined to consent.' },
	70000: { ...invalidGrant, gist: 'The code or refresh token is not valid.' },
	70003: { error: 'unsupported_grant_type', status: 400, gist: 'The grant type is not supported.' },
	70008: { ...invalidGrant, gist: 'The authorization code has expired.' },
	70011: { error: 'invalid_scope', status: 400, gist: 'The scope is not valid.' },
	90002: { ...invalidRequest, gist: 'The tenant was not found.' },
	90014: { ...invalidRequest, gist: 'A required field is missing.' },
	90033: {
		error: 'temporarily_unavailable',
		status: 503,
		gist: 'The service is temporarily unavailable; try again later.',
	},
	90094: { error: 'access_denied', status: 400, gist: 'The permissions need an admin to consent.' },
	165000: { ...invalidRequest, gist: 'The sign-in session is unknown or over; start again.' },
	500011: {
		error: 'invalid_resource',
		status: 400,
		gist: 'The resource was not found in the tenant.',
	},
	500112: { ...invalidGrant, gist: 'The redirect URI differs from that of the authorization.' },
	500113: { ...invalidRequest, gist: 'The app has no redirect URI registered.' },
	501481: { ...invalidGrant, gist: 'The code verifier does not match the code challenge.' },
	650053: { error: 'invalid_client', status: 400, gist: 'The resource has no such permission.' },
	700016: {
		error: 'unauthorized_client',
		status: 400,
		gist: 'The app was not found in the directory.',
	},
	700024: { ...invalidClient, gist: 'The client assertion is outside its time.' },
	700027: { ...invalidClient, gist: "The client assertion's signature or key is not the app's." },
	700054: {
		error: 'unsupported_response_type',
		status: 400,
		gist: 'The response type is not enabled for the app.',
	},
	700082: { ...invalidGrant, gist: 'The refresh token has expired through inactivity.' },
	900023: { ...invalidRequest, gist: 'The tenant is neither a domain name nor an id.' },
	900144: { ...invalidRequest, gist: 'A required parameter is missing.' },
	900971: { ...invalidRequest, gist: 'No redirect URI was given.' },
	1002012: {
		error: 'invalid_scope',
		status: 400,
		gist: 'Client credentials take one scope: the resource with /.default behind it.',
	},
	7000215: { ...invalidClient, gist: 'Invalid client secret provided.' },
	7000218: { ...invalidClient, gist: 'Neither client_secret nor client_assertion was sent.' },
	7000222: { ...invalidClient, gist: 'The client secret keys of the app are expired.' },
	9002313: { ...invalidRequest, gist: 'The request is malformed.' },
} as const satisfies Record<number, Kind>;

export type AadCode = keyof typeof kinds;

/** @returns whether the sandbox can answer this AADSTS code. */
export function isAadCode(code: unknown): code is AadCode {
	return typeof code === 'number' && Object.hasOwn(kinds, code);
}

/** Entra's JSON answer to a failed token request. */
export interface AadErrorBody {
	readonly error: string;
	readonly error_description: string;
	readonly error_codes: readonly number[];
	readonly timestamp: string;
	readonly trace_id: string;
	readonly correlation_id: string;
	readonly error_uri: string;
	readonly suberror?: string;
}

/** A refusal by the sandbox's Entra, before it is given the form of a page, a redirect or JSON. */
export class AadError extends Error {
	override readonly name = 'AadError';
	readonly error: string;
	readonly status: number;
	private readonly kind: Kind;

	/** @param detail names the culprit; follows the code's gist. Never a secret or token. */
	constructor(
		readonly code: AadCode,
		detail = '',
	) {
		const kind: Kind = kinds[code];
		super(`AADSTS${code}: ${[kind.gist, detail].filter(Boolean).join(' ')}`);
		this.kind = kind;
		this.error = kind.error;
		this.status = kind.status;
	}

	/** @param correlationId the caller's `client-request-id`, where it sent one. */
	toBody(nowMs: number, correlationId: string = randomUUID()): AadErrorBody {
		const timestamp = new Date(nowMs).toISOString().replace('T', ' ').replace(/\.\d+/, '');
		const traceId = randomUUID();
		return {
			error: this.error,
			error_description:
				`${this.message} Trace ID: ${traceId} ` +
				`Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
			error_codes: [this.code],
			timestamp,
			trace_id: traceId,
			correlation_id: correlationId,
			error_uri: `https://login.microsoftonline.com/error?code=${this.code}`,
			...(this.kind.suberror === undefined ? {} : { suberror: this.kind.suberror }),
		};
	}
}
