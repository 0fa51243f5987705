import { AuthError } from '../../core/auth/AuthError';
import { GraphError } from '../../core/graph/errors';
import type { BatchOutcome, GraphRequest } from '../../core/graph/types';
import { item, type OutputItem } from '../kit/operation';

/** What became of one request of a batch, as data: one that failed doesn't hide the others. */
export function outcomeItem(
	{ id, request }: { readonly id: unknown; readonly request: GraphRequest },
	outcome: BatchOutcome | undefined,
	index: number,
): OutputItem {
	const about = {
		index,
		...(id !== undefined && { id }),
		method: request.method,
		path: request.path.toString(),
	};
	if (outcome?.ok) {
		const { status, headers, body } = outcome;
		return item({ ...about, ok: true, status, headers, body: body ?? null });
	}
	return item({ ...about, ok: false, ...failure(outcome?.error) });
}

function failure(error: Error | undefined): object {
	const message = error?.message ?? 'There is no outcome';
	if (error instanceof GraphError) {
		const { code, status, requestId, nextStep } = error;
		return {
			status: status ?? null,
			error: {
				code,
				message,
				...(requestId !== undefined && { requestId }),
				...(nextStep !== undefined && { nextStep }),
			},
		};
	}
	if (error instanceof AuthError) {
		return { status: null, error: { code: error.code, message, nextStep: error.nextStep } };
	}
	return { status: null, error: { message } };
}
