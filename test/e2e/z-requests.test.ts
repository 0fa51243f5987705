import { hasMetadata } from '../../sandbox/graph/surface/load';
import { loadSurface } from '../../sandbox/graph/surface/surface';
import { recordedRequests } from './support/sandbox';

interface InnerRequest {
	readonly method: string;
	readonly url: string;
	readonly body?: unknown;
}

/** The last file of the suite: by now the others have sent all that they send. */
describe('all Graph requests of the suite', () => {
	it("are within Microsoft's metadata for their cloud", () => {
		const requests = recordedRequests().flatMap(({ method, url, body }): InnerRequest[] =>
			url.endsWith('/$batch')
				? (body as { requests: InnerRequest[] }).requests.map((inner) => ({
						...inner,
						url: `/v1.0${inner.url}`,
					}))
				: [{ method, url, body }],
		);
		expect(requests.length).toBeGreaterThan(0);
		if (!hasMetadata()) {
			console.warn("Microsoft's metadata is not here: held against the published SDK instead");
		}
		const surface = loadSurface('global');
		const unknown = requests
			.map((request) => ({ request, result: surface.check(request) }))
			.filter(({ result }) => !result.ok);
		expect(unknown).toEqual([]);
	});

	it('carry no token into the record', () => {
		expect(JSON.stringify(recordedRequests())).not.toMatch(/"authorization"|Bearer |eyJ0/i);
	});
});
