import { createHmac } from 'node:crypto';
import type {
	IDataObject,
	IExecuteData,
	IExecuteFunctions,
	INodeExecutionData,
	INodeParameters,
	ITaskMetadata,
	IWebhookFunctions,
} from 'n8n-workflow';
import { resolveCloud } from '../../../../core/clouds';
import type { GraphClient, GraphRequest } from '../../../../core/graph/types';
import type { ExecuteInput } from '../../../../nodes/kit/operation';

export const start = Date.parse('2026-03-02T08:00:00Z');

interface Sent {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** What n8n does for a node that waits, as far as the review leans on it. */
export class FakeN8n {
	readonly requests: GraphRequest[] = [];
	readonly notes: string[] = [];
	readonly logged: string[] = [];
	readonly context: IDataObject = {};
	readonly executeData: IExecuteData;
	waitTill: Date | undefined;
	metadata: ITaskMetadata = {};
	/** Thrown by the Graph request of this place. */
	failures = new Map<number, Error>();
	origin = 'https://n8n.contoso.com';

	constructor(
		readonly parameters: INodeParameters,
		readonly type = 'n8n-nodes-microsoft365.microsoft365Mail',
		readonly items: INodeExecutionData[] = [{ json: {} }],
	) {
		this.executeData = {
			data: { main: [items] },
			node: this.node,
			source: { main: [{ previousNode: 'Before' }] },
		};
	}

	get node() {
		return {
			id: 'node-1',
			name: 'Ask "Ana" }}',
			type: this.type,
			typeVersion: 1,
			position: [0, 0] as [number, number],
			parameters: this.parameters,
		};
	}

	get graph(): GraphClient {
		return {
			cloud: resolveCloud({ environment: 'global' }),
			request: (request: GraphRequest) => {
				const failure = this.failures.get(this.requests.length);
				this.requests.push(request);
				return failure ? Promise.reject(failure) : Promise.resolve({ id: 'DRAFT1' });
			},
		} as unknown as GraphClient;
	}

	execute(): IExecuteFunctions {
		return {
			...this.#common(),
			getInputData: () => this.items,
			getContext: () => this.context,
			getExecuteData: () => this.executeData,
			setMetadata: (metadata: ITaskMetadata) => (this.metadata = metadata),
			putExecutionToWait: (until: Date) => Promise.resolve((this.waitTill = until)),
		} as unknown as IExecuteFunctions;
	}

	input(params: object): ExecuteInput<unknown> {
		return {
			params,
			cloud: this.graph.cloud,
			identity: 'delegated',
			timezone: 'Europe/Berlin',
			itemKey: () => 'item',
			graph: this.graph,
			note: (text: string) => this.notes.push(text),
		} as unknown as ExecuteInput<unknown>;
	}

	/** One request of a browser; `sent` fills when the node answers it itself. */
	webhook(url: string, body?: IDataObject): { context: IWebhookFunctions; sent: Sent } {
		const sent = { status: 0, headers: {} as Record<string, string>, body: '' };
		const response = {
			status: (status: number) => (sent.status = status),
			setHeader: (name: string, value: string) => (sent.headers[name] = value),
			end: (text: string) => (sent.body = text),
		};
		const context = {
			...this.#common(),
			getQueryData: () => Object.fromEntries(new URL(url).searchParams),
			getBodyData: () => body ?? {},
			getRequestObject: () => ({ method: body ? 'POST' : 'GET' }),
			getResponseObject: () => response,
		} as unknown as IWebhookFunctions;
		return { context, sent };
	}

	#common() {
		return {
			getNode: () => this.node,
			getSignedResumeUrl: (parameters: Record<string, string>) => this.#signedUrl(parameters),
			evaluateExpression: (expression: string) => this.#evaluate(expression),
			logger: { error: (text: string) => this.logged.push(text) },
		};
	}

	#signedUrl(parameters: Record<string, string>): string {
		const url = new URL(`${this.origin}/webhook-waiting/7/node-1`);
		for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
		const secret = createHmac('sha256', 'instance secret').update(url.pathname + url.search);
		url.searchParams.set('signature', secret.digest('hex'));
		return url.toString();
	}

	#evaluate(expression: string): unknown {
		if (expression === '{{ $execution.resumeUrl }}') {
			return `${this.origin}/webhook-waiting/7?signature=resumetoken`;
		}
		const [, name = '', key = ''] =
			/^\{\{ \$node\[("[^"]*")\]\.context\["(\w+)"\] \}\}$/.exec(expression) ?? [];
		if (JSON.parse(name) !== this.node.name) throw new Error(`Unknown expression ${expression}`);
		return this.context[key];
	}
}

/** The links of a mail's buttons, in their order. */
export function buttonLinks(request: GraphRequest | undefined): string[] {
	const { message } = request?.body as { message: { body: { content: string } } };
	return [...message.body.content.matchAll(/<td bgcolor[^>]*><a href="([^"]*)"/g)].map(
		([, href = '']) =>
			href.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
	);
}
