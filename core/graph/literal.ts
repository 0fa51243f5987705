/** A text as an OData filter quotes it. https://docs.oasis-open.org/odata/odata/v4.01/ (quotes are doubled) */
export function textLiteral(value: string): string {
	return `'${value.replaceAll("'", "''")}'`;
}

/** Words or KQL as the value of `$search`: quoted as a whole, inner quotes escaped. */
export function searchLiteral(words: string): string {
	return `"${words.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
