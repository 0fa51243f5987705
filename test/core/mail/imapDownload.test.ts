import { MailServerError } from '../../../core/mail/MailServerError';
import { type Breakages, download, type KeyedMessage } from '../../../core/mail/imapDownload';
import type { ImapFolder, MessageSummary, Portion } from '../../../core/mail/imapFolder';

const whole: Portion = { part: 'whole', maxBytes: 10_000_000 };

function keyed(uid: number, sizeBytes = 1_000): KeyedMessage {
	const summary: MessageSummary = {
		uid,
		receivedAtMs: 0,
		sizeBytes,
		flags: [],
		messageId: '',
		subject: `Message ${uid}`,
		from: [],
		to: [],
		cc: [],
	};
	return { key: `1.${uid}`, summary };
}

const lost = () =>
	new MailServerError('Gone', { code: 'connection_lost', nextStep: '', isPassing: true });

/** A folder whose `contents` is given; it notes the groups that were asked for. */
function folderWith(contents: (uids: readonly number[]) => Array<[number, string]>) {
	const asked: number[][] = [];
	const state = { isOpen: true };
	const folder = {
		get isOpen() {
			return state.isOpen;
		},
		contents: async (uids: readonly number[]) => {
			asked.push([...uids]);
			return await Promise.resolve(
				new Map(contents(uids).map(([uid, text]) => [uid, Buffer.from(text)])),
			);
		},
	} as unknown as ImapFolder;
	return { folder, asked, state };
}

async function collect(
	folder: ImapFolder,
	messages: readonly KeyedMessage[],
	breakages: Breakages = new Map(),
	portion = whole,
) {
	const found: Array<Record<string, unknown>> = [];
	for await (const message of download(folder, messages, portion, breakages)) {
		const { uid } = message.summary;
		const known = Object.entries(message).filter(([name]) => !['key', 'summary'].includes(name));
		found.push({ uid, ...Object.fromEntries(known) });
	}
	return found;
}

const all = (uids: readonly number[]) => uids.map((uid): [number, string] => [uid, `Text ${uid}`]);

it('fetches small messages together, and large ones alone', async () => {
	const { folder, asked } = folderWith(all);
	const megabyte = 1_048_576;
	await collect(folder, [
		keyed(1),
		keyed(2),
		keyed(3, 3 * megabyte),
		keyed(4, 3 * megabyte),
		keyed(5),
	]);
	expect(asked).toEqual([
		[1, 2, 3],
		[4, 5],
	]);
});

it('says which are gone by the time they are fetched', async () => {
	const { folder } = folderWith((uids) => all(uids.filter((uid) => uid !== 2)));
	const found = await collect(folder, [keyed(1), keyed(2), keyed(3)]);
	expect(found.map(({ uid, isGone = false }) => [uid, isGone])).toEqual([
		[1, false],
		[2, true],
		[3, false],
	]);
});

it('says which are cut, by what came and not by the size that was announced', async () => {
	const { folder } = folderWith(() => [
		[1, '1234'],
		[2, '123'],
	]);
	const portion: Portion = { part: 'whole', maxBytes: 4 };
	const found = await collect(folder, [keyed(1, 3), keyed(2, 9)], new Map(), portion);
	expect(found.map(({ isCut }) => isCut)).toEqual([true, false]);
});

it('hands over without its content what the server refuses to give, and the others with theirs', async () => {
	const { folder, asked } = folderWith((uids) => {
		if (uids.includes(2)) throw new Error('The server refused this: corrupt');
		return all(uids);
	});
	const found = await collect(folder, [keyed(1), keyed(2), keyed(3)]);
	expect(asked).toEqual([[1, 2, 3], [1], [2], [3]]);
	expect(found[1]).toEqual({
		uid: 2,
		content: Buffer.alloc(0),
		isCut: false,
		problem: 'The server refused this: corrupt',
	});
	expect(found[2]).toMatchObject({ uid: 3, content: Buffer.from('Text 3') });
});

it('gives up on the content of a message with which the connection breaks each time', async () => {
	const breakages: Breakages = new Map();
	const { folder, asked, state } = folderWith((uids) => {
		if (!uids.includes(2)) return all(uids);
		state.isOpen = false;
		throw lost();
	});
	const messages = [keyed(1), keyed(2), keyed(3)];
	for (let session = 0; session < 3; session++) {
		state.isOpen = true;
		await expect(collect(folder, messages, breakages)).rejects.toThrow('Gone');
	}
	state.isOpen = true;
	const found = await collect(folder, messages, breakages);
	// Together once, then each alone.
	expect(asked).toEqual([[1, 2, 3], [1], [2], [1], [2], [1], [3]]);
	expect(found.map(({ uid, problem }) => [uid, problem])).toEqual([
		[1, undefined],
		[2, 'The connection broke 3 times while it was fetched.'],
		[3, undefined],
	]);
});

it('does not blame a message for the end of a token', async () => {
	const breakages: Breakages = new Map();
	const { folder, state } = folderWith(() => {
		state.isOpen = false;
		throw new MailServerError('Over', { code: 'session_expired', nextStep: '', isPassing: true });
	});
	await expect(collect(folder, [keyed(1)], breakages)).rejects.toThrow('Over');
	expect(breakages.size).toBe(0);
});
