import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text as readText } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { parseMessage } from '../../../core/mail/mime';
import { MimeError } from '../../../core/mail/MimeError';
import type { ParsedMessage } from '../../../core/mail/parsedMessage';

// Hundreds of messages on a busy machine.
jest.setTimeout(30_000);

const folder = path.join(__dirname, 'mime');
const corpus = new Map(
	readdirSync(folder).map((name) => [
		name.replace('.eml', ''),
		readFileSync(path.join(folder, name)),
	]),
);

const unseparated =
	'Its parts can not be told apart; the text is what stands where they should be.';
const noSender = 'The message names no sender.';

/** What each message of the corpus is read as, as far as it is what the message is there for. */
const readings: Readonly<Record<string, Partial<ParsedMessage> & { names?: string[] }>> = {
	'bad-date': { subject: 'Bad date', defects: ["The message's date can not be read."] },
	'base64-damage': { text: 'Grüße aus Köln', names: ['a.bin'] },
	'binary-garbage': { subject: '', text: '', defects: [noSender] },
	'boundary-in-boundary': { text: 'Plain', html: '<b>Bold</b>', names: [] },
	'content-type-nonsense': { text: 'Text under a nonsense type\n' },
	'delivery-report': {
		text: expect.stringContaining('Status: 5.1.1') as string,
		names: ['attachment-1.txt'],
	},
	'duplicate-headers': {
		subject: 'Second',
		from: [{ name: '', address: 'second@contoso.example' }],
		to: [
			{ name: '', address: 'one@contoso.example' },
			{ name: '', address: 'two@contoso.example' },
		],
		defects: [
			'The header from occurs 2 times; the last is used.',
			'The header subject occurs 2 times; the last is used.',
			'The header message-id occurs 2 times; the last is used.',
		],
	},
	'eight-bit-header': {
		subject: 'Grüße ohne Kodierung',
		from: [{ name: 'Jürgen', address: 'juergen@contoso.example' }],
		to: [],
	},
	empty: { subject: '', text: '', from: [], defects: [noSender] },
	'empty-body': { subject: 'Empty body', text: '', defects: [] },
	'file-names': {
		names: [
			'passwd.pdf',
			'Grüße.pdf',
			'long-name.pdf',
			'Grüße.pdf',
			'attachment-5.png',
			'attachment-6.ics',
			'attachment-7.bin',
		],
	},
	'group-addresses': {
		subject: 'Grüße',
		from: [{ name: 'Team; Desk', address: 'desk@contoso.example' }],
		to: [
			{ name: '', address: 'ana@contoso.example' },
			{ name: 'Ben', address: 'ben@contoso.example' },
			{ name: '', address: 'chloe@contoso.example' },
		],
		cc: [{ name: 'not an address at all', address: '' }],
		bcc: [],
	},
	'header-only': { subject: 'No body', text: '' },
	'html-only': {
		text: 'HELLO\n\nSee this [https://contoso.example]',
		attachments: [
			{
				index: 0,
				fileName: 'logo.png',
				contentType: 'image/png',
				contentId: 'logo@x',
				isInline: true,
				size: 8,
			},
		],
	},
	'iso-2022-jp': { subject: '日本語', text: 'こんにちは\n' },
	'latin1-as-utf8': {
		text: 'Gr\uFFFD\uFFFDe aus K\uFFFDln\n',
		defects: ['Some characters are not of the character set that the message names.'],
	},
	'missing-boundary': { text: 'This text stands in no part.', defects: [unseparated] },
	'mixed-line-ends': { text: 'One\nTwo\nThree\rFour\n' },
	'nested-forward': { text: 'Outer text', names: ['attachment-1.eml'] },
	'no-header': { text: 'Only a body, without any header.\n', defects: [noSender] },
	'other-boundary': {
		text: expect.stringContaining('Hidden behind another boundary') as string,
		defects: [unseparated],
	},
	plain: {
		messageId: '<plain@contoso.example>',
		inReplyTo: '<first@contoso.example>',
		references: ['<zero@contoso.example>', '<first@contoso.example>'],
		date: '2026-03-02T08:30:00.000Z',
		replyTo: [{ name: '', address: 'desk@contoso.example' }],
		cc: [
			{ name: 'Chloe, Dr.', address: 'chloe@contoso.example' },
			{ name: '', address: 'ops@contoso.example' },
		],
		importance: 'high',
		text: 'Grüße\n',
		defects: [],
	},
	'quoted-printable-damage': { text: 'Grüße =ZZ =4 end' },
	'unclosed-boundary': { text: 'The text', names: ['cut.pdf'] },
	'unknown-charset': { text: 'readable all the same\n' },
	winmail: { text: 'See the attachment', names: ['winmail.dat'] },
	'winmail-unnamed': { names: ['winmail.dat'] },
	'wrong-charset': { text: 'Grüße aus Köln\n' },
};

test('every message of the corpus has its expected reading', () => {
	expect(Object.keys(readings).sort()).toEqual([...corpus.keys()].sort());
});

test.each([...corpus])('reads %s', async (name, bytes) => {
	const message = await parseMessage(bytes);
	const { names, ...expected } = readings[name] ?? {};
	expect(message).toMatchObject(expected);
	if (names) expect(message.attachments.map(({ fileName }) => fileName)).toEqual(names);
});

