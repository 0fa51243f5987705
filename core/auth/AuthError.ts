/** Who has to act: the one who builds the workflow, the tenant's administrator, or whoever registered the app. */
export type Fixer = 'user' | 'admin' | 'maker';

export interface AuthErrorDetails {
	/** `AADSTS7000215` where Microsoft gave a code; otherwise the OAuth error, or a name of ours in snake case. */
	readonly code: string;
	/** What to do next, in the user's words. Never a secret. */
	readonly nextStep: string;
	readonly whoCanFix?: Fixer;
	readonly traceId?: string;
	readonly correlationId?: string;
	/** The part of the documentation that tells more. */
	readonly docsAnchor?: string;
	readonly cause?: unknown;
}

/** There is no access token to be had: sign-in, consent, app registration or configuration is at fault. */
export class AuthError extends Error {
	override readonly name = 'AuthError';
	readonly code: string;
	readonly nextStep: string;
	readonly whoCanFix?: Fixer;
	readonly traceId?: string;
	readonly correlationId?: string;
	readonly docsAnchor?: string;

	constructor(message: string, details: AuthErrorDetails) {
		super(message, details.cause === undefined ? undefined : { cause: details.cause });
		this.code = details.code;
		this.nextStep = details.nextStep;
		if (details.whoCanFix !== undefined) this.whoCanFix = details.whoCanFix;
		if (details.traceId !== undefined) this.traceId = details.traceId;
		if (details.correlationId !== undefined) this.correlationId = details.correlationId;
		if (details.docsAnchor !== undefined) this.docsAnchor = details.docsAnchor;
	}
}
