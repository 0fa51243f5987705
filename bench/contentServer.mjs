import { createServer } from 'node:http';
import { Readable } from 'node:stream';

const mebibyte = 1024 * 1024;

/** `GET /N` answers with N MiB of octets, from where a node of n8n's own fetches them. */
export async function startContentServer() {
	const block = Buffer.alloc(mebibyte, 'bench');
	const server = createServer((call, answer) => {
		const count = Number(call.url.slice(1));
		answer.writeHead(200, {
			'content-type': 'application/octet-stream',
			'content-length': count * mebibyte,
			'content-disposition': 'attachment; filename="bench.bin"',
		});
		Readable.from(repeat(block, count)).pipe(answer);
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${server.address().port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

function* repeat(block, count) {
	for (let index = 0; index < count; index++) yield block;
}
