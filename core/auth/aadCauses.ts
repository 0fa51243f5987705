import type { Fixer } from './AuthError';

export interface AadCause {
	/** What happened, without a full stop. */
	readonly title: string;
	/** What to do, as whole sentences. */
	readonly nextStep: string;
	readonly whoCanFix: Fixer;
}

const connectAgain = 'Open the credential in n8n and connect the account again.';
const appRegistration = 'the app registration in Entra';

const renewalLost: AadCause = {
	title: 'The sign-in can no longer be renewed',
	nextStep: `It was not used for too long, was revoked, or the password or a policy changed. ${connectAgain}`,
	whoCanFix: 'user',
};

const multiFactor: AadCause = {
	title: 'Microsoft wants a second factor',
	nextStep: `${connectAgain} Confirm the request for a second factor there. If this comes back each day, an admin can look at the sign-in frequency in Conditional Access, or the workflow can use an app-only credential.`,
	whoCanFix: 'user',
};

const adminApproval: AadCause = {
	title: 'An admin has to approve the app first',
	nextStep:
		'Send your admin the admin consent link. When it is approved, connect the account again.',
	whoCanFix: 'admin',
};

/**
 * The errors of Microsoft's sign-in, by their number behind AADSTS.
 * Meaning: Microsoft's list of authentication and authorization error codes.
 */
export const aadCauses: Readonly<Record<string, AadCause>> = {
	28000: {
		title: 'The permissions of the credential belong to more than one service',
		nextStep:
			'A sign-in is for one service at a time. Keep to the names of Microsoft Graph, such as Mail.Read, in Custom Scopes, and use the Mail (IMAP and SMTP) credential for outlook.office.com.',
		whoCanFix: 'user',
	},
	50011: {
		title: 'The redirect URL of n8n is not registered in the app',
		nextStep: `Copy OAuth Redirect URL from the credential into ${appRegistration}, under Authentication > Platform "Web" > Redirect URIs. It has to be the same to the letter, http or https and port included.`,
		whoCanFix: 'maker',
	},
	500113: {
		title: 'The app has no redirect URL yet',
		nextStep: `In ${appRegistration}, under Authentication, add the platform "Web" with the OAuth Redirect URL that the credential shows.`,
		whoCanFix: 'maker',
	},
	50020: {
		title: 'The account does not belong to the tenant of the credential',
		nextStep:
			"Choose an account of this tenant, or enter the account's own tenant (or common) as Tenant ID. An admin can also invite the account as a guest.",
		whoCanFix: 'user',
	},
	50034: {
		title: 'The account does not exist in the tenant',
		nextStep:
			'Check the spelling of the user name, and that Environment and Tenant ID are those of this account.',
		whoCanFix: 'user',
	},
	50055: {
		title: 'The password of the account has expired',
		nextStep: `Sign in at office.com, choose a new password, and come back. ${connectAgain}`,
		whoCanFix: 'user',
	},
	50057: {
		title: 'The account is disabled',
		nextStep: `An admin has to allow the account to sign in again (Entra > Users). After that: ${connectAgain}`,
		whoCanFix: 'admin',
	},
	50059: {
		title: 'Microsoft can not tell which tenant is meant',
		nextStep:
			'Enter the Directory (tenant) ID of the app registration, or a domain of the tenant, as Tenant ID.',
		whoCanFix: 'user',
	},
	50076: multiFactor,
	50079: multiFactor,
	50078: multiFactor,
	50074: multiFactor,
	50105: {
		title: 'The account is not assigned to the app',
		nextStep:
			'An admin has to assign the person or a group of theirs: Entra > Enterprise applications > the app > Users and groups. Or set "Assignment required?" to No under Properties.',
		whoCanFix: 'admin',
	},
	500011: {
		title: 'The tenant does not know Microsoft Graph under this address',
		nextStep: 'Check Environment, and with Custom the Graph URL.',
		whoCanFix: 'user',
	},
	50126: {
		title: 'User name or password is wrong',
		nextStep: `${connectAgain} Mind the account that is preselected there.`,
		whoCanFix: 'user',
	},
	50173: renewalLost,
	50194: {
		title: 'The app is for one tenant only, and the credential names none',
		nextStep: `Enter the Directory (tenant) ID from the Overview page of ${appRegistration} as Tenant ID in place of common.`,
		whoCanFix: 'user',
	},
	53000: {
		title: 'A Conditional Access policy of the organization wants another device',
		nextStep: `${connectAgain} Do it on a device that the organization manages and that meets its rules. An admin can also except the app, or the workflow can use an app-only credential.`,
		whoCanFix: 'admin',
	},
	53003: {
		title: 'A Conditional Access policy of the organization blocks this sign-in',
		nextStep:
			'The sign-in log in Entra names the policy. An admin can except the app or the address of the n8n server, or the workflow can use an app-only credential.',
		whoCanFix: 'admin',
	},
	65001: {
		title: 'Nobody has agreed to the permissions that the app asks for',
		nextStep: `${connectAgain} Accept the permissions. If Microsoft says that an admin has to approve, send your admin the admin consent link.`,
		whoCanFix: 'user',
	},
	65004: {
		title: 'The permissions were declined',
		nextStep: `${connectAgain} Choose Accept. To ask for fewer permissions, choose another preset under Permissions first.`,
		whoCanFix: 'user',
	},
	65005: {
		title: 'The app asks for a permission that its registration does not list',
		nextStep: `In ${appRegistration}, under API permissions, add the Microsoft Graph permissions that the credential asks for; then try again.`,
		whoCanFix: 'maker',
	},
	650053: {
		title: 'One of the permissions asked for does not exist',
		nextStep:
			'Check the spelling in Custom Scopes. Some permissions do not exist in national clouds.',
		whoCanFix: 'user',
	},
	70000: renewalLost,
	70008: renewalLost,
	700082: renewalLost,
	70011: {
		title: 'One of the scopes is not valid',
		nextStep:
			'Check Custom Scopes: names of Microsoft Graph permissions such as Mail.Read, with spaces between them.',
		whoCanFix: 'user',
	},
	700016: {
		title: 'The tenant does not know this app',
		nextStep: `Check Client ID, Tenant ID and Environment against the Overview page of ${appRegistration}. If they are right and the app belongs to another organization, an admin of this tenant has to approve it first, with the admin consent link.`,
		whoCanFix: 'maker',
	},
	700024: {
		title: 'The signed proof of the certificate is out of its time',
		nextStep: 'Set the clock of the n8n server right: it is several minutes off.',
		whoCanFix: 'maker',
	},
	700027: {
		title: 'Microsoft does not accept the certificate',
		nextStep: `In ${appRegistration}, under Certificates & secrets > Certificates, compare the thumbprint and the expiry date. Upload the certificate whose private key the credential holds.`,
		whoCanFix: 'maker',
	},
	7000215: {
		title: 'The client secret is wrong',
		nextStep: `Enter the secret's Value, not its Secret ID. Entra shows the value only once: if it is lost, make a new secret in ${appRegistration} under Certificates & secrets.`,
		whoCanFix: 'maker',
	},
	7000216: {
		title: 'The app needs a client secret or certificate, and none was sent',
		nextStep: `Enter a client secret or certificate in the credential. In ${appRegistration}, the redirect URL has to be under the platform "Web".`,
		whoCanFix: 'maker',
	},
	7000218: {
		title: 'The app needs a client secret or certificate, and none was sent',
		nextStep: `Enter a client secret or certificate in the credential. In ${appRegistration}, the redirect URL has to be under the platform "Web".`,
		whoCanFix: 'maker',
	},
	7000222: {
		title: 'The client secret has expired',
		nextStep: `Make a new secret in ${appRegistration} under Certificates & secrets and enter its Value in the credential. Signing in anew is not needed as long as the refresh token lives.`,
		whoCanFix: 'maker',
	},
	7000112: {
		title: 'The app is disabled in the tenant',
		nextStep:
			'An admin has to enable it: Entra > Enterprise applications > the app > Properties > "Enabled for users to sign-in?".',
		whoCanFix: 'admin',
	},
	900023: {
		title: 'The Tenant ID is neither an ID nor a domain',
		nextStep: `Enter the Directory (tenant) ID from the Overview page of ${appRegistration}, or a domain of the tenant.`,
		whoCanFix: 'user',
	},
	90002: {
		title: 'There is no such tenant in this environment',
		nextStep:
			'Check the Tenant ID for typing errors, and that Environment is right: a US Government or China tenant is unknown to Office 365, and the other way round. GCC (moderate) belongs to Office 365.',
		whoCanFix: 'user',
	},
	90093: adminApproval,
	90094: adminApproval,
	90095: {
		title: 'The request for approval was sent to the admins and waits for them',
		nextStep:
			'When an admin has approved it (Entra > Enterprise applications > Admin consent requests), connect the account again.',
		whoCanFix: 'admin',
	},
};

