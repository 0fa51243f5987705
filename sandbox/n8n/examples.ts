import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { N8nRest, SavedCredential } from './rest';

interface WorkflowNode {
	readonly credentials?: Readonly<Record<string, unknown>>;
}

interface WorkflowFile {
	readonly name: string;
	readonly nodes: readonly WorkflowNode[];
}

/** Imports each workflow of the folder; its nodes get the credential of the type that they name. */
export async function importExamples(
	rest: N8nRest,
	folder: string,
	credentials: readonly SavedCredential[],
): Promise<readonly string[]> {
	const files = await readdir(folder).catch(() => []);
	const names: string[] = [];
	for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
		const workflow = JSON.parse(await readFile(join(folder, file), 'utf8')) as WorkflowFile;
		await rest.call('POST', '/workflows', withCredentials(workflow, credentials));
		names.push(workflow.name);
	}
	return names;
}

export function withCredentials<T extends WorkflowFile>(
	workflow: T,
	credentials: readonly SavedCredential[],
): T {
	const byType = new Map(credentials.map(({ id, name, type }) => [type, { id, name }]));
	return {
		...workflow,
		nodes: workflow.nodes.map((node) =>
			node.credentials === undefined
				? node
				: {
						...node,
						credentials: Object.fromEntries(
							Object.entries(node.credentials).map(([type, named]) => [
								type,
								byType.get(type) ?? named,
							]),
						),
					},
		),
	};
}
