import { sendBatch } from './batch';
import { type ChannelOptions, createChannel } from './channel';
import { delta } from './delta';
import { download } from './download';
import { startJob } from './job';
import { pages } from './pages';
import type { RequestOverrides } from './requests';
import type { GraphClient, GraphRequest } from './types';
import { upload } from './upload';

export type GraphClientOptions = ChannelOptions;

type UploadParameters = Parameters<GraphClient['upload']>;

/** A client for one credential, e.g. for one run of a node. Cheap to make. */
export function createGraphClient(options: GraphClientOptions): GraphClient {
	const channel = createChannel(options);
	const fetchJson = async (request: GraphRequest, overrides?: RequestOverrides) => {
		const http = channel.toHttpRequest(request, overrides);
		const response = await channel.send(http);
		if (response.status >= 300) throw channel.errorFor(response, http.repeatable);
		return response.body;
	};
	return {
		cloud: options.cloud,
		request: async <T>(request: GraphRequest) => (await fetchJson(request)) as T,
		stream: (request) => download(channel, request),
		pages: (request, pagesOptions) =>
			pages(fetchJson, request, {
				...pagesOptions,
				graphOrigin: channel.graphOrigin,
				signal: options.signal,
			}),
		delta: <T>(request: GraphRequest, deltaLink?: string) => delta<T>(channel, request, deltaLink),
		startJob: (request) => startJob(channel, request),
		batch: (requests) => sendBatch(channel, requests),
		upload: async <T>(...[createSession, source, uploadOptions]: UploadParameters) =>
			(await upload(channel, () => fetchJson(createSession), source, uploadOptions)) as
				T | undefined,
	};
}
