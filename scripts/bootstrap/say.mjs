/** Progress goes to standard error: standard output belongs to results. */
export function say(text) {
	process.stderr.write(`» ${text}\n`);
}
