import type { Site } from '@microsoft/microsoft-graph-types';
import { AccessDeniedError } from '../../core/graph/errors';
import { path } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';

/**
 * Sites whose title, address or description has the words; all that may be seen without any.
 * @throws {AccessDeniedError} that says what to do where only selected sites may be reached
 */
export async function* searchSites(
	graph: GraphClient,
	words: string,
	limit?: number,
): AsyncGenerator<Site[], void, void> {
	const request = {
		method: 'GET',
		path: path`/sites`,
		query: { search: words.trim() || '*' },
	} as const;
	try {
		const options = { pageSize: 200, ...(limit !== undefined && { limit }) };
		yield* graph.pages<Site>(request, options);
	} catch (error) {
		if (!(error instanceof AccessDeniedError)) throw error;
		const { code, status, requestId } = error;
		throw new AccessDeniedError('Microsoft 365 refused to search for sites', {
			code,
			status,
			requestId,
			cause: error,
			nextStep:
				"The search needs the permission Sites.Read.All. A connection with Sites.Selected reaches its sites by address: choose By URL and paste the site's.",
		});
	}
}
