import { NotFoundError } from '../../../core/graph/errors';

/** Deleted before it was looked at: there is nothing to hand over. */
export function goneOrThrow(error: unknown): undefined {
	if (error instanceof NotFoundError) return undefined;
	throw error;
}
