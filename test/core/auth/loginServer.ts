import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenRequest {
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	readonly form: Readonly<Record<string, string>>;
}

export interface LoginAnswer {
	readonly status?: number;
	readonly body: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

/** A token endpoint that gives its answers in turn and keeps what it was asked. One left over fails the test. */
export interface LoginServer {
	readonly origin: string;
	readonly requests: TokenRequest[];
	answer(...answers: LoginAnswer[]): void;
	/** @throws when an answer wasn't asked for */
	close(): Promise<void>;
}

export async function startLoginServer(): Promise<LoginServer> {
	const requests: TokenRequest[] = [];
	const answers: LoginAnswer[] = [];
	const server = createServer((request, response) => {
		let text = '';
		request.setEncoding('utf8');
		request.on('data', (chunk: string) => (text += chunk));
		request.on('end', () => {
			requests.push({
				method: request.method ?? '',
				path: request.url ?? '',
				headers: request.headers,
				form: Object.fromEntries(new URLSearchParams(text)),
			});
			const answer: LoginAnswer = answers.shift() ?? {
				status: 500,
				body: { error: 'no_answer_scripted' },
			};
			const { status = 200, body, headers } = answer;
			response.writeHead(status, { 'content-type': 'application/json', ...headers });
			response.end(JSON.stringify(body));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		answer: (...more) => void answers.push(...more),
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			if (answers.length > 0) throw new Error(`${answers.length} answers were not asked for`);
		},
	};
}

export const tokenAnswer = (token: string, expiresInSeconds = 3600): LoginAnswer => ({
	body: { token_type: 'Bearer', expires_in: expiresInSeconds, access_token: token },
});

export const errorAnswer = (code: number, error = 'invalid_client'): LoginAnswer => ({
	status: 401,
	body: {
		error,
		error_description: `AADSTS${code}: Refused. Trace ID: 255d1aef-8c98-452f-ac51-23d051240864 Correlation ID: fb3d2015-bc17-4bb9-bb85-30c5cf1aaaa7 Timestamp: 2026-01-09 02:02:12Z`,
		error_codes: [code],
		trace_id: '255d1aef-8c98-452f-ac51-23d051240864',
		correlation_id: 'fb3d2015-bc17-4bb9-bb85-30c5cf1aaaa7',
	},
});

/** What the authorize endpoint says when nobody is signed in, and all else is right. */
export const nobodySignedIn = (redirectUri: string): LoginAnswer => ({
	status: 302,
	body: '',
	headers: {
		location: `${redirectUri}?error=login_required&error_description=AADSTS50058%3a+Nobody+is+signed+in.`,
	},
});
