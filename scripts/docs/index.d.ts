/**
 * The pages of docs/ that are made from the package's definitions, as Markdown by file name.
 * @param load requires a module by its path from the project's root, without its extension
 * @param nodeFiles package.json's `n8n.nodes`
 * @param examples the workflows of examples/, by file name
 */
export function docsPages(
	load: (file: string) => unknown,
	nodeFiles: readonly string[],
	examples: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>>;
