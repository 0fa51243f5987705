import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { authenticationProperty, graphCredentials } from '../kit/connect';
import { microsoft365AppOnlyTest } from '../kit/credentialTests';
import { drivePickers } from '../kit/drive/pickers';
import { resourceProperties } from '../kit/resource';
import { run } from '../kit/run';
import { searchUsers } from './pickers/users';
import { resources } from './resources';

export class Microsoft365Graph implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft 365 Graph',
		name: 'microsoft365Graph',
		icon: { light: 'file:../../icons/graph.svg', dark: 'file:../../icons/graph.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description:
			'Check a Microsoft 365 connection, look up people and groups, and send any request to Graph',
		defaults: { name: 'Microsoft 365 Graph' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: graphCredentials,
		properties: [authenticationProperty, ...resourceProperties(resources)],
	};

	methods = {
		listSearch: { ...drivePickers, searchUsers },
		credentialTest: { microsoft365AppOnlyTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources);
	}
}
