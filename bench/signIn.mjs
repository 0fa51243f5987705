const callback = 'http://localhost:5678/rest/oauth2-credential/callback';

/**
 * A person's tokens, by the sign-in and consent pages that n8n's *Connect* opens, without a browser.
 *
 * @returns the answer of the token endpoint, as n8n stores it
 */
export async function signIn({ loginUrl, clientId, clientSecret, tenantId }, person, scope) {
	const visit = createVisitor();
	const query = new URLSearchParams({
		client_id: clientId,
		redirect_uri: callback,
		response_type: 'code',
		scope,
		state: 'bench',
	});
	let seen = await visit(`${loginUrl}/${tenantId}/oauth2/v2.0/authorize?${query}`);
	if (seen.page.includes('id="i0118"')) {
		seen = await visit(seen.url, {
			action: 'signIn',
			loginfmt: person.userPrincipalName,
			passwd: person.password,
		});
	}
	if (seen.page.includes('id="idBtn_Accept"')) seen = await visit(seen.url, { action: 'accept' });
	const code = new URL(seen.url).searchParams.get('code');
	if (code === null) throw new Error(`The sign-in ended at ${seen.url}`);
	const answer = await fetch(`${loginUrl}/${tenantId}/oauth2/v2.0/token`, {
		method: 'POST',
		body: new URLSearchParams({
			grant_type: 'authorization_code',
			code,
			redirect_uri: callback,
			client_id: clientId,
			client_secret: clientSecret,
		}),
	});
	if (!answer.ok) throw new Error(`No token: ${await answer.text()}`);
	const token = await answer.json();
	return {
		...token,
		callbackQueryString: {},
		n8n_expires_at: String(Date.now() + token.expires_in * 1000),
	};
}

/** Follows redirects with cookies, up to a page or to n8n's callback. */
function createVisitor() {
	const cookies = new Map();
	return async (start, form) => {
		let url = start;
		let body = form && new URLSearchParams(form);
		for (;;) {
			if (url.startsWith(callback)) return { url, page: '' };
			const { pathname } = new URL(url);
			const sent = [...cookies.values()].filter(({ path }) => pathname.startsWith(path));
			const answer = await fetch(url, {
				method: body ? 'POST' : 'GET',
				redirect: 'manual',
				headers: { cookie: sent.map(({ name, value }) => `${name}=${value}`).join('; ') },
				...(body && { body }),
			});
			for (const line of answer.headers.getSetCookie()) {
				const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
				const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/';
				cookies.set(`${name} ${path}`, { name, value, path });
			}
			const location = answer.headers.get('location');
			if (location === null) return { url, page: await answer.text() };
			url = new URL(location, url).href;
			body = undefined;
		}
	};
}
