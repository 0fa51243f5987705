import { existsSync, readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import type { SandboxLine } from './sandboxProcess';

/** The sandbox that jest's global setup has started, and the session of its n8n's owner. */
export function sandbox(): SandboxLine & { readonly n8nSession: string } {
	const line = process.env.E2E_SANDBOX;
	if (line === undefined) throw new Error('Run the end-to-end tests with npm run e2e');
	return JSON.parse(line) as SandboxLine & { n8nSession: string };
}

export interface Person {
	readonly id: string;
	readonly displayName: string;
	readonly userPrincipalName: string;
	readonly password: string;
}

/** Somebody of the sandbox's directory who can sign in, by given name. */
export function person(givenName: string): Person {
	const found = sandbox().users.find(({ displayName }) => displayName.startsWith(`${givenName} `));
	if (!found?.password) throw new Error(`Nobody called ${givenName} can sign in to the sandbox`);
	return { ...found, password: found.password };
}

/** A request of `/__sandbox__/...` to Graph or login. @returns the answer's JSON. */
export async function control(
	server: 'graph' | 'login',
	method: 'GET' | 'POST' | 'DELETE',
	action: string,
	body?: object,
): Promise<unknown> {
	const { graphUrl, loginUrl, caFile } = sandbox();
	const url = `${server === 'graph' ? graphUrl : loginUrl}/__sandbox__/${action}`;
	const ca = [...rootCertificates, readFileSync(caFile, 'utf8')];
	return await new Promise((resolve, reject) => {
		const call = request(url, { method, ca, headers: { 'content-type': 'application/json' } });
		call.on('error', reject);
		call.on('response', (answer) => {
			text(answer).then((json) => {
				if (answer.statusCode === 200) resolve(JSON.parse(json));
				else reject(new Error(`${method} ${url}: ${answer.statusCode} ${json}`));
			}, reject);
		});
		call.end(body && JSON.stringify(body));
	});
}

/** Moves the sandbox's time on: tokens expire, subscriptions too. */
export async function advanceClock(advanceMs: number): Promise<void> {
	await control('graph', 'POST', 'clock', { advanceMs });
}

export interface RecordedGraphRequest {
	readonly cloud: string;
	readonly method: string;
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
	readonly status: number;
	readonly ms: number;
}

/** Every Graph request so far, in the order of the answers. */
export function recordedRequests(): readonly RecordedGraphRequest[] {
	const { recordFile } = sandbox();
	// The first request creates it.
	if (!existsSync(recordFile)) return [];
	return readFileSync(recordFile, 'utf8')
		.split('\n')
		.filter(Boolean)
		.map((line) => JSON.parse(line) as RecordedGraphRequest);
}