/** OAuth's own names, for answers without a number. */
export const oauthCauses: Readonly<Record<string, AadCause>> = {
	invalid_grant: renewalLost,
	invalid_client: {
		title: 'Microsoft does not accept the Client ID with this secret or certificate',
		nextStep: `Compare the Client ID with ${appRegistration}, and enter the Value of a secret that has not expired.`,
		whoCanFix: 'maker',
	},
	unauthorized_client: {
		title: 'The app may not sign in this way',
		nextStep: `Compare Client ID and Tenant ID with ${appRegistration}, and its supported account types with the account.`,
		whoCanFix: 'maker',
	},
	access_denied: {
		title: 'The sign-in was refused, or the permissions were declined',
		nextStep: `${connectAgain} Accept the permissions. If Microsoft says that an admin has to approve, send your admin the admin consent link.`,
		whoCanFix: 'user',
	},
	consent_required: {
		title: 'The permissions have to be agreed to',
		nextStep: `${connectAgain} Accept the permissions.`,
		whoCanFix: 'user',
	},
	interaction_required: {
		title: 'Microsoft wants the person at the screen',
		nextStep: connectAgain,
		whoCanFix: 'user',
	},
	login_required: {
		title: 'Microsoft wants a new sign-in',
		nextStep: connectAgain,
		whoCanFix: 'user',
	},
	invalid_scope: {
		title: 'One of the scopes is not valid',
		nextStep: 'Check the spelling in Custom Scopes.',
		whoCanFix: 'user',
	},
	temporarily_unavailable: {
		title: "Microsoft's sign-in is overloaded",
		nextStep: 'Try again in some minutes.',
		whoCanFix: 'user',
	},
	server_error: {
		title: "Microsoft's sign-in had an internal error",
		nextStep: 'Try again in some minutes; status.cloud.microsoft tells about outages.',
		whoCanFix: 'user',
	},
};

/** Found by us, not by Microsoft's answer. */
export const noRefreshToken: AadCause = {
	title: 'The sign-in can not be renewed: Microsoft gave no refresh token',
	nextStep: `The permission offline_access ("Maintain access to data you have given it access to") is missing in what was granted. ${connectAgain} Accept all permissions.`,
	whoCanFix: 'user',
};
