import { aadCauses, type AadCause, noRefreshToken, oauthCauses } from './auth/aadCauses';
import type { Fixer } from './auth/AuthError';
import { anchorOf } from './docs';
import { knownCodes, knownMessages } from './graph/knownCodes';
import type { NetworkFault } from './graph/errors';
import { networkFaults } from './http/networkFaults';
import { connectionAnchors } from './mail/serverFaults';
import { mailTroubles } from './mailTroubles';
import { triggerTroubles } from './triggerTroubles';

export type TroubleArea =
	'signIn' | 'credential' | 'permissions' | 'graph' | 'files' | 'trigger' | 'mail' | 'network';

/** One section of the troubleshooting page. Errors lead to it by its anchor. */
export interface Trouble {
	/** Unique; never changes, since errors of installed versions lead there. */
	readonly anchor: string;
	readonly area: TroubleArea;
	/** What the user sees beside the message: Microsoft's code or one of ours, if any. */
	readonly codes: readonly string[];
	/** The message in n8n, or what Graph's own message means. Without a full stop. */
	readonly message: string;
	/** The words of Microsoft's page where it shows no code. */
	readonly screen?: string;
	/** Why, where the message doesn't say it. */
	readonly cause?: string;
	/** Whole sentences. */
	readonly nextStep: string;
	readonly whoCanFix: Fixer;
}

const areaTitles: Readonly<Record<TroubleArea, string>> = {
	signIn: 'Signing in and consent',
	credential: 'The credential',
	permissions: 'Permissions and access',
	graph: 'Requests to Microsoft Graph',
	files: 'Files, lists and pages',
	trigger: 'Triggers',
	mail: 'IMAP and SMTP',
	network: 'The network',
};

/** Pages of Microsoft's sign-in that show these words, and the code small or not at all. */
const screens: Readonly<Record<string, string>> = {
	AADSTS90093: 'Need admin approval',
	AADSTS90094: 'Need admin approval',
	AADSTS90095: 'Approval required',
};

const ofAad = (code: string, { title, nextStep, whoCanFix }: AadCause): Trouble => ({
	anchor: anchorOf(code),
	area: 'signIn',
	codes: [code],
	message: title,
	...(screens[code] !== undefined && { screen: screens[code] }),
	nextStep,
	whoCanFix,
});

/** Known codes that are not of requests in general. */
const areaOfKnown: Readonly<Record<string, TroubleArea>> = {
	ErrorSendAsDenied: 'permissions',
	MailboxNotEnabledForRESTAPI: 'permissions',
	nameAlreadyExists: 'files',
	resourceLocked: 'files',
	resourceModified: 'files',
	quotaLimitReached: 'files',
	insufficientStorage: 'files',
	malwareDetected: 'files',
	notSupported: 'files',
	columnWithoutIndex: 'files',
	listViewThreshold: 'files',
};

const signIn: readonly Trouble[] = [
	{
		anchor: 'not-connected',
		area: 'signIn',
		codes: ['not_connected'],
		message: 'Nobody has finished connecting an account with this credential',
		cause:
			'The sign-in window was closed, refused, or ended with an error of Microsoft. Tenant, Client ID and secret were checked just now, and the message says how that went.',
		nextStep:
			'Open the credential, press "Connect", sign in and accept. If Microsoft says that an admin has to approve, send your admin the link in the message, or the one of Connection > Get Admin Consent URL.',
		whoCanFix: 'user',
	},
	ofAad('no_refresh_token', noRefreshToken),
	...Object.entries(aadCauses).map(([number, cause]) => ofAad(`AADSTS${number}`, cause)),
	...Object.entries(oauthCauses).map(([name, cause]) => ofAad(name, cause)),
	{
		anchor: 'sign-in-error',
		area: 'signIn',
		codes: ['AADSTS…'],
		message: 'Microsoft refused the sign-in, with a code that is not on this page',
		nextStep:
			'Open https://login.microsoftonline.com/error?code= with the number behind AADSTS: Microsoft explains it there. The trace ID in the message helps an admin to find the attempt in the sign-in log of Entra.',
		whoCanFix: 'admin',
	},
	{
		anchor: 'sign-in-failed',
		area: 'signIn',
		codes: ['sign_in_failed'],
		message: 'The sign-in at Microsoft failed',
		cause: "What came back was no answer of Microsoft's sign-in.",
		nextStep:
			"Check that n8n reaches Microsoft's sign-in server, proxies and certificates included.",
		whoCanFix: 'maker',
	},
	{
		anchor: 'token-refused',
		area: 'signIn',
		codes: ['InvalidAuthenticationToken'],
		message: 'Microsoft Graph refused the access token',
		cause: 'It was revoked, or is for another environment than the credential names.',
		nextStep: 'Connect the account again. If it comes back, check Environment in the credential.',
		whoCanFix: 'user',
	},
];

