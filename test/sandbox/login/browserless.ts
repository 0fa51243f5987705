import { readFile } from 'node:fs/promises';
import { Agent, request, type RequestOptions } from 'node:https';

export interface Answer {
	readonly status: number;
	readonly location: string | undefined;
	readonly text: string;
	json(): Record<string, unknown>;
}

/** A browser's cookies and redirects without its window. One per person. */
export interface Browserless {
	get(url: string): Promise<Answer>;
	post(
		url: string,
		form: Record<string, string>,
		headers?: Record<string, string>,
	): Promise<Answer>;
	/** The body as it stands, as a form. */
	postRaw(url: string, body: string): Promise<Answer>;
	postJson(url: string, body: unknown): Promise<Answer>;
	/** Follows redirects up to a page, or up to one that leaves the login. */
	visit(answer: Answer): Promise<{ page: string; url: string; answer: Answer }>;
}

export async function createBrowserless(origin: string, caFile: string): Promise<Browserless> {
	const agent = new Agent({ ca: await readFile(caFile), keepAlive: false });
	const cookies: Array<{ name: string; value: string; path: string }> = [];

	async function send(url: string, options: RequestOptions, body = ''): Promise<Answer> {
		const { pathname } = new URL(url);
		const cookie = cookies
			.filter(({ path }) => pathname.startsWith(path))
			.map(({ name, value }) => `${name}=${value}`)
			.join('; ');
		return await new Promise((resolve, reject) => {
			const req = request(
				url,
				{ ...options, agent, headers: { ...options.headers, ...(cookie ? { cookie } : {}) } },
				(res) => {
					for (const line of res.headers['set-cookie'] ?? []) remember(line);
					let text = '';
					res.setEncoding('utf8');
					res.on('data', (chunk: string) => (text += chunk));
					res.on('end', () => {
						const { location } = res.headers;
						resolve({
							status: res.statusCode ?? 0,
							location: location === undefined ? undefined : new URL(location, url).href,
							text,
							json: () => JSON.parse(text) as Record<string, unknown>,
						});
					});
				},
			);
			req.on('error', reject);
			req.end(body);
		});
	}

	function remember(line: string): void {
		const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
		const [name = '', ...value] = pair.split('=');
		const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? '/';
		const old = cookies.findIndex((cookie) => cookie.name === name && cookie.path === path);
		if (old >= 0) cookies.splice(old, 1);
		if (value.join('=') !== '') cookies.push({ name, value: value.join('='), path });
	}

	const asForm = { 'content-type': 'application/x-www-form-urlencoded' };

	return {
		get: async (url) => await send(url, { method: 'GET', headers: { accept: 'text/html' } }),
		post: async (url, form, headers = {}) =>
			await send(
				url,
				{ method: 'POST', headers: { ...asForm, ...headers } },
				new URLSearchParams(form).toString(),
			),
		postRaw: async (url, body) => await send(url, { method: 'POST', headers: asForm }, body),
		postJson: async (url, body) =>
			await send(
				url,
				{ method: 'POST', headers: { 'content-type': 'application/json' } },
				JSON.stringify(body),
			),
		async visit(answer) {
			let at = answer;
			let url = answer.location ?? '';
			while (at.location?.startsWith(`${origin}/`)) {
				url = at.location;
				at = await send(url, { method: 'GET', headers: { accept: 'text/html' } });
			}
			return { page: at.text, url: at.location ?? url, answer: at };
		},
	};
}
