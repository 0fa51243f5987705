import path from 'node:path';
import type { INodeType, INodeTypeDescription } from 'n8n-workflow';
import type { AnyResource } from '../../nodes/kit/resource';
import manifest from '../../package.json';

const root = path.join(__dirname, '../..');

export interface OperationNode {
	readonly folder: string;
	readonly description: INodeTypeDescription;
	readonly resources: readonly AnyResource[];
}

/** Every node of the package that has operations. */
export const operationNodes: readonly OperationNode[] = manifest.n8n.nodes
	.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, '.ts'))
	.filter((file) => !file.startsWith('nodes/Trigger/'))
	.map((file) => {
		const folder = path.dirname(path.join(root, file));
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- which modules there are is known at run time only
		const module = require(path.join(root, file)) as Record<string, new () => INodeType>;
		const NodeClass = module[path.basename(file, '.node.ts')];
		if (!NodeClass) throw new Error(`${file} doesn't export its class`);
		// eslint-disable-next-line @typescript-eslint/no-require-imports -- as above
		const { resources } = require(path.join(folder, 'resources')) as { resources: AnyResource[] };
		return { folder, description: new NodeClass().description, resources };
	});
