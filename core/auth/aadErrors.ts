import { type AadCause, aadCauses, noRefreshToken, oauthCauses } from './aadCauses';
import { anchorOf } from '../docs';
import { AuthError } from './AuthError';

/** Names of ours for what Microsoft gave no code for. */
const ownCodes = ['no_refresh_token', 'sign_in_failed'];

/** An error answer of Microsoft's token endpoint, or of the redirect after a sign-in. */
export interface AadErrorAnswer {
	readonly error?: string;
	readonly error_description?: string;
	readonly error_codes?: readonly number[];
	readonly trace_id?: string;
	readonly correlation_id?: string;
}

/**
 * Says what an error of Microsoft's sign-in means and which step mends it. Takes an OAuth answer,
 * an error of MSAL, or one of an OAuth client that keeps the answer as `body`. No secret gets into
 * the result: of Microsoft's own sentence only what is known not to hold one is used.
 *
 * @param options.adminConsentUrl is told where an admin has to approve
 */
export function explainAadError(
	source: unknown,
	{ adminConsentUrl }: { readonly adminConsentUrl?: string } = {},
): AuthError {
	if (source instanceof AuthError) return source;
	const answer = answerOf(source);
	const text = answer.error_description ?? '';
	const number = codeOf(answer, text);
	const known = number === undefined ? undefined : aadCauses[number];
	const cause =
		known ?? (number === undefined ? oauthCause(answer.error) : unknownCause(number, text));
	const code = number === undefined ? (answer.error ?? 'sign_in_failed') : `AADSTS${number}`;
	const found = cause ?? unreadable(source);
	return authErrorOf(adminConsentUrl ? withLink(found, adminConsentUrl) : found, code, {
		traceId: idIn(text, 'Trace ID') ?? answer.trace_id,
		correlationId: idIn(text, 'Correlation ID') ?? answer.correlation_id,
		cause: source,
	});
}

/** The stored answer has no refresh token, so the sign-in ends with its access token. */
export function noRefreshTokenError(): AuthError {
	return authErrorOf(noRefreshToken, 'no_refresh_token', {});
}

function authErrorOf(
	{ title, nextStep, whoCanFix }: AadCause,
	code: string,
	ids: { traceId?: string | undefined; correlationId?: string | undefined; cause?: unknown },
): AuthError {
	const { traceId, correlationId, cause } = ids;
	const reference = [
		code,
		traceId && `trace ID ${traceId}`,
		correlationId && `correlation ID ${correlationId}`,
	].filter(Boolean);
	return new AuthError(title, {
		code,
		nextStep: `${nextStep} [${reference.join(', ')}]`,
		whoCanFix,
		docsAnchor: knownAnchor(code),
		...(traceId && { traceId }),
		...(correlationId && { correlationId }),
		// An HTTP client's error carries its request, and with it the secret.
		...(cause instanceof Error && !('config' in cause) && { cause }),
	});
}

/** Codes that nobody has written about lead to the section that tells where Microsoft does. */
function knownAnchor(code: string): string {
	const number = code.replace('AADSTS', '');
	const isKnown =
		Object.hasOwn(aadCauses, number) || Object.hasOwn(oauthCauses, code) || ownCodes.includes(code);
	return isKnown ? anchorOf(code) : 'sign-in-error';
}

function withLink(cause: AadCause, url: string): AadCause {
	const isNamed = cause.nextStep.includes('admin consent link');
	return isNamed ? { ...cause, nextStep: `${cause.nextStep} Admin consent link: ${url}` } : cause;
}

function oauthCause(error: string | undefined): AadCause | undefined {
	return error !== undefined && Object.hasOwn(oauthCauses, error) ? oauthCauses[error] : undefined;
}

function unknownCause(number: string, text: string): AadCause {
	const sentence = withoutSecrets(firstSentence(text));
	return {
		title: `Microsoft refused the sign-in${sentence && `: ${sentence}`}`,
		nextStep: `Microsoft explains this code at https://login.microsoftonline.com/error?code=${number}.`,
		whoCanFix: 'admin',
	};
}

function unreadable(source: unknown): AadCause {
	const detail = source instanceof Error ? withoutSecrets(source.message.slice(0, 200)) : '';
	return {
		title: `The sign-in at Microsoft failed${detail && `: ${detail}`}`,
		nextStep:
			"Check that n8n reaches Microsoft's sign-in server, proxies and certificates included.",
		whoCanFix: 'maker',
	};
}

function answerOf(source: unknown): AadErrorAnswer {
	if (!isRecord(source)) return {};
	if (!(source instanceof Error)) return pick(source);
	if (isRecord(source['body'])) return pick(source['body']);
	// MSAL's errors.
	const description = source['errorMessage'] ?? source.message;
	return pick({
		error: source['errorCode'],
		error_description: description,
		correlation_id: source['correlationId'],
	});
}

function pick(source: Record<string, unknown>): AadErrorAnswer {
	const { error, error_description: description, error_codes: codes } = source;
	const { trace_id: traceId, correlation_id: correlationId } = source;
	return {
		...(isText(error) && { error }),
		...(isText(description) && { error_description: description }),
		...(Array.isArray(codes) && {
			error_codes: codes.filter((code): code is number => typeof code === 'number'),
		}),
		...(isText(traceId) && { trace_id: traceId }),
		...(isText(correlationId) && { correlation_id: correlationId }),
	};
}

/** The number in the text comes first: `error_codes` may list several, the outermost cause not always in front. */
function codeOf({ error_codes: codes }: AadErrorAnswer, text: string): string | undefined {
	const inText = /AADSTS(\d{4,8})/.exec(text)?.[1];
	return (
		inText ??
		codes?.map(String).find((code) => Object.hasOwn(aadCauses, code)) ??
		codes?.[0]?.toString()
	);
}

function idIn(text: string, name: string): string | undefined {
	return new RegExp(`${name}: ([0-9a-f-]{36})`, 'i').exec(text)?.[1];
}

function firstSentence(text: string): string {
	const [sentence = ''] = text.replace(/^.*?AADSTS\d+:\s*/s, '').split(/\s*(?:Trace ID:|\r?\n)/);
	return sentence.slice(0, 300).replace(/\.$/, '');
}

/** Longer runs than a GUID's without a space can be secrets, tokens or assertions. */
function withoutSecrets(text: string): string {
	return text.replace(/[\w~.+/=-]{30,}/g, (run) =>
		/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(run) || /^https?:/.test(run) ? run : '[…]',
	);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}

function isText(value: unknown): value is string {
	return typeof value === 'string' && value !== '';
}
