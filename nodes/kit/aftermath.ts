/** A failure, and what was done or left behind because of it. `toNodeError` shows both. */
export class AftermathError extends Error {
	override readonly name = 'AftermathError';

	/** @param aftermath whole sentences, e.g. `Nothing was sent. The draft was deleted.` */
	constructor(
		override readonly cause: unknown,
		readonly aftermath: string,
	) {
		super(cause instanceof Error ? cause.message : String(cause), { cause });
	}
}
