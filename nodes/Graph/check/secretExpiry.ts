import type { Application, PasswordCredential } from '@microsoft/microsoft-graph-types';
import type { TokenProvider } from '../../../core/auth/TokenProvider';
import { textLiteral } from '../../../core/graph/literal';
import { path } from '../../../core/graph/path';
import type { GraphClient } from '../../../core/graph/types';
import { missingPermissions } from '../../../core/permissions';
import type { ConnectionFacts } from '../../kit/connectionFacts';

/** Until when the app can prove that it is itself, as far as that can be read. */
export interface ProofExpiry {
	readonly kind: 'secret' | 'certificate';
	/** `null` where it can't be read. */
	readonly expires: string | null;
	readonly daysLeft: number | null;
	readonly note: string;
}

const dayMs = 86_400_000;
/** Enough for an admin to make another one. */
const soonDays = 30;

export async function proofExpiry(
	graph: GraphClient,
	connection: ConnectionFacts,
	identity: TokenProvider['kind'],
	granted: readonly string[] | undefined,
): Promise<ProofExpiry> {
	const { proof } = connection;
	if (proof.kind === 'certificate') return known('certificate', proof.expires);
	const missing = missingPermissions('Application.Read.All', granted ?? [], identity);
	if (missing.length > 0) {
		return unknown('This connection may not read it (Application.Read.All).');
	}
	try {
		const secret = await readSecret(graph, connection.clientId, proof.hint);
		return secret?.endDateTime
			? known('secret', new Date(secret.endDateTime))
			: unknown('The app registration does not list this secret.');
	} catch (error) {
		return unknown(
			`Microsoft did not tell: ${error instanceof Error ? error.message : String(error)}.`,
		);
	}
}

/** learn.microsoft.com/graph/api/resources/passwordcredential: the hint is the first three characters. */
async function readSecret(
	graph: GraphClient,
	clientId: string,
	hint: string,
): Promise<PasswordCredential | undefined> {
	const { value } = await graph.request<{ value: Application[] }>({
		method: 'GET',
		path: path`/applications`,
		query: {
			$filter: `appId eq ${textLiteral(clientId)}`,
			$select: 'id,displayName,passwordCredentials',
		},
	});
	const secrets = value[0]?.passwordCredentials ?? [];
	const fitting = secrets.filter((secret) => secret.hint === hint);
	// Of several with the same beginning, the one that lasts longest is the one in use, as a rule.
	return fitting.sort((a, b) => (b.endDateTime ?? '').localeCompare(a.endDateTime ?? ''))[0];
}

function known(kind: ProofExpiry['kind'], expires: Date): ProofExpiry {
	const daysLeft = Math.floor((expires.getTime() - Date.now()) / dayMs);
	const what = kind === 'secret' ? 'client secret' : 'certificate';
	return {
		kind,
		expires: expires.toISOString(),
		daysLeft,
		note:
			daysLeft < soonDays
				? `The ${what} runs out in ${daysLeft} days: make another one in Entra and enter it in the credential.`
				: '',
	};
}

function unknown(why: string): ProofExpiry {
	const where =
		'Entra shows it under App registrations > the app > Certificates & secrets; put the date into a calendar.';
	return { kind: 'secret', expires: null, daysLeft: null, note: `${why} ${where}` };
}
