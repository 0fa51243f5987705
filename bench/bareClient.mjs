import { createWriteStream } from 'node:fs';
import { Agent, request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

/** What Microsoft lets an app do at once in one mailbox. */
export const allowedAtOnce = 4;

/**
 * The floor: Node's own HTTPS with kept connections and nothing else, no retry, no checks.
 *
 * @returns `send(method, url, body?, headers?)`, which fails on any answer of 400 and above, and
 *   `each(list, work)`, which works on four at once
 */
export function createBareClient({ graphUrl, accessToken }) {
	const agent = new Agent({ keepAlive: true, maxSockets: 16 });
	const send = async (method, url, body, headers = {}) => {
		const target = url.startsWith('https:') ? url : `${graphUrl}/v1.0${url}`;
		const isGraph = target.startsWith(graphUrl);
		const bytes = body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body);
		const options = {
			method,
			agent,
			headers: {
				...(isGraph && { authorization: `Bearer ${accessToken}` }),
				...(body && !Buffer.isBuffer(body) && { 'content-type': 'application/json' }),
				...(bytes && { 'content-length': Buffer.byteLength(bytes) }),
				...headers,
			},
		};
		const attempt = async () =>
			await new Promise((resolve, reject) => {
				const call = request(target, options);
				const fail = (error) => {
					// A kept connection that the server has closed meanwhile; nothing was sent on it.
					if (call.reusedSocket && error.code === 'ECONNRESET') resolve(attempt());
					else reject(error);
				};
				call.on('response', resolve).on('error', fail).end(bytes);
			});
		const answer = await attempt();
		const content = await buffer(answer);
		if (answer.statusCode >= 400) {
			throw new Error(`${method} ${target}: ${answer.statusCode} ${content.subarray(0, 300)}`);
		}
		if (!/json/.test(answer.headers['content-type'] ?? '')) return content;
		return JSON.parse(content.toString('utf8'));
	};
	return {
		send,
		async each(list, work) {
			const results = [];
			let next = 0;
			const worker = async () => {
				while (next < list.length) {
					const place = next++;
					results[place] = await work(list[place], place);
				}
			};
			await Promise.all(Array.from({ length: allowedAtOnce }, worker));
			return results;
		},
		/** As many messages as asked for, in the largest pages. */
		async listMessages(count, select = 'id') {
			const top = Math.min(count, 1000);
			let url = `/me/mailFolders/inbox/messages?$top=${top}&$select=${select}`;
			const messages = [];
			while (url && messages.length < count) {
				const page = await send('GET', url);
				messages.push(...page.value);
				url = page['@odata.nextLink'];
			}
			return messages.slice(0, count);
		},
		/** Keeps what is at a pre-authorised address in a file. */
		async save(url, file) {
			const answer = await new Promise((resolve, reject) => {
				request(url, { agent }).on('response', resolve).on('error', reject).end();
			});
			if (answer.statusCode >= 400) throw new Error(`GET ${url}: ${answer.statusCode}`);
			await pipeline(answer, createWriteStream(file));
		},
		close: () => agent.destroy(),
	};
}
