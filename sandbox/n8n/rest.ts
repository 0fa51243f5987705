/** n8n's answer was not what the call needs. */
export class N8nRestError extends Error {
	override readonly name = 'N8nRestError';
	constructor(
		readonly status: number,
		readonly body: string,
		what: string,
	) {
		super(`n8n answered ${what} with ${status}: ${body.slice(0, 500)}`);
	}
}

/** The REST interface that n8n's own editor uses: signed in by cookie, answers wrapped in `data`. */
export interface N8nRest {
	readonly url: string;
	/** `path` below `/rest`, such as `/workflows`. @throws {N8nRestError} */
	call<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<T>;
	/** `path` from the root, such as `/types/nodes.json`; the answer as it came. */
	fetch(path: string, init?: RequestInit): Promise<Response>;
	/** The session, as `name=value`; empty before the sign-in. */
	cookie(): string;
}

const cookieName = 'n8n-auth';

/** @param session a `cookie()` of before; n8n counts sign-ins and refuses too many of them */
export function createN8nRest(url: string, session = ''): N8nRest {
	let cookie = session;
	const send: N8nRest['fetch'] = async (path, init = {}) => {
		const headers = new Headers(init.headers);
		if (cookie) headers.set('cookie', cookie);
		const answer = await fetch(`${url}${path}`, { ...init, headers });
		const set = answer.headers.getSetCookie().find((line) => line.startsWith(`${cookieName}=`));
		cookie = set?.split(';')[0] ?? cookie;
		return answer;
	};
	return {
		url,
		fetch: send,
		cookie: () => cookie,
		async call<T>(method: string, path: string, body?: object): Promise<T> {
			const answer = await send(`/rest${path}`, {
				method,
				...(body && {
					headers: { 'content-type': 'application/json' },
					body: JSON.stringify(body),
				}),
			});
			const text = await answer.text();
			if (!answer.ok) throw new N8nRestError(answer.status, text, `${method} ${path}`);
			return (JSON.parse(text) as { data: T }).data;
		},
	};
}

export interface N8nOwner {
	readonly email: string;
	readonly password: string;
	readonly firstName: string;
	readonly lastName: string;
}

/** Makes the owner of an empty n8n, and is signed in as them from then on. */
export async function setUpOwner(rest: N8nRest, owner: N8nOwner): Promise<void> {
	await rest.call('POST', '/owner/setup', owner);
}

export async function signIn(
	rest: N8nRest,
	{ email, password }: Pick<N8nOwner, 'email' | 'password'>,
): Promise<void> {
	await rest.call('POST', '/login', { emailOrLdapLoginId: email, password });
}

export interface SavedCredential {
	readonly id: string;
	readonly name: string;
	readonly type: string;
}

export async function createCredential(
	rest: N8nRest,
	credential: { name: string; type: string; data: Record<string, unknown> },
): Promise<SavedCredential> {
	return await rest.call<SavedCredential>('POST', '/credentials', credential);
}
