import { open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mebibyte = 1024 * 1024;
/** The bare client keeps content where n8n does in its filesystem mode: on the disk. */
const bareFile = join(tmpdir(), `bench-${process.pid}.bin`);

/** Fetches so many MiB from the benchmark's own server into n8n's binary data; not measured. */
const source = ({ contentUrl }, mib) => ({
	name: 'Content',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: {
		url: `${contentUrl}/${mib}`,
		options: { response: { response: { responseFormat: 'file' } } },
	},
});

const ourUpload = ({ nodes }) =>
	nodes.files('Work', {
		resource: 'file',
		operation: 'upload',
		location: 'myDrive',
		conflict: 'replace',
		options: { fileName: 'bench.bin' },
	});

const checkSize = (mib, read) => (result) => {
	const size = read(result.output[0] ?? {});
	if (size !== mib * mebibyte) throw new Error(`${size} bytes instead of ${mib} MiB`);
};

/** The same chunks that the package sends. */
const chunkBytes = 10 * mebibyte;

const bareUpload = async (bare, mib) => {
	const file = await open(bareFile);
	try {
		await sendInChunks(bare, mib, file);
	} finally {
		await file.close();
		await rm(bareFile);
	}
};

const makeBareFile = async (mib) =>
	await writeFile(bareFile, Buffer.alloc(mib * mebibyte, 'bench'));

const sendInChunks = async (bare, mib, file) => {
	const { uploadUrl } = await bare.send('POST', '/me/drive/root:/bench.bin:/createUploadSession', {
		item: { '@microsoft.graph.conflictBehavior': 'replace' },
	});
	const total = mib * mebibyte;
	const chunk = Buffer.alloc(chunkBytes);
	for (let from = 0; from < total; from += chunkBytes) {
		const { bytesRead } = await file.read(chunk, 0, chunkBytes, from);
		const part = chunk.subarray(0, bytesRead);
		await bare.send('PUT', uploadUrl, part, {
			'content-range': `bytes ${from}-${from + part.length - 1}/${total}`,
		});
	}
};

export const upload = {
	value: 'upload',
	name: (mib) => `Upload ${mib} MB`,
	count: { full: 200, short: 12 },
	aims: { theirs: 1, floor: 1.2, memory: 10 },
	prepare: async ({ sandbox }) => await sandbox.control('POST', 'reset'),
	ours: (context, mib) => ({
		nodes: [source(context, mib), ourUpload(context)],
		check: checkSize(mib, ({ json }) => json?.size),
	}),
	theirs: (context, mib) => ({
		nodes: [
			source(context, mib),
			context.nodes.oneDrive('Work', {
				resource: 'file',
				operation: 'upload',
				fileName: 'bench.bin',
				parentId: context.driveRootId,
				binaryData: true,
				binaryPropertyName: 'data',
			}),
		],
		check: checkSize(mib, ({ json }) => json?.size),
	}),
	floorPrepare: async (_bare, mib) => await makeBareFile(mib),
	floor: bareUpload,
};

export const upAndDown = {
	value: 'upAndDown',
	name: (mib) => `Download and upload ${mib / 1024} GiB`,
	count: { full: 1024, short: 0 },
	warmUp: 12,
	aims: { floor: 1.2, memoryOverIdleMiB: 64 },
	prepare: async ({ sandbox, bare }, mib) => {
		await sandbox.control('POST', 'reset');
		await makeBareFile(mib);
		await bareUpload(bare, mib);
	},
	// The file is there already: another node that brings it would count as ours.
	ours: ({ nodes }, mib) => ({
		nodes: [
			nodes.files('Down', {
				resource: 'file',
				operation: 'download',
				location: 'myDrive',
				item: { __rl: true, mode: 'path', value: 'bench.bin' },
			}),
			nodes.files('Work', {
				resource: 'file',
				operation: 'upload',
				location: 'myDrive',
				conflict: 'replace',
				options: { fileName: 'copy.bin' },
			}),
		],
		measured: ['Down', 'Work'],
		check: checkSize(mib, ({ json }) => json?.size),
	}),
	floor: async (bare, mib) => {
		const { '@microsoft.graph.downloadUrl': url } = await bare.send(
			'GET',
			'/me/drive/root:/bench.bin',
		);
		await bare.save(url, bareFile);
		await bareUpload(bare, mib);
	},
};

export const listFolder = {
	value: 'listFolder',
	name: (count) => `List a folder of ${count.toLocaleString('en')} files`,
	count: { full: 20_000, short: 300 },
	aims: { floor: 1.25 },
	prepare: async ({ sandbox, n8n }, count) => {
		await sandbox.control('POST', 'reset');
		await sandbox.control('POST', 'deliver', {
			drive: n8n.person.userPrincipalName,
			path: 'Many/file {n}.txt',
			text: 'x',
			count,
		});
	},
	ours: ({ nodes }, count) => ({
		nodes: [
			nodes.files('Work', {
				resource: 'folder',
				operation: 'getAll',
				location: 'myDrive',
				item: { __rl: true, mode: 'path', value: 'Many' },
				returnAll: true,
			}),
		],
		check: (result) => {
			if (result.items !== count) throw new Error(`${result.items} items instead of ${count}`);
		},
	}),
	floor: async (bare, count) => {
		let url = '/me/drive/root:/Many:/children?$top=1000';
		let seen = 0;
		while (url) {
			const page = await bare.send('GET', url);
			seen += page.value.length;
			url = page['@odata.nextLink'];
		}
		if (seen !== count) throw new Error(`${seen} instead of ${count}`);
	},
};
