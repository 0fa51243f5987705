import type {
	ICredentialDataDecryptedObject,
	IExecuteFunctions,
	ILoadOptionsFunctions,
	INodeCredentialDescription,
	INodeProperties,
	ITriggerFunctions,
} from 'n8n-workflow';
import { AuthError } from '../../core/auth/AuthError';
import { readTokenClaims } from '../../core/auth/tokenClaims';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import type { MailServer } from '../../core/clouds';
import type { MailLogin } from '../../core/mail/types';
import { mailPermissions, mailPurposes, type MailProtocol } from '../../core/scopes';
import { type Connection, readConnection } from './connection';
import { ParameterError } from './field';
import { applicationTokens, delegatedTokens } from './tokens';

/** Every n8n context in which a node talks to a mail server. */
export type MailContext = IExecuteFunctions | ILoadOptionsFunctions | ITriggerFunctions;

const credentialOf = {
	delegated: 'microsoft365MailOAuth2Api',
	application: 'microsoft365AppOnlyApi',
} as const satisfies Record<TokenProvider['kind'], string>;

/** The choice between a person's sign-in and the app's own, at the top of each mail node. */
export const mailAuthenticationProperty: INodeProperties = {
	displayName: 'Connect As',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'A Person (OAuth2)',
			value: 'delegated',
			description: "The mailbox of the credential: the signed-in person's own, or a shared one",
		},
		{
			name: 'The App Itself (App-Only)',
			value: 'application',
			description: 'Without a sign-in, in each mailbox that an admin opened to the app in Exchange',
		},
	],
	default: 'delegated',
};

/** Whose mailbox the app opens. A person's credential names its own. */
export const mailMailboxProperty: INodeProperties = {
	displayName: 'Mailbox',
	name: 'mailbox',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. support@contoso.com',
	description: 'The address of the mailbox to connect to. For all items, that of the first.',
	displayOptions: { show: { authentication: ['application'] } },
};

/** Both properties, as each mail node begins. */
export const mailConnectionProperties: INodeProperties[] = [
	mailAuthenticationProperty,
	mailMailboxProperty,
];

export const mailCredentials: INodeCredentialDescription[] = [
	{
		name: credentialOf.delegated,
		required: true,
		displayOptions: { show: { authentication: ['delegated'] } },
		testedBy: 'microsoft365MailTest',
	},
	{
		name: credentialOf.application,
		required: true,
		displayOptions: { show: { authentication: ['application'] } },
		testedBy: 'microsoft365AppOnlyTest',
	},
];

/**
 * What it takes to log in to the mail server of the credential that the node uses. No server is
 * asked yet; a token may be, where the mailbox is the signed-in person's own.
 * @throws {AuthError} when the credential is incomplete, not connected, or for another purpose
 * @throws {ParameterError} when an app is given no mailbox
 */
export async function connectMail(
	context: MailContext,
	protocol: MailProtocol,
): Promise<MailLogin> {
	const identity = mailIdentityOf(context);
	const credentialName = credentialOf[identity];
	const data = await context.getCredentials(credentialName);
	const connection = readConnection(identity, data);
	if (identity === 'application') {
		const resource = connection.cloud.outlookAppResource;
		return {
			server: serverOf(connection, protocol),
			mailbox: checkAddress(parameterOf(context, 'mailbox')),
			tokens: applicationTokens(connection, { resource }),
		};
	}
	const tokens = delegatedTokens(context, credentialName, connection);
	return await personLogin(connection, data, protocol, tokens);
}

/** Whether a person's or the app's own sign-in is chosen in the node. */
export function mailIdentityOf(context: MailContext): TokenProvider['kind'] {
	return parameterOf(context, 'authentication') === 'application' ? 'application' : 'delegated';
}

/** The login that a person's credential stands for. */
export async function personLogin(
	connection: Connection,
	data: ICredentialDataDecryptedObject,
	protocol: MailProtocol,
	tokens: TokenProvider,
): Promise<MailLogin> {
	assertPurpose(data, protocol);
	const entered = typeof data['mailbox'] === 'string' ? data['mailbox'].trim() : '';
	return {
		server: serverOf(connection, protocol),
		mailbox: entered === '' ? await ownMailbox(tokens, data) : checkAddress(entered),
		tokens,
	};
}

/** The protocols that a person's credential is for. */
export function protocolsOf(data: ICredentialDataDecryptedObject): MailProtocol[] {
	const { purpose = 'both' } = data;
	const { scopes } = mailPurposes[purpose === 'read' || purpose === 'send' ? purpose : 'both'];
	return (['imap', 'smtp'] as const).filter((protocol) =>
		scopes.some((scope) => scope === mailPermissions[protocol].delegated),
	);
}

function assertPurpose(data: ICredentialDataDecryptedObject, protocol: MailProtocol): void {
	if (protocolsOf(data).includes(protocol)) return;
	const [has, lacks] = protocol === 'imap' ? ['sending', 'reading'] : ['reading', 'sending'];
	throw new AuthError(`The credential is for ${has} mail only, and this needs it for ${lacks}`, {
		code: 'credential_purpose',
		nextStep: `Open the credential, choose "${mailPurposes.both.name}" as Purpose, and connect the account again; or use another credential here.`,
		whoCanFix: 'user',
		docsAnchor: 'imap-and-smtp',
	});
}

function serverOf({ cloud }: Connection, protocol: MailProtocol): MailServer {
	const server = cloud[protocol];
	if (server.host !== '') return server;
	const label = protocol === 'imap' ? 'IMAP Host' : 'SMTP Host';
	throw new AuthError(`The credential names no ${protocol.toUpperCase()} server`, {
		code: `credential_${protocol}_host`,
		nextStep: `Enter the ${label} in the credential: a custom environment has none of its own.`,
		whoCanFix: 'user',
		docsAnchor: 'credentials',
	});
}

async function ownMailbox(
	tokens: TokenProvider,
	data: ICredentialDataDecryptedObject,
): Promise<string> {
	const token = await tokens.getToken();
	const { id_token: idToken = '' } = (data['oauthTokenData'] ?? {}) as { id_token?: string };
	const mailbox = readTokenClaims(token)?.userName ?? readTokenClaims(idToken)?.userName;
	if (mailbox !== undefined) return mailbox;
	throw new AuthError("Microsoft's token does not tell whose mailbox it opens", {
		code: 'mailbox_unknown',
		nextStep: "Enter the mailbox's address as Mailbox in the credential.",
		whoCanFix: 'user',
		docsAnchor: 'imap-and-smtp',
	});
}

const label = 'Mailbox';

function checkAddress(address: string): string {
	const value = address.trim();
	// It becomes part of what is sent to the server, where a control character would end it.
	if (/^[^\s@<>,;\p{Cc}]+@[^\s@<>,;\p{Cc}]+$/u.test(value)) return value;
	throw new ParameterError(
		label,
		value === '' ? 'is empty, but the app has no mailbox of its own' : 'is no email address',
		'Enter one address, like support@contoso.com.',
	);
}

function parameterOf(context: MailContext, name: string): string {
	const value =
		'getCurrentNodeParameter' in context
			? context.getCurrentNodeParameter(name)
			: readParameter(context, name);
	return typeof value === 'string' ? value : '';
}

function readParameter(context: IExecuteFunctions | ITriggerFunctions, name: string): unknown {
	// A trigger takes no item index; n8n tells its contexts apart by nothing but their methods.
	return 'getInputData' in context
		? context.getNodeParameter(name, 0, '')
		: context.getNodeParameter(name, '');
}
