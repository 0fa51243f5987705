import { cloudFeatures, isAvailable } from '../../../core/availability';
import type { TokenProvider } from '../../../core/auth/TokenProvider';
import type { CloudProfile } from '../../../core/clouds';
import { missingPermissions, permissionNames, sharedForm } from '../../../core/permissions';
import type { CatalogEntry } from '../../catalog';
import { otherIdentityStep, permissionVerdict } from '../../kit/permissions';

/** One line of the table: may this connection run the operation? */
export interface OperationRow {
	readonly node: string;
	readonly resource: string;
	readonly operation: string;
	/** `null` where the token doesn't tell its permissions. */
	readonly allowed: boolean | null;
	/** Permissions with a space; empty where none is missing. */
	readonly missing: string;
	readonly whoCanGrant: 'user' | 'admin' | '';
	/** What is missing besides for somebody else's mailbox or calendar. */
	readonly missingForOthersMailboxes: string;
	readonly reason: string;
}

interface RowContext {
	readonly identity: TokenProvider['kind'];
	readonly cloud: CloudProfile;
	readonly granted: readonly string[] | undefined;
}

export function operationRow(entry: CatalogEntry, context: RowContext): OperationRow {
	const { node, resource, operation } = entry;
	const about = { node, resource, operation: operation.name };
	return { ...about, ...answer(operation, context) };
}

type Answer = Omit<OperationRow, 'node' | 'resource' | 'operation'>;

const nothingMissing = { missing: '', whoCanGrant: '', missingForOthersMailboxes: '' } as const;

function answer(
	operation: CatalogEntry['operation'],
	{ identity, cloud, granted }: RowContext,
): Answer {
	if (operation.needs !== undefined && !isAvailable(operation.needs, cloud)) {
		const { title, instead } = cloudFeatures[operation.needs];
		const reason = `${title} isn't available in ${cloud.label}. ${instead}`;
		return { ...nothingMissing, allowed: false, reason };
	}
	if (granted === undefined) {
		const reason = `The token doesn't tell its permissions; this takes ${operation.permissions[identity] ?? 'another kind of connection'}`;
		return { ...nothingMissing, allowed: null, reason };
	}
	const verdict = permissionVerdict(operation, identity, granted);
	if (verdict.state === 'otherIdentity') {
		return { ...nothingMissing, allowed: false, reason: otherIdentityStep(identity) };
	}
	const missingForOthersMailboxes = missingShared(operation.permissions[identity], {
		identity,
		granted,
	});
	if (verdict.state === 'granted') {
		return { ...nothingMissing, allowed: true, missingForOthersMailboxes, reason: '' };
	}
	const missing = verdict.permissions.join(' ');
	const { whoCanGrant } = verdict;
	const reason =
		whoCanGrant === 'admin'
			? `${missing} is missing, which only an admin can grant`
			: `${missing} is missing, which the signed-in person can grant unless the organization leaves that to admins`;
	return { allowed: false, missing, whoCanGrant, missingForOthersMailboxes, reason };
}

function missingShared(
	needed: string | null,
	{ identity, granted }: { identity: TokenProvider['kind']; granted: readonly string[] },
): string {
	if (identity === 'application' || needed === null) return '';
	const shared = permissionNames(needed).map((name) => sharedForm(name) ?? '');
	return missingPermissions(shared.join(' '), granted, identity).join(' ');
}