describe('attachments', () => {
	const [message] = [corpus.get('unclosed-boundary') ?? Buffer.alloc(0)];

	test('their content is decoded and handed over as it comes', async () => {
		const seen: string[] = [];
		const { attachments } = await parseMessage(Readable.from([message]), {
			onAttachment: async (info, content) => {
				seen.push(`${info.fileName}: ${await readText(content)}`);
			},
		});
		expect(seen).toEqual(['cut.pdf: Hello world']);
		expect(attachments).toMatchObject([{ fileName: 'cut.pdf', size: 11 }]);
	});

	test('one that is left unread is skipped', async () => {
		const { attachments } = await parseMessage(message, { onAttachment: async () => {} });
		expect(attachments).toMatchObject([{ fileName: 'cut.pdf', size: 11 }]);
	});

	test('a message within the message is one, with everything in it', async () => {
		const files: Buffer[] = [];
		await parseMessage(corpus.get('nested-forward') ?? Buffer.alloc(0), {
			onAttachment: async (_info, content) => void files.push(await buffer(content)),
		});
		const inner = await parseMessage(files[0] ?? Buffer.alloc(0));
		expect(inner).toMatchObject({ subject: 'Middle', text: 'Middle text' });
		expect(inner.attachments).toMatchObject([{ contentType: 'message/rfc822' }]);
	});

	test('the failure of who takes them is thrown as it is', async () => {
		const failure = new Error('The disk is full');
		const reading = parseMessage(message, { onAttachment: () => Promise.reject(failure) });
		await expect(reading).rejects.toBe(failure);
	});

	test('a large one is fetched no faster than it is taken', async () => {
		const chunk = Buffer.from(`${'QUJDREVGR0hJSktM'.repeat(4)}\n`.repeat(1_024));
		let fetched = 0;
		function* parts() {
			yield Buffer.from(
				'From: a@x\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n',
			);
			for (; fetched < 400; fetched++) yield chunk;
			yield Buffer.from('--b--\n');
		}
		let fetchedAtPause = 0;
		const { attachments } = await parseMessage(Readable.from(parts()), {
			onAttachment: async (_info, content) => {
				for await (const chunkOut of content as AsyncIterable<Buffer>) {
					if (fetchedAtPause > 0 || chunkOut.length === 0) continue;
					for (let turn = 0; turn < 500; turn++) await setImmediate();
					fetchedAtPause = fetched;
				}
			},
		});
		expect(attachments).toMatchObject([{ fileName: 'a.zip', size: 400 * 1_024 * 48 }]);
		expect(fetchedAtPause).toBeLessThan(100);
	});
});

describe('what can not be read', () => {
	test('a header of megabytes fails readably', async () => {
		const header = Buffer.from(`X-Long: ${'x'.repeat(3_000_000)}\n\nText\n`);
		await expect(parseMessage(header)).rejects.toThrow(
			new MimeError(new Error('max header size')).message,
		);
	});

	test('thousands of parts fail readably', async () => {
		const parts = '--b\nContent-Type: text/plain\n\nx\n'.repeat(3_000);
		const message = `From: a@x\nContent-Type: multipart/mixed; boundary=b\n\n${parts}--b--\n`;
		await expect(parseMessage(Buffer.from(message))).rejects.toThrow('it has too many parts');
	});

	test('thousands of nested levels are read or fail readably', async () => {
		const levels = Array.from(
			{ length: 600 },
			(_, level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`,
		).join('');
		const reading = parseMessage(Buffer.from(`From: a@x\n${levels}`));
		const outcome = await reading.catch((error: unknown) => error);
		if (outcome instanceof Error) expect(outcome).toBeInstanceOf(MimeError);
		else expect(outcome).toMatchObject({ from: [{ address: 'a@x' }] });
	});

	test('the failure of the source is thrown as it is', async () => {
		const failure = new Error('The connection broke');
		async function* source() {
			yield Buffer.from(
				'From: a@x\nContent-Type: application/zip\nContent-Disposition: attachment\n\n',
			);
			yield await Promise.reject<Buffer>(failure);
		}
		const reading = parseMessage(Readable.from(source()), {
			onAttachment: async (_info, content) => void (await buffer(content)),
		});
		await expect(reading).rejects.toBe(failure);
	});

	test('a cancelled reading ends, also in the middle of an attachment', async () => {
		const controller = new AbortController();
		async function* source() {
			yield Buffer.from(
				'From: a@x\nContent-Type: application/zip\nContent-Disposition: attachment\n\nx\n',
			);
			controller.abort();
			yield await new Promise<Buffer>(() => {});
		}
		const reading = parseMessage(Readable.from(source()), {
			signal: controller.signal,
			onAttachment: async (_info, content) => void (await buffer(content)),
		});
		await expect(reading).rejects.toThrow();
	});
});

test('whatever is cut, doubled or overwritten in a message, it is read or fails readably', async () => {
	const samples = [...corpus.values()].filter(({ length }) => length > 0);
	const damage = fc.record({
		sample: fc.constantFrom(...samples),
		at: fc.double({ min: 0, max: 1, noNaN: true }),
		length: fc.nat(200),
		bytes: fc.uint8Array({ maxLength: 60 }),
		chunkBytes: fc.integer({ min: 1, max: 400 }),
	});
	await fc.assert(
		fc.asyncProperty(damage, async ({ sample, at, length, bytes, chunkBytes }) => {
			const start = Math.floor(at * sample.length);
			const damaged = Buffer.concat([
				sample.subarray(0, start),
				bytes,
				sample.subarray(start + length),
			]);
			function* chunks() {
				for (let from = 0; from < damaged.length; from += chunkBytes) {
					yield damaged.subarray(from, from + chunkBytes);
				}
			}
			try {
				const message = await parseMessage(Readable.from(chunks()));
				expect(JSON.parse(JSON.stringify(message))).toEqual(message);
			} catch (error) {
				expect(error).toBeInstanceOf(MimeError);
			}
		}),
		{ numRuns: 250 },
	);
});
