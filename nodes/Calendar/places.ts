import type { IDataObject } from 'n8n-workflow';
import type { GraphPath } from '../../core/graph/path';
import type { GraphClient } from '../../core/graph/types';
import type { OutputItem } from '../kit/operation';

/** Graph's own page size for places. https://learn.microsoft.com/graph/api/place-list */
const pageSize = 100;

export async function* placePages<Place extends object>(
	graph: GraphClient,
	path: GraphPath,
	params: { readonly limit: number | undefined; readonly simplify: boolean },
	simplify: (place: Place) => IDataObject,
): AsyncGenerator<OutputItem[], void, void> {
	const { limit } = params;
	const pages = graph.pages<Place>(
		{ method: 'GET', path },
		{ pageSize, ...(limit !== undefined && { limit }) },
	);
	for await (const page of pages) {
		yield page.map((place) => ({
			json: params.simplify ? simplify(place) : (place as IDataObject),
		}));
	}
}
