import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import {
	type IConnections,
	type INode,
	type INodeType,
	type INodeTypeDescription,
	NodeHelpers,
} from 'n8n-workflow';
import manifest from '../../package.json';

const root = path.join(__dirname, '../..');
const folder = path.join(root, 'examples');

interface Example {
	readonly name: string;
	readonly nodes: readonly INode[];
	readonly connections: IConnections;
}

const examples = readdirSync(folder)
	.filter((file) => file.endsWith('.json'))
	.map((file): [string, Example] => [
		file,
		JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Example,
	]);

const ownNodes = new Map(
	manifest.n8n.nodes
		.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts'))
		.map((file): [string, INodeTypeDescription] => {
			// eslint-disable-next-line @typescript-eslint/no-require-imports -- which modules there are is known at run time only
			const module = require(path.join(root, file)) as Record<string, new () => INodeType>;
			const NodeClass = module[path.basename(file, '.node.ts')];
			if (!NodeClass) throw new Error(`${file} doesn't export its class`);
			const { description } = new NodeClass();
			return [`${manifest.name}.${description.name}`, description];
		}),
);

it('there are some', () => {
	expect(examples.length).toBeGreaterThan(0);
});

describe.each(examples)('%s', (_file, { name, nodes, connections }) => {
	const names = nodes.map((node) => node.name);

	it('has a name, and a note that explains it', () => {
		expect(name).toMatch(/^[A-Z]/);
		expect(nodes.map(({ type }) => type)).toContain('n8n-nodes-base.stickyNote');
		expect(new Set(names).size).toBe(names.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
	});

	it('connects nodes that exist, by trigger or another node', () => {
		const reached = new Set<string>();
		for (const [from, { main = [] }] of Object.entries(connections)) {
			expect(names).toContain(from);
			for (const { node } of main.flatMap((targets) => targets ?? [])) {
				expect(names).toContain(node);
				reached.add(node);
			}
		}
		const lonely = nodes.filter(
			(node) => !reached.has(node.name) && !/trigger|stickyNote/i.test(node.type),
		);
		expect(lonely.map((node) => node.name)).toEqual([]);
	});

	it("gives the package's nodes parameters and credentials that they have", () => {
		const own = nodes.filter(({ type }) => type.startsWith(`${manifest.name}.`));
		expect(own.length).toBeGreaterThan(0);
		for (const node of own) {
			const description = ownNodes.get(node.type);
			if (!description) throw new Error(`${node.name}: there is no node ${node.type}`);
			const { typeVersion, parameters, credentials } = node;
			// As a workflow is loaded: defaults are filled in, what isn't shown is left out.
			const loaded =
				NodeHelpers.getNodeParameters(
					description.properties,
					parameters,
					true,
					false,
					{ typeVersion },
					description,
				) ?? {};
			// n8n itself adds Poll Times to the form of a node that polls.
			const added = description.polling ? ['pollTimes'] : [];
			const known = [...Object.keys(loaded), ...added];
			const unknown = Object.keys(parameters).filter((parameter) => !known.includes(parameter));
			expect([node.name, unknown]).toEqual([node.name, []]);
			const issues = NodeHelpers.getNodeParametersIssues(
				description.properties,
				{ ...node, parameters: loaded },
				description,
			);
			expect([node.name, issues?.parameters ?? {}]).toEqual([node.name, {}]);
			const types = (description.credentials ?? []).map((credential) => credential.name);
			expect(types).toEqual(expect.arrayContaining(Object.keys(credentials ?? {})));
		}
	});
});
