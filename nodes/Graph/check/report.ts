import { grantedPermissions } from '../../../core/auth/tokenClaims';
import { whoCanGrant } from '../../../core/permissions';
import { catalog } from '../../catalog';
import type { ExecuteInput } from '../../kit/operation';
import { mailboxRoot } from '../../kit/fields/mailbox';
import { operationRow, type OperationRow } from './operationRows';
import { type ProbeResult, runProbes } from './probe';
import { type ProofExpiry, proofExpiry } from './secretExpiry';
import { type CheckedServiceName, serviceOf } from './services';

export interface ConnectionReport {
	readonly ok: boolean;
	readonly connection: {
		readonly kind: 'delegated' | 'application';
		readonly signedInAs: string;
		readonly displayName: string;
		readonly appName: string;
		readonly clientId: string;
		readonly tenantId: string;
		readonly environment: string;
		readonly graphUrl: string;
		/** `null` where the token doesn't tell. */
		readonly permissions: readonly string[] | null;
		readonly tokenExpires: string | null;
		readonly proof: ProofExpiry;
	};
	readonly services: readonly ProbeResult[];
	readonly missingPermissions: readonly MissingPermission[];
	readonly operations: readonly OperationRow[];
}

interface MissingPermission {
	readonly permission: string;
	readonly whoCanGrant: 'user' | 'admin';
	readonly operations: number;
}

type CheckInput = Pick<
	ExecuteInput<{ readonly mailbox: string }>,
	'graph' | 'connection' | 'identity' | 'cloud' | 'params'
>;

/** Everything that can be told of a connection, with one request a service. */
export async function checkConnection(
	names: readonly CheckedServiceName[],
	{ graph, connection, identity, cloud, params }: CheckInput,
): Promise<ConnectionReport> {
	const claims = await connection.claims();
	const granted = claims && grantedPermissions(claims);
	const wanted = names.map((name) => serviceOf(name).operations);
	const rows = catalog
		.filter(({ service }) => wanted.includes(service))
		.map((entry) => operationRow(entry, { identity, cloud, granted }));
	const needsNobody = identity === 'application' && params.mailbox.trim() === '';
	const person = needsNobody ? undefined : mailboxRoot(params.mailbox, identity);
	const services = await runProbes(names, { graph, identity, granted, person });
	const proof = await proofExpiry(graph, connection, identity, granted);
	return {
		ok:
			rows.every(({ allowed }) => allowed !== false) &&
			services.every(({ state }) => state !== 'fails'),
		connection: {
			kind: identity,
			signedInAs: claims?.userName ?? '',
			displayName: claims?.displayName ?? '',
			appName: claims?.appName ?? '',
			clientId: claims?.clientId ?? connection.clientId,
			tenantId: claims?.tenantId ?? connection.tenantId,
			environment: cloud.label,
			graphUrl: cloud.graphOrigin,
			permissions: granted ?? null,
			tokenExpires:
				claims?.expiresAtMs === undefined ? null : new Date(claims.expiresAtMs).toISOString(),
			proof,
		},
		services,
		missingPermissions: tally(rows, identity),
		operations: rows,
	};
}

function tally(
	rows: readonly OperationRow[],
	identity: CheckInput['identity'],
): MissingPermission[] {
	const counts = new Map<string, number>();
	for (const { missing } of rows) {
		for (const name of missing.split(' ').filter(Boolean)) {
			counts.set(name, (counts.get(name) ?? 0) + 1);
		}
	}
	return [...counts]
		.sort(([, a], [, b]) => b - a)
		.map(([permission, operations]) => ({
			permission,
			whoCanGrant: whoCanGrant(permission, identity),
			operations,
		}));
}
