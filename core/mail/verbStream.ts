/** Longer ones don't fit the stream, whose counts are bytes. */
export const longestChoiceCharacters = 255;

/**
 * The voting buttons of a message, as MAPI's `PidLidVerbStream` holds them.
 * https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxomsg/89a70cdb-28ca-4d63-9deb-6d8c15c2cb47
 *
 * @param choices the buttons' texts, at most 255 characters each
 */
export function verbStream(choices: readonly string[]): Buffer {
	return Buffer.concat([
		word(0x0102),
		doubleWord(choices.length),
		...choices.map((choice, index) => voteOption(choice, index + 1)),
		word(0x0104),
		...choices.map(voteOptionExtras),
	]);
}

const messageClass = 'IPM.Note';
/** Whoever votes is asked whether to add a text. */
const promptBeforeSend = 2;

function voteOption(choice: string, id: number): Buffer {
	return Buffer.concat([
		doubleWord(4),
		// ANSI; what it can't hold is in the extras, which newer clients read.
		counted(choice, 'latin1'),
		counted(messageClass, 'latin1'),
		Buffer.from([0]),
		counted(choice, 'latin1'),
		doubleWord(0),
		Buffer.from([0]),
		doubleWord(0),
		doubleWord(1),
		doubleWord(promptBeforeSend),
		doubleWord(2),
		doubleWord(id),
		doubleWord(0xffffffff),
	]);
}

function voteOptionExtras(choice: string): Buffer {
	const name = counted(choice, 'utf16le');
	return Buffer.concat([name, name]);
}

function counted(text: string, encoding: 'latin1' | 'utf16le'): Buffer {
	const characters = encoding === 'latin1' ? text.replaceAll(/[^\x20-\xff]/g, '?') : text;
	return Buffer.concat([Buffer.from([text.length]), Buffer.from(characters, encoding)]);
}

function word(value: number): Buffer {
	const bytes = Buffer.alloc(2);
	bytes.writeUInt16LE(value);
	return bytes;
}

function doubleWord(value: number): Buffer {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32LE(value);
	return bytes;
}
