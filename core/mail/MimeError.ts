/** A message's MIME is so damaged, or so large in the wrong place, that it can't be read. */
export class MimeError extends Error {
	override readonly name = 'MimeError';
	readonly nextStep =
		'Download it as .eml instead, which takes any message, and look at it in a mail program.';

	constructor(override readonly cause: unknown) {
		super(`The message could not be read: ${reasonOf(cause)}`, { cause });
	}
}

function reasonOf(cause: unknown): string {
	const message = cause instanceof Error ? cause.message : String(cause);
	if (/max header size/i.test(message)) return 'its header is larger than 2 MB';
	if (/max allowed child nodes/i.test(message)) return 'it has too many parts';
	return message;
}
