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
import { resources } from './resources';

export class Microsoft365Files implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft 365 Files',
		name: 'microsoft365Files',
		icon: { light: 'file:../../icons/files.svg', dark: 'file:../../icons/files.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Work with files of any size in OneDrive, SharePoint, Teams and groups',
		defaults: { name: 'Microsoft 365 Files' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: graphCredentials,
		properties: [authenticationProperty, ...resourceProperties(resources)],
	};

	methods = {
		listSearch: drivePickers,
		credentialTest: { microsoft365AppOnlyTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources);
	}
}
