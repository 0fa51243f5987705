import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';
import { authenticationProperty, graphCredentials } from '../kit/connect';
import { microsoft365AppOnlyTest } from '../kit/credentialTests';
import { resourceProperties } from '../kit/resource';
import { run } from '../kit/run';
import { searchFolders } from './pickers/folders';
import { searchDrafts, searchMessages } from './pickers/messages';
import { resources } from './resources';

export class Microsoft365Mail implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Microsoft 365 Mail',
		name: 'microsoft365Mail',
		icon: { light: 'file:../../icons/mail.svg', dark: 'file:../../icons/mail.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Send, read, answer and file email in any Microsoft 365 mailbox',
		defaults: { name: 'Microsoft 365 Mail' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: graphCredentials,
		properties: [authenticationProperty, ...resourceProperties(resources)],
	};

	methods = {
		listSearch: { searchDrafts, searchFolders, searchMessages },
		credentialTest: { microsoft365AppOnlyTest },
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this, resources);
	}
}
