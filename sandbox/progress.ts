/** Progress goes to standard error: standard output belongs to the result. */
export function say(text: string): void {
	process.stderr.write(`» ${text}\n`);
}

export function seconds(sinceMs: number): string {
	return `${((Date.now() - sinceMs) / 1000).toFixed(1)} s`;
}
