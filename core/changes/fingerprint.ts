import { createHash } from 'node:crypto';

/**
 * A short stand-in for an id or a state, for cursors that hold thousands of them. Ten characters
 * are 60 bits: among 25,000 items two are alike once in billions of cases.
 */
export function fingerprint(text: string, characters = 10): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, characters);
}
