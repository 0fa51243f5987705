/**
 * Which questions are being answered right now, in this process: a double click must not act
 * twice. Between processes n8n's own check does it, which resumes an execution once only.
 */
export class Claims {
	readonly #until = new Map<string, number>();

	/**
	 * @param holdMs how long a claim holds if it isn't released. It ends, because the execution may
	 * still wait when n8n couldn't resume it.
	 */
	constructor(
		private readonly holdMs: number,
		private readonly now: () => number,
	) {}

	/** @returns false where somebody else has it */
	take(questionId: string): boolean {
		const now = this.now();
		for (const [id, until] of this.#until) if (until <= now) this.#until.delete(id);
		if (this.#until.has(questionId)) return false;
		this.#until.set(questionId, now + this.holdMs);
		return true;
	}

	release(questionId: string): void {
		this.#until.delete(questionId);
	}
}
