import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { N8nRest } from '../../sandbox/n8n/rest';
import { n8nRest, runWorkflow, sandboxCredential } from './support/n8n';
import { control, recordedRequests } from './support/sandbox';

const file = path.join(__dirname, '../../examples/shared-mailbox-triage.json');
const support = 'support@contoso.example';

interface ExampleNode {
	readonly type: string;
	readonly parameters: Readonly<Record<string, unknown>>;
}

describe('the example "Shared mailbox triage"', () => {
	let rest: N8nRest;
	beforeAll(() => {
		rest = n8nRest();
	});

	/** As the app itself, so that nobody has to sign in first. */
	async function importAsApp(): Promise<string> {
		const { id, name } = await sandboxCredential(rest, 'microsoft365AppOnlyApi');
		const example = JSON.parse(await readFile(file, 'utf8')) as { nodes: ExampleNode[] };
		const nodes = example.nodes.map((node) =>
			node.type.startsWith('n8n-nodes-microsoft365.')
				? {
						...node,
						parameters: { ...node.parameters, authentication: 'application' },
						credentials: { microsoft365AppOnlyApi: { id, name } },
					}
				: node,
		);
		const workflow = { ...example, name: 'Shared mailbox triage, app-only', nodes };
		return (await rest.call<{ id: string }>('POST', '/workflows', workflow)).id;
	}

	it('files invoices, flags what is urgent, and leaves the rest', async () => {
		await control('graph', 'POST', 'deliver', { to: support, subject: 'Invoice 31', count: 25 });
		await control('graph', 'POST', 'deliver', { to: support, subject: 'URGENT: no signal' });
		await control('graph', 'POST', 'deliver', { to: support, subject: 'A question' });
		const before = recordedRequests().length;
		const execution = await runWorkflow(rest, await importAsApp(), 'When You Run It');
		expect(execution.error).toBeUndefined();
		const json = (node: string) => execution.items(node).map((item) => item.json);
		expect(json('Move to Their Folder')).toHaveLength(25);
		const [folder] = json('Make Sure of the Folder');
		expect(folder).toMatchObject({ name: 'Invoices' });
		for (const moved of json('Move to Their Folder')) {
			expect(moved).toMatchObject({
				parentFolderId: folder?.['id'],
				isRead: true,
				categories: ['Invoices'],
			});
		}
		expect(json('Flag for Today')).toMatchObject([
			{ subject: 'URGENT: no signal', flag: 'flagged', categories: ['Urgent'], isRead: false },
		]);
		const left = json('Left for a Person').map(({ subject }) => subject);
		expect(left).toContain('A question');
		const batches = recordedRequests()
			.slice(before)
			.filter(({ url }) => url.endsWith('/$batch'));
		// Categories are read, then written, then the messages are moved: two batches of each.
		expect(batches).toHaveLength(6);
	});
});
