import { IncomingMessage, type ServerResponse } from 'node:http';

const BODY_LIMIT_BYTES = 256 * 1024;

/** @throws {Error} when the body is larger than anything a login is sent. */
export async function readBody(req: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	for await (const chunk of req as AsyncIterable<Buffer>) {
		length += chunk.length;
		if (length > BODY_LIMIT_BYTES) throw new Error('The request body is too large.');
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}

export async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
	return new URLSearchParams(await readBody(req));
}

export function sendJson(res: ServerResponse, status: number, body: unknown): void {
	res.writeHead(status, {
		'content-type': 'application/json; charset=utf-8',
		'cache-control': 'no-store, no-cache',
	});
	res.end(JSON.stringify(body));
}

export function sendHtml(res: ServerResponse, status: number, html: string): void {
	res.writeHead(status, {
		'content-type': 'text/html; charset=utf-8',
		'cache-control': 'no-store',
	});
	res.end(html);
}

export function redirect(res: ServerResponse, location: string): void {
	res.writeHead(302, { location, 'cache-control': 'no-store' });
	res.end();
}

/** The same request for the provider, which reads form and headers itself, with another form. */
export function withForm(req: IncomingMessage, form: URLSearchParams): IncomingMessage {
	const body = Buffer.from(form.toString());
	const copy = new IncomingMessage(req.socket);
	copy.method = 'POST';
	copy.httpVersion = req.httpVersion;
	copy.url = req.url ?? '/';
	copy.headers = {
		...req.headers,
		'content-type': 'application/x-www-form-urlencoded',
		'content-length': String(body.length),
	};
	delete copy.headers.authorization;
	delete copy.headers['transfer-encoding'];
	copy.push(body);
	copy.push(null);
	// Else the message's end is taken for an abort and ends the connection.
	copy.complete = true;
	return copy;
}
