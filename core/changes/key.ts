import { createHash } from 'node:crypto';
import type { Change, Source } from './types';

/** Enough of a SHA-256 that no two of a billion changes share it. */
const keyLength = 22;

/**
 * What tells a happening from every other one of the installation, also after a restart.
 * @param scope the trigger's, e.g. its workflow's and its node's ID
 */
export function changeKey(scope: string, source: Source, change: Change): string {
	return keyOf([scope, source.family ?? source.key, change.id, change.version]);
}

/** Of a run that holds several changes; their order doesn't matter. */
export function groupKey(keys: readonly string[]): string {
	return keyOf(['group', ...[...keys].sort()]);
}

/** A short key of the given parts: letters, digits, `-` and `_`. */
export function keyOf(parts: readonly string[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, keyLength);
}