const credential: readonly Trouble[] = [
	{
		anchor: 'credentials',
		area: 'credential',
		codes: ['credential_…'],
		message: 'The credential can not be used as it is',
		cause: 'A field is empty or has a value that can not be right; the message names it.',
		nextStep: 'Open the credential and fill in the field.',
		whoCanFix: 'user',
	},
	{
		anchor: 'certificates',
		area: 'credential',
		codes: [
			'certificate_unreadable',
			'certificate_mismatch',
			'certificate_expired',
			'certificate_not_yet_valid',
			'private_key_unreadable',
			'private_key_encrypted',
			'private_key_not_rsa',
		],
		message: 'The certificate or its private key can not be used',
		cause: 'The message says which of both, and why.',
		nextStep:
			'Paste the PEM texts of an RSA key without a passphrase and of the certificate that belongs to it, and upload the certificate to the app registration under Certificates & secrets.',
		whoCanFix: 'maker',
	},
	{
		anchor: 'login-unreachable',
		area: 'credential',
		codes: ['login_unreachable'],
		message: 'The sign-in server can not be reached',
		nextStep:
			'Check that the n8n server may connect to it, proxy and certificates (NODE_EXTRA_CA_CERTS) included, and that Environment is right.',
		whoCanFix: 'maker',
	},
	{
		anchor: 'connection-problems',
		area: 'permissions',
		codes: ['connection_problems'],
		message: 'The connection does not do all that was chosen',
		cause: 'Connection > Check found it, and was told to fail on problems.',
		nextStep:
			'Run the check without Fail on Problems: it lists each operation, the permission that it lacks and who can grant it.',
		whoCanFix: 'admin',
	},
];

const graph: readonly Trouble[] = [
	{
		anchor: 'graph-access-denied',
		area: 'permissions',
		codes: ['ErrorAccessDenied', 'accessDenied', 'Authorization_RequestDenied'],
		message: 'Microsoft 365 refused the operation: access is denied',
		cause:
			'The connection lacks a permission, or it has the permission and the person or app lacks access to this very mailbox, site or drive. The message says which.',
		nextStep:
			'Add the permission that the message names to the credential and connect the account again; apps get it from an admin. Connection > Check of the Microsoft 365 Graph node shows all of them at once.',
		whoCanFix: 'admin',
	},
	{
		anchor: 'not-found',
		area: 'graph',
		codes: ['ErrorItemNotFound', 'itemNotFound', 'Request_ResourceNotFound'],
		message: 'It does not exist, or not any more',
		nextStep:
			'Check that the ID is right and that it still exists in this mailbox, drive or site. IDs of one mailbox are unknown in another.',
		whoCanFix: 'user',
	},
	{
		anchor: 'conflict',
		area: 'graph',
		codes: ['ErrorIrresolvableConflict', 'conflict'],
		message: 'It was changed in the meantime, or the name is taken',
		nextStep: 'Get it anew and run it again, or choose another name.',
		whoCanFix: 'user',
	},
	{
		anchor: 'throttled',
		area: 'graph',
		codes: ['TooManyRequests', 'ApplicationThrottled', 'activityLimitReached'],
		message: 'Microsoft 365 takes no more requests of this kind for a while',
		cause: 'The node has waited and tried again as long as it may.',
		nextStep: 'Run it again later, with fewer items or less often.',
		whoCanFix: 'user',
	},
	{
		anchor: 'unavailable',
		area: 'graph',
		codes: ['serviceNotAvailable', 'generalException'],
		message: 'Microsoft 365 failed for a while',
		cause: 'The node has tried again as long as it may. Nothing is left half done.',
		nextStep: 'Run it again later; status.cloud.microsoft tells about outages.',
		whoCanFix: 'user',
	},
	{
		anchor: 'outcome-unknown',
		area: 'graph',
		codes: ['outcomeUnknown'],
		message: 'It may have been carried out, but the answer got lost',
		cause: 'A repeat could do the same thing twice, such as sending a mail, so there was none.',
		nextStep: 'Check in Microsoft 365 whether it was carried out, before you run it again.',
		whoCanFix: 'user',
	},
	{
		anchor: 'invalid-request',
		area: 'graph',
		codes: ['BadRequest', 'invalidRequest', 'Request_BadRequest', 'Request_UnsupportedQuery'],
		message: 'Microsoft Graph does not take the request as it is',
		cause: "The message has Microsoft's reason.",
		nextStep: 'Change the field that the message is about.',
		whoCanFix: 'user',
	},
	{
		anchor: 'graph-error',
		area: 'graph',
		codes: ['foreignLink', 'endlessPaging', 'notACollection', '…'],
		message: 'Another error of Microsoft Graph',
		nextStep:
			'The message has what Microsoft tells. Its request-id is what Microsoft support asks for.',
		whoCanFix: 'user',
	},
	...Object.entries(knownCodes).map(([code, { cause, nextStep, whoCanFix }]): Trouble => ({
		anchor: anchorOf(code),
		area: areaOfKnown[code] ?? 'graph',
		codes: [code],
		message: cause,
		nextStep,
		whoCanFix,
	})),
	...knownMessages.map(({ name, cause, nextStep, whoCanFix }): Trouble => ({
		anchor: anchorOf(name),
		area: areaOfKnown[name] ?? 'graph',
		codes: ['invalidRequest'],
		message: cause,
		nextStep,
		whoCanFix,
	})),
];

const mailCodesOf = (anchor: string): string[] =>
	Object.keys(connectionAnchors).filter((code) => connectionAnchors[code] === anchor);

const network: readonly Trouble[] = (Object.keys(networkFaults) as NetworkFault[]).map((fault) => ({
	anchor: anchorOf(fault),
	area: 'network',
	codes: [...new Set([fault, ...mailCodesOf(anchorOf(fault))])],
	...networkFaults[fault],
	whoCanFix: 'maker',
}));

/** Every cause that an error can lead to. The docs' page is made from it. */
export const troubleshooting: readonly Trouble[] = [
	...signIn,
	...credential,
	...graph,
	...network,
	...triggerTroubles,
	...mailTroubles,
];

export const troubleAreas: ReadonlyArray<{
	readonly area: TroubleArea;
	readonly title: string;
}> = (Object.keys(areaTitles) as TroubleArea[]).map((area) => ({ area, title: areaTitles[area] }));
