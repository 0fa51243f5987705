import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	INodeCredentialDescription,
	INodeProperties,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';
import { grantedPermissions, readTokenClaims } from '../../core/auth/tokenClaims';
import type { TokenProvider } from '../../core/auth/TokenProvider';
import { createGraphClient } from '../../core/graph/createGraphClient';
import type { GraphClient } from '../../core/graph/types';
import { createThrottleRegistry } from '../../core/http/throttle';
import { readConnection } from './connection';
import { type ConnectionFacts, connectionFacts } from './connectionFacts';
import { applicationTokens, delegatedTokens } from './tokens';

/** Every n8n context in which a node talks to Microsoft 365. */
export type ConnectableContext =
	| IExecuteFunctions
	| ILoadOptionsFunctions
	| IPollFunctions
	| ITriggerFunctions
	| IHookFunctions
	| IWebhookFunctions;

export interface Connected {
	readonly graph: GraphClient;
	readonly identity: TokenProvider['kind'];
	readonly connection: ConnectionFacts;
	/** The permissions of the token that was used last; `undefined` before one was, or where it doesn't tell. */
	readonly granted: () => readonly string[] | undefined;
	readonly signal?: AbortSignal;
}

const credentialOf = {
	delegated: 'microsoft365OAuth2Api',
	application: 'microsoft365AppOnlyApi',
} as const satisfies Record<TokenProvider['kind'], string>;

/** The choice between a person's sign-in and the app's own, at the top of each Graph node. */
export const authenticationProperty: INodeProperties = {
	displayName: 'Connect As',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'A Person (OAuth2)',
			value: 'delegated',
			description: 'Works with what the signed-in person may see and do',
		},
		{
			name: 'The App Itself (App-Only)',
			value: 'application',
			description: 'Works without a sign-in, in every mailbox and site that an admin gave the app',
		},
	],
	default: 'delegated',
};

export const graphCredentials: INodeCredentialDescription[] = [
	{
		name: credentialOf.delegated,
		required: true,
		displayOptions: { show: { authentication: ['delegated'] } },
	},
	{
		name: credentialOf.application,
		required: true,
		displayOptions: { show: { authentication: ['application'] } },
		testedBy: 'microsoft365AppOnlyTest',
	},
];

// One a process, so that runs of several workflows share what a mailbox bears.
const throttle = createThrottleRegistry();

/**
 * A Graph client on the credential that the node uses.
 * @throws {AuthError} when the credential is incomplete or not connected
 */
export async function connect(context: ConnectableContext): Promise<Connected> {
	const identity = identityOf(context);
	const credentialName = credentialOf[identity];
	const connection = readConnection(identity, await context.getCredentials(credentialName));
	const { tokens, granted } = watchingPermissions(
		identity === 'application'
			? applicationTokens(connection)
			: delegatedTokens(context, credentialName, connection),
	);
	const signal =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const graph = createGraphClient({
		cloud: connection.cloud,
		tokens,
		throttle,
		throttleScope: `${connection.tenantId}/${connection.clientId}`,
		// One credential is one person's; without this all of them would share one mailbox's limit.
		me: context.getNode().credentials?.[credentialName]?.id ?? 'me',
		logger: context.logger,
		...(signal && { signal }),
	});
	return {
		graph,
		identity,
		connection: connectionFacts(context, connection, tokens),
		granted,
		...(signal && { signal }),
	};
}

/** Remembers what the latest token allows, for the errors of requests that were made with it. */
function watchingPermissions(inner: TokenProvider): Pick<Connected, 'granted'> & {
	readonly tokens: TokenProvider;
} {
	let latest: string | undefined;
	return {
		tokens: {
			kind: inner.kind,
			getToken: async () => (latest = await inner.getToken()),
			renew: async (refusedToken) => (latest = await inner.renew(refusedToken)),
		},
		granted: () => {
			const claims = latest === undefined ? undefined : readTokenClaims(latest);
			return claims && grantedPermissions(claims);
		},
	};
}

function identityOf(context: ConnectableContext): TokenProvider['kind'] {
	const chosen =
		'getCurrentNodeParameter' in context
			? context.getCurrentNodeParameter('authentication')
			: context.getNode().parameters['authentication'];
	return chosen === 'application' ? 'application' : 'delegated';
}
