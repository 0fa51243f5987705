import type { N8nRest } from '../../../sandbox/n8n/rest';
import {
	createWorkflow,
	type ExecutionItem,
	runWorkflow,
	sandboxCredential,
	type TestNode,
} from './n8n';

export const financeUrl = 'https://contoso.sharepoint.example/sites/finance';
/** The drive of the library Contracts of that site. */
export const contracts = 'b!sandbox-site-2-documents-contracts';

export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byName = (value: string) => ({ __rl: true, mode: 'name', value });
export const byPath = (value: string) => ({ __rl: true, mode: 'path', value });
export const byUrl = (value: string) => ({ __rl: true, mode: 'url', value });
/** Of a picker that nobody has used yet. */
export const fromList = { __rl: true, mode: 'list', value: '' };

type MakeNode = (name: string, parameters: object) => TestNode;

/** Makers of our nodes, as the app itself: nobody has to sign in first. */
export async function fileNodes(
	rest: N8nRest,
): Promise<{ readonly files: MakeNode; readonly sharePoint: MakeNode }> {
	const { id, name: credentialName } = await sandboxCredential(rest, 'microsoft365AppOnlyApi');
	const make =
		(type: string): MakeNode =>
		(name, parameters) => ({
			name,
			type: `n8n-nodes-microsoft365.${type}`,
			parameters: { authentication: 'application', ...parameters },
			credentials: { microsoft365AppOnlyApi: { id, name: credentialName } },
		});
	return { files: make('microsoft365Files'), sharePoint: make('microsoft365SharePoint') };
}

/** Runs one node alone. */
export async function runNode(
	rest: N8nRest,
	node: TestNode,
): Promise<ReadonlyArray<ExecutionItem['json']>> {
	const execution = await runWorkflow(rest, await createWorkflow(rest, node.name, [node]));
	expect(execution.error).toBeUndefined();
	return jsonOf(execution.items(node.name));
}

export const jsonOf = (items: readonly ExecutionItem[]) => items.map(({ json }) => json);
